"""Converts the items of a conversation to the answers of the JSON API."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from chatkit.types import HiddenContextItem, ThreadItem, WidgetItem

from todo_backend.chat import cards
from todo_backend.chat.history import NOT_APPROVED, pending_calls
from todo_backend.chat.schemas import Approval, ToolCall


def questions(items: Sequence[ThreadItem]) -> Iterator[tuple[HiddenContextItem, WidgetItem | None]]:
    """Yields the items that wait for an approval, each with its card."""
    cards_of = {item.id: item for item in items if isinstance(item, WidgetItem)}
    for item in items:
        if isinstance(item, HiddenContextItem) and "pending" in item.content:
            yield item, cards_of.get(item.content["card"])


def approvals(items: Sequence[ThreadItem]) -> list[Approval]:
    return [
        Approval(
            id=item.id,
            question="\n".join(texts(card)) if card else "",
            calls=[
                ToolCall(id=call.id, name=call.tool, arguments=call.arguments, output=None)
                for call in pending_calls(item)
            ],
        )
        for item, card in questions(items)
    ]


def tool_calls(items: Sequence[ThreadItem], steps: Collection[str], before: Sequence[ThreadItem]) -> list[ToolCall]:
    """Returns the calls of these steps, except rejected ones and those that were in `before`."""
    known = {item.id for item, _, _ in made(before)}
    return [
        ToolCall(
            id=call["call_id"],
            name=call["name"],
            arguments=cards.as_object(call["arguments"]),
            output=cards.as_object(result["output"]) or result["output"],
        )
        for item, call, result in made(items)
        if item.content.get("step") in steps and item.id not in known
    ]


def made(items: Sequence[ThreadItem]) -> Iterator[tuple[HiddenContextItem, dict[str, Any], dict[str, Any]]]:
    """Yields calls with their results, except rejected ones."""
    for item in items:
        if isinstance(item, HiddenContextItem) and "step" in item.content:
            found = item.content.get("items", [])
            for call, result in zip(found[::2], found[1::2], strict=True):
                if result["output"] != NOT_APPROVED:
                    yield item, call, result


def texts(card: WidgetItem) -> list[str]:
    return [str(child["value"]) for child in card.widget.model_dump()["children"] if child["type"] == "Text"]
