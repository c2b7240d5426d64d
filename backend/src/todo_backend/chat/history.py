"""What a model is given of a conversation: the last of it, and never a tool's call without its result."""

from collections.abc import Sequence
from typing import Any

from agents import TResponseInputItem
from chatkit.types import AssistantMessageItem, HiddenContextItem, ThreadItem, UserMessageItem

MOST_CHARACTERS = 40_000
"""Some ten thousand tokens."""
NOT_APPROVED = "The person has not approved this."
Item = dict[str, Any]


def model_input(items: Sequence[ThreadItem]) -> list[TResponseInputItem]:
    """From the first turn on that fits; the last turn is there in any case."""
    turns: list[list[Item]] = []
    for item in items:
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


def told(item: ThreadItem) -> list[Item]:
    match item:
        case UserMessageItem():
            return [{"role": "user", "content": text_of(item)}]
        case AssistantMessageItem():
            return [{"role": "assistant", "content": "".join(part.text for part in item.content)}]
        case HiddenContextItem() if "items" in item.content:
            return list(item.content["items"])
        case HiddenContextItem() if "pending" in item.content:
            return [each for call in item.content["pending"] for each in pair(call, NOT_APPROVED)]
        case _:
            return []


def text_of(message: UserMessageItem) -> str:
    return "".join(part.text for part in message.content)


def pair(call: Item, output: str) -> list[Item]:
    """A call and its result; `call` has `id`, `tool`, and `arguments` as the model wrote them."""
    return [
        {"type": "function_call", "call_id": call["id"], "name": call["tool"], "arguments": call["arguments"]},
        {"type": "function_call_output", "call_id": call["id"], "output": output},
    ]
