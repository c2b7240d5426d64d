"""Reads the former format of stored conversations, which was that of ChatKit's types."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

Document = dict[str, Any]


def converted(document: bytes) -> Document:
    """Returns the fields of a `Conversation`."""
    former = orjson.loads(document)
    thread, items = former["thread"], former["items"]
    cards = {item["id"]: item["widget"] for item in items if item["type"] == "widget"}
    asked = {card for item in items if (card := _content(item).get("card"))}
    return {
        "id": thread["id"],
        "title": thread["title"],
        "created_at": _instant(thread["created_at"]),
        "items": [
            {"id": item["id"], "created_at": _instant(item["created_at"]), **fields}
            for item in items
            if item["id"] not in asked and (fields := _fields(item, cards))
        ],
    }


def _fields(item: Document, cards: Mapping[str, Document]) -> Document | None:
    content = _content(item)
    match item["type"]:
        case "user_message" | "assistant_message":
            return {"kind": item["type"], "text": "".join(part["text"] for part in item["content"])}
        case "widget":
            return _change(item["widget"])
        case "hidden_context_item" if "pending" in content:
            return {
                "kind": "question",
                "step": content["step"],
                "calls": [{**call, "arguments": _arguments(call["arguments"])} for call in content["pending"]],
                "texts": _questions(cards.get(content.get("card", ""), {})) or [["Go on?"]],
                "versions": content.get("seen"),
            }
        case "hidden_context_item" if "step" in content:
            calls = list(_calls(content["items"]))
            return {"kind": "tool_calls", "step": content["step"], "calls": calls} if calls else None
        case "hidden_context_item":
            return {"kind": "note", "text": content["items"][0]["content"]}
    return None


def _calls(items: list[Document]) -> Iterator[Document]:
    for call, result in zip(items[::2], items[1::2], strict=True):
        arguments = _arguments(call["arguments"])
        yield {"id": call["call_id"], "tool": call["name"], "arguments": arguments, "output": result["output"]}


def _arguments(given: Any) -> Document:
    """Returns the arguments of a call, which were stored as the model's text at first, even if it was not JSON."""
    try:
        value = orjson.loads(given) if isinstance(given, str) else given
    except orjson.JSONDecodeError:
        value = {}
    return value if isinstance(value, dict) else {}


def _questions(card: Document) -> list[list[str]]:
    """Returns a list for each call: its question, which is semibold, and the details."""
    found: list[list[str]] = []
    for child in card.get("children", []):
        if child["type"] == "Text":
            if not found or child.get("weight") == "semibold":
                found.append([])
            found[-1].append(child["value"])
    return found


def _change(card: Document) -> Document:
    title, *lines = (child["value"] for child in card["children"] if child["type"] == "Text")
    steps = [child["onClickAction"]["payload"]["step"] for child in card["children"] if child["type"] == "Button"]
    return {
        "kind": "change",
        "step": steps[0] if steps else "",
        "title": title,
        "lines": lines,
        "can_undo": bool(steps),
    }


def _content(item: Document) -> Document:
    content = item.get("content")
    return content if isinstance(content, dict) else {}


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
