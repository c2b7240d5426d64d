"""The input of the model: the last turns of a conversation, and never a call without its result."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from agents import TResponseInputItem

from todo_backend.assistant import calls
from todo_backend.assistant.calls import Call
from todo_backend.assistant.items import (
    AssistantMessage,
    Item,
    Note,
    Question,
    StoredCall,
    ToolCalls,
    UserMessage,
    of_kind,
)

MOST_CHARACTERS = 40_000
"""About 10,000 tokens."""
NOT_APPROVED = "The person has not approved this."
Input = dict[str, Any]


def model_input(conversation_id: str, items: Sequence[Item], step: str) -> list[TResponseInputItem]:
    """Returns the items up to the message that the step answers, and what the step has done since.

    Later messages are left out: a conversation can have several turns at the same time, and each answers its own
    message. Drops the oldest turns beyond MOST_CHARACTERS, but never the last one.
    """
    turns: list[list[Input]] = []
    for item in of_step(conversation_id, items, step):
        if isinstance(item, UserMessage) or not turns:
            turns.append([])
        turns[-1].extend(input_of(item))
    kept: list[Input] = []
    left = MOST_CHARACTERS
    for turn in reversed(turns):
        left -= sum(len(str(each)) for each in turn)
        if left < 0 and kept:
            break
        kept = [*turn, *kept]
    return kept  # type: ignore[return-value]  # typed dictionaries, by their shape


def step_of(conversation_id: str, item_id: str) -> str:
    """Returns the id of the step that answers the item. It is the correlation id of all changes of the turn."""
    return f"{conversation_id}.{item_id}"


def of_step(conversation_id: str, items: Sequence[Item], step: str) -> list[Item]:
    ids = [step_of(conversation_id, item.id) for item in items]
    if step not in ids:
        return list(items)
    until = ids.index(step) + 1
    done = [item for item in items[until:] if isinstance(item, ToolCalls | Question) and item.step == step]
    return [*items[:until], *done]


def input_of(item: Item) -> list[Input]:
    match item:
        case UserMessage(text=text):
            return [{"role": "user", "content": text}]
        case AssistantMessage(text=text):
            return [{"role": "assistant", "content": text}]
        case Note(text=text):
            return [{"role": "system", "content": text}]
        case ToolCalls(calls=made) | Question(state="approved" | "rejected", calls=made):
            return [each for call in made for each in pair(call, call.output)]
        case Question(state="open", calls=asked):
            return [each for call in asked for each in pair(call, NOT_APPROVED)]
        case _:
            return []


def pair(call: StoredCall, output: str) -> list[Input]:
    """Returns a call and its result."""
    arguments = orjson.dumps(call.arguments).decode()
    return [
        {"type": "function_call", "call_id": call.id, "name": call.tool, "arguments": arguments},
        {"type": "function_call_output", "call_id": call.id, "output": output},
    ]


def unasked_calls(items: Sequence[Item], step: str) -> Iterator[Call]:
    """Yields the calls that the step has made without an approval."""
    for item in of_kind(items, ToolCalls):
        if item.step == step:
            for each in item.calls:
                yield calls.read(each.id, each.tool, each.arguments)
