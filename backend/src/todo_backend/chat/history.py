"""What a model is given of a conversation: the last of it, and never a tool's call without its result."""

from collections.abc import Sequence
from typing import Any

from agents import TResponseInputItem
from chatkit.types import AssistantMessageItem, HiddenContextItem, ThreadItem, UserMessageItem

MOST_CHARACTERS = 40_000
"""Some ten thousand tokens."""
MOST_OUTPUT = 16_000
"""Characters of a tool's result that are kept: a conversation is one document of the state store."""
NOT_APPROVED = "The person has not approved this."
Item = dict[str, Any]


def model_input(items: Sequence[ThreadItem], step: str) -> list[TResponseInputItem]:
    """Up to the message that the step answers, and what the step has done since.

    Others may talk in the same conversation at the same time: their messages are answered by their own turns. From the
    first turn on that fits; the last one is there in any case.
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
            return [each for call in item.content["pending"] for each in pair(call, NOT_APPROVED)]
        case _:
            return []


def cut(output: str) -> str:
    return output if len(output) <= MOST_OUTPUT else output[:MOST_OUTPUT] + "… (cut: ask for less at once)"


def text_of(message: UserMessageItem) -> str:
    return "".join(part.text for part in message.content)


def pair(call: Item, output: str) -> list[Item]:
    """A call and its result; `call` has `id`, `tool`, and `arguments` as the model wrote them."""
    return [
        {"type": "function_call", "call_id": call["id"], "name": call["tool"], "arguments": call["arguments"]},
        {"type": "function_call_output", "call_id": call["id"], "output": cut(output)},
    ]
