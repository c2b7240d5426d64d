"""The next step of a conversation, computed from its items alone: calls of tools, or a reply that ends the turn.

Each turn is run from its beginning with the results so far. Earlier turns are run in the same way, to know what was
shown and asked. Only what the user says is read as a request: results of tools are data, whatever is written in them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from todo_backend.quick_add.meanings import Here
from todo_backend.rules import replies
from todo_backend.rules.answers import meaning
from todo_backend.rules.execution import execute
from todo_backend.rules.vocabulary import Call, Memory, Reply, Request, Result, Steps

MOST_TURNS = 8
"""Earlier turns are not referred to."""
MOST_CHARACTERS = 4000
NO_RESULT = Result(error="there was no answer")
LISTING = {"list_tasks", "search_tasks"}


@dataclass(slots=True)
class Turn:
    said: str
    replied: str = ""
    tools: dict[str, str] = field(default_factory=dict)
    """Names by the id of the call."""
    outputs: dict[str, Result] = field(default_factory=dict)

    @property
    def results(self) -> list[Result]:
        return [self.outputs.get(call_id, NO_RESULT) for call_id in self.tools]


def decide(items: str | Iterable[Any], here: Here) -> Reply | list[Call]:
    turns = _turns(items)[-MOST_TURNS:]
    if not turns:
        return Reply(replies.TALK["unknown"])
    memory = Memory()
    for turn in turns[:-1]:
        memory = _after(turn, memory, here)
    return _next(turns[-1], memory, here)[0]


def _next(turn: Turn, memory: Memory, here: Here) -> tuple[Reply | list[Call], tuple[Request, ...]]:
    if len(turn.said) > MOST_CHARACTERS:
        return Reply(replies.TOO_LONG), ()
    requests = meaning(turn.said, memory, here)
    return _run(execute(requests, memory, here), turn.results), requests


def _run(plan: Steps[Reply], results: list[Result]) -> Reply | list[Call]:
    left = list(results)
    try:
        wanted = next(plan)
        while left:
            taken, left = left[: len(wanted)], left[len(wanted) :]
            wanted = plan.send(taken + [NO_RESULT] * (len(wanted) - len(taken)))
    except StopIteration as end:
        reply: Reply = end.value
        return reply
    return wanted


def _after(turn: Turn, memory: Memory, here: Here) -> Memory:
    """Returns what a finished turn left. If another model answered it, only the results of its tools count."""
    found, requests = _next(turn, memory, here)
    if not isinstance(found, Reply):
        return _seen(turn, memory)
    question = found.question if found.question and found.question.text.strip() in turn.replied else None
    return Memory(
        memory.shown if found.shown is None else found.shown,
        memory.touched if found.touched is None else found.touched,
        question,
        requests,
    )


def _seen(turn: Turn, memory: Memory) -> Memory:
    found = Memory(memory.shown, memory.touched)
    for call_id, tool in turn.tools.items():
        if tasks := tuple(turn.outputs.get(call_id, NO_RESULT).tasks):
            shown = tasks[: replies.MOST_LINES] if tool in LISTING else found.shown
            found = replace(found, shown=shown, touched=tasks)
    return found


def _turns(items: str | Iterable[Any]) -> list[Turn]:
    if isinstance(items, str):
        return [Turn(items)] if items else []
    found: list[Turn] = []
    for item in items:
        if isinstance(item, Mapping) and item.get("role") == "user":
            found.append(Turn(_text(item.get("content"))))
        elif isinstance(item, Mapping) and found:
            _add(found[-1], item)
    return found


def _add(turn: Turn, item: Mapping[str, Any]) -> None:
    match item.get("type"), item.get("role"):
        case "function_call", _:
            turn.tools[str(item.get("call_id"))] = str(item.get("name"))
        case "function_call_output", _:
            turn.outputs[str(item.get("call_id"))] = _result(_text(item.get("output")))
        case _, "assistant":
            turn.replied += _text(item.get("content"))


def _text(content: Any) -> str:
    """The text of a string, or of the parts of a message or an output."""
    if isinstance(content, Mapping):
        return str(content.get("text") or "")
    if isinstance(content, list):
        return "\n".join(_text(part) for part in content)
    return content if isinstance(content, str) else ""


def _result(output: str) -> Result:
    try:
        content = json.loads(output)
    except ValueError:
        return Result(error=output)
    return Result(content) if isinstance(content, dict) else Result(error=output)
