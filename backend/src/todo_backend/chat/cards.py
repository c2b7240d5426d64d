"""Cards for tool calls. ChatKit's component and the page's own component both render them."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from chatkit.widgets import DynamicWidgetRoot, WidgetRoot

from todo_backend.chat.calls import Call
from todo_kit.text import quoted

SAYS = {
    "add_task": "Added",
    "update_task": "Changed",
    "complete_task": "Completed",
    "delete_task": "Deleted",
    "restore_task": "Restored",
    "undo_last_change": "Undone",
}
"""Tools that change something. Read-only tools have no card."""
ASKS = {
    "add_task": "Add {what}?",
    "update_task": "Change {what}?",
    "complete_task": "Complete {what}?",
    "delete_task": "Put {what} into the trash?",
    "restore_task": "Restore {what}?",
}
MOST = 10
PLAIN = {"priority", "recurrence_pattern", "reminder_lead_time", "clear"}
"""Arguments that are shown without quotation marks: their values are numbers, or from a fixed list."""


def done(call: Call, output: str, step: str) -> DynamicWidgetRoot | None:
    """Returns the card of a call, None if it changed nothing. The card's button undoes `step`."""
    result = as_object(output)
    if call.tool not in SAYS or not result.get("tasks"):
        return None
    said = "Opened again" if reopens(call) else SAYS[call.tool]
    rows = [text(f"{task['id']}  {task['title']}{due(task)}") for task in result["tasks"][:MOST]]
    rows += more(len(result["tasks"]))
    rows += [text(f"{failure_of(each)}", color="danger") for each in result.get("failures", [])[:MOST]]
    button = [] if call.tool == "undo_last_change" else [action("Undo", "undo", {"step": step})]
    return card([text(said, weight="semibold"), *rows, *button])


def question(calls: Sequence[Call], titles: Mapping[int, str], item_id: str) -> DynamicWidgetRoot:
    asked = []
    for call in calls:
        said, *details = asking(call, titles)
        asked += [text(said, weight="semibold"), *(text(each, color="secondary") for each in details)]
    buttons = [
        action("Approve", "approve", {"item": item_id}, style="primary"),
        action("No", "reject", {"item": item_id}),
    ]
    return card([*asked, {"type": "Row", "gap": 2, "children": buttons}])


def answered(calls: Sequence[Call], titles: Mapping[int, str], *, approved: bool) -> DynamicWidgetRoot:
    said = "Approved" if approved else "Not done"
    return card([*(text(asking(call, titles)[0]) for call in calls), text(said, color="secondary")])


def undone(lines: Sequence[str]) -> DynamicWidgetRoot:
    rows = [text(line) for line in lines[:MOST]] + more(len(lines))
    return card([text("Undone", weight="semibold"), *rows])


def without_undo(widget: WidgetRoot, step: str) -> DynamicWidgetRoot | None:
    """Returns the card without its undo button, None if it has none for the step. A step is undone only once."""
    children = widget.model_dump(exclude_none=True)["children"]
    kept = [child for child in children if child.get("onClickAction", {}).get("payload") != {"step": step}]
    return card(kept) if len(kept) < len(children) else None


def asking(call: Call, titles: Mapping[int, str]) -> list[str]:
    """Returns a question such as `Put 3 “Team meeting” into the trash?`, and one line for every change."""
    what = ", ".join(named(each, titles) for each in call.numbers) or counted(len(call.new))
    if call.is_for_series:
        what += " with all that would follow"
    asked = "Reopen {what}?" if reopens(call) else ASKS.get(call.tool, "Go on with {what}?")
    return [asked.replace("{what}", what), *(values_of(each, titles) for each in [*call.new, *call.changes])]


def reopens(call: Call) -> bool:
    return call.tool == "complete_task" and call.arguments.get("done") is False


def counted(number: int) -> str:
    return "1 task" if number == 1 else f"{number} tasks"


def named(number: int, titles: Mapping[int, str]) -> str:
    return f"{number} {quoted(titles[number])}" if number in titles else str(number)


def values_of(entry: Mapping[str, Any], titles: Mapping[int, str]) -> str:
    """Returns `3 “Old”: title “New”, when “friday”`; for a new task, its title and the other values."""
    given = {name: value for name, value in entry.items() if name not in {"id", "scope"} and value not in (None, [])}
    head = named(entry["id"], titles) if "id" in entry else quoted(str(given.pop("title", "")))
    values = [f"{name} {shown(name, value)}" for name, value in given.items()]
    return f"{head}: {', '.join(values)}" if values else head


def shown(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(shown(name, each) for each in value)
    return str(value) if name in PLAIN else quoted(str(value))


def as_object(text: str) -> dict[str, Any]:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def failure_of(each: Any) -> str:
    return f"{each['item']}: {each['error']}" if isinstance(each, dict) else str(each)


def due(task: Mapping[str, Any]) -> str:
    return f" · {task['due']}" if "due" in task else ""


def more(count: int) -> list[dict[str, Any]]:
    return [text(f"… and {count - MOST} more", color="secondary")] if count > MOST else []


def text(value: str, **looks: Any) -> dict[str, Any]:
    return {"type": "Text", "value": value, "size": "sm", **looks}


def action(label: str, kind: str, payload: Mapping[str, Any], **looks: Any) -> dict[str, Any]:
    return {"type": "Button", "label": label, "size": "sm", "onClickAction": {"type": kind, "payload": payload}} | looks


def card(children: Sequence[Mapping[str, Any]]) -> DynamicWidgetRoot:
    return DynamicWidgetRoot.model_validate({"type": "Card", "size": "sm", "children": list(children)})
