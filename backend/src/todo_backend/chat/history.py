"""The input of the model: the last turns of a conversation, and never a call without its result."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from agents import TResponseInputItem
from chatkit.types import AssistantMessageItem, HiddenContextItem, ThreadItem, UserMessageItem

from todo_backend.chat import calls
from todo_backend.chat.calls import Call

MOST_CHARACTERS = 40_000
"""About 10,000 tokens."""
MOST_OUTPUT = 16_000
"""Maximum characters kept of a tool's result, because a conversation is one document of the state store."""
NOT_APPROVED = "The person has not approved this."
Item = dict[str, Any]


def model_input(items: Sequence[ThreadItem], step: str) -> list[TResponseInputItem]:
    """Returns the items up to the message that the step answers, and what the step has done since.

    Later messages are left out: a conversation can have several turns at the same time, and each answers its own
    message. Drops the oldest turns beyond MOST_CHARACTERS, but never the last one.
    """
    turns: list[list[Item]] = []
    for item in of_step(items, step):
        if isinstance(item, UserMessageItem) or not turns:
            turns.append([])
        turns[-1].extend(told(item))
    kept: list[Item] = []
    left = MOST_CHARACTERS
    for turn in reversed(turns):
        left -= sum(len(str(each)) for each in turn)
        if left < 0 and kept:
            break
        kept = [*turn, *kept]
    return kept  # type: ignore[return-value]  # typed dictionaries, by their shape


def of_step(items: Sequence[ThreadItem], step: str) -> list[ThreadItem]:
    ids = [f"{item.thread_id}.{item.id}" for item in items]
    if step not in ids:
        return list(items)
    until = ids.index(step) + 1
    done = [item for item in items[until:] if isinstance(item, HiddenContextItem) and item.content.get("step") == step]
    return [*items[:until], *done]


def told(item: ThreadItem) -> list[Item]:
    match item:
        case UserMessageItem():
            return [{"role": "user", "content": text_of(item)}]
        case AssistantMessageItem():
            return [{"role": "assistant", "content": "".join(part.text for part in item.content)}]
        case HiddenContextItem() if "items" in item.content:
            return list(item.content["items"])
        case HiddenContextItem() if "pending" in item.content:
            return [each for call in pending_calls(item) for each in pair(call, NOT_APPROVED)]
        case _:
            return []


def cut(output: str) -> str:
    return output if len(output) <= MOST_OUTPUT else output[:MOST_OUTPUT] + "… (cut: ask for less at once)"


def text_of(message: UserMessageItem) -> str:
    return "".join(part.text for part in message.content)


def pair(call: Call, output: str) -> list[Item]:
    """A call and its result."""
    return [
        {"type": "function_call", "call_id": call.id, "name": call.tool, "arguments": call.json},
        {"type": "function_call_output", "call_id": call.id, "output": cut(output)},
    ]


def pending_calls(item: HiddenContextItem) -> list[Call]:
    """Returns the calls that wait for an approval, as shown. A call that is no longer valid has a `refusal`."""
    return [calls.read(each["id"], each["tool"], each["arguments"]) for each in item.content["pending"]]


def unasked_calls(items: Sequence[ThreadItem], step: str) -> Iterator[Call]:
    """Yields the calls that the step has made without an approval."""
    for item in items:
        if isinstance(item, HiddenContextItem) and item.content.get("step") == step and "asked" not in item.content:
            for each in item.content.get("items", [])[::2]:
                yield calls.read(each["call_id"], each["name"], orjson.loads(each["arguments"]))
