"""From the items of a conversation to its turns: what the person said, what was called and answered, what was replied.

Only what a person says is ever read as a request. What tools answer is data, whatever is written in it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from todo_backend.chat.rules.decisions import Answer

NO_ANSWER = Answer(None, "there was no answer")


@dataclass(frozen=True, slots=True)
class Made:
    """A call that was made."""

    tool: str
    answer: Answer


@dataclass(slots=True)
class Turn:
    said: str
    replied: str = ""
    calls: list[tuple[str, str]] = field(default_factory=list)
    """The id and the tool of each."""
    outputs: dict[str, Answer] = field(default_factory=dict)

    @property
    def made(self) -> list[Made]:
        return [Made(tool, self.outputs.get(call_id, NO_ANSWER)) for call_id, tool in self.calls]


def turns(items: str | Iterable[Any]) -> list[Turn]:
    if isinstance(items, str):
        return [Turn(items)]
    found: list[Turn] = []
    for item in items:
        if not isinstance(item, Mapping):
            continue
        if item.get("role") == "user":
            found.append(Turn(text_of(item.get("content"))))
        elif found:
            add(found[-1], item)
    return found


def add(turn: Turn, item: Mapping[str, Any]) -> None:
    match item.get("type"), item.get("role"):
        case "function_call", _:
            turn.calls.append((str(item.get("call_id")), str(item.get("name"))))
        case "function_call_output", _:
            turn.outputs[str(item.get("call_id"))] = answer_of(text_of(item.get("output")))
        case _, "assistant":
            turn.replied += text_of(item.get("content"))


def text_of(content: Any) -> str:
    """Of a string, or of the parts of a message or an output."""
    if isinstance(content, Mapping):
        return str(content.get("text") or "")
    if isinstance(content, list):
        return "\n".join(text_of(part) for part in content)
    return content if isinstance(content, str) else ""


def answer_of(output: str) -> Answer:
    try:
        content = json.loads(output)
    except ValueError:
        return Answer(None, output)
    return Answer(content) if isinstance(content, dict) else Answer(None, output)
