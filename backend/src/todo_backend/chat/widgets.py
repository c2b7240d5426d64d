"""The items of a conversation as ChatKit's items. ChatKit's component and the page's own component render them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    InferenceOptions,
    ThreadItem,
    UserMessageItem,
    UserMessageTextContent,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot

from todo_backend.assistant.items import AssistantMessage, Change, Item, Question, UserMessage

Node = dict[str, Any]
SHOWN = (UserMessage, AssistantMessage, Change, Question)
"""The kinds of items that users see."""


def thread_items(thread_id: str, items: Iterable[Item]) -> list[ThreadItem]:
    """Returns the items that users see."""
    return [_thread_item(thread_id, item) for item in items if isinstance(item, SHOWN)]


def _thread_item(thread_id: str, item: UserMessage | AssistantMessage | Change | Question) -> ThreadItem:
    fields: dict[str, Any] = {"id": item.id, "thread_id": thread_id, "created_at": item.created_at}
    match item:
        case UserMessage(text=text):
            content = [UserMessageTextContent(text=text)]
            return UserMessageItem(**fields, content=content, attachments=[], inference_options=InferenceOptions())
        case AssistantMessage(text=text):
            return AssistantMessageItem(**fields, content=[AssistantMessageContent(text=text)])
        case Change():
            return WidgetItem(**fields, widget=change_card(item))
        case Question():
            return WidgetItem(**fields, widget=question_card(item))


def change_card(change: Change) -> DynamicWidgetRoot:
    return card(
        [
            text(change.title, weight="semibold"),
            *(text(line) for line in change.lines),
            *([text(f"… and {change.more} more", color="secondary")] if change.more else []),
            *(text(failure, color="danger") for failure in change.failures),
            *([button("Undo", "undo", {"step": change.step})] if change.can_undo else []),
        ]
    )


def question_card(question: Question) -> DynamicWidgetRoot:
    if question.state != "open":
        said = "Approved" if question.state == "approved" else "Not done"
        return card([*(text(asked) for asked, *_ in question.texts), text(said, color="secondary")])
    asked = [
        node
        for first, *details in question.texts
        for node in (text(first, weight="semibold"), *(text(each, color="secondary") for each in details))
    ]
    buttons = [
        button("Approve", "approve", {"item": question.id}, style="primary"),
        button("No", "reject", {"item": question.id}),
    ]
    return card([*asked, {"type": "Row", "gap": 2, "children": buttons}])


def text(value: str, **looks: Any) -> Node:
    return {"type": "Text", "value": value, "size": "sm", **looks}


def button(label: str, kind: str, payload: Mapping[str, Any], **looks: Any) -> Node:
    return {"type": "Button", "label": label, "size": "sm", "onClickAction": {"type": kind, "payload": payload}} | looks


def card(children: Sequence[Node]) -> DynamicWidgetRoot:
    return DynamicWidgetRoot.model_validate({"type": "Card", "size": "sm", "children": list(children)})
