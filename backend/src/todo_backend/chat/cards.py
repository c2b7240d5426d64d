"""What is shown of a tool's call: a small card, which ChatKit's own component draws as well as ours."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from chatkit.widgets import DynamicWidgetRoot, WidgetRoot

SAYS = {
    "add_task": "Added",
    "update_task": "Changed",
    "complete_task": "Completed",
    "delete_task": "Deleted",
    "restore_task": "Restored",
    "undo_last_change": "Taken back",
}
"""Tools that change something; what only looks has no card."""
ASKS = {
    "add_task": "Add {what}?",
    "update_task": "Change {what}?",
    "complete_task": "Complete {what}?",
    "delete_task": "Put {what} into the trash?",
    "restore_task": "Restore {what}?",
}
MOST = 10


def done(tool: str, arguments: Mapping[str, Any], output: str, step: str) -> DynamicWidgetRoot | None:
    """Of a call that changed something. `step` is what its undo button takes back."""
    result = as_object(output)
    if tool not in SAYS or not result.get("tasks"):
        return None
    said = "Opened again" if tool == "complete_task" and arguments.get("done") is False else SAYS[tool]
    rows = [text(f"{task['id']}  {task['title']}{due(task)}") for task in result["tasks"][:MOST]]
    rows += more(len(result["tasks"]))
    rows += [text(f"{failure_of(each)}", color="danger") for each in result.get("failures", [])[:MOST]]
    button = [] if tool == "undo_last_change" else [action("Undo", "undo", {"step": step})]
    return card([text(said, weight="semibold"), *rows, *button])


def question(calls: Sequence[Mapping[str, Any]], titles: Mapping[int, str], item_id: str) -> DynamicWidgetRoot:
    asked = [text(asking(call, titles), weight="semibold") for call in calls]
    buttons = [
        action("Approve", "approve", {"item": item_id}, style="primary"),
        action("No", "reject", {"item": item_id}),
    ]
    return card([*asked, {"type": "Row", "gap": 2, "children": buttons}])


def answered(calls: Sequence[Mapping[str, Any]], titles: Mapping[int, str], *, approved: bool) -> DynamicWidgetRoot:
    said = "Approved" if approved else "Not done"
    return card([*(text(asking(call, titles)) for call in calls), text(said, color="secondary")])


def undone(lines: Sequence[str], failures: Sequence[str]) -> DynamicWidgetRoot:
    rows = [text(line) for line in lines[:MOST]] + more(len(lines))
    return card([text("Taken back", weight="semibold"), *rows, *(text(each, color="danger") for each in failures)])


def without_undo(widget: WidgetRoot, step: str) -> DynamicWidgetRoot | None:
    """The same card without its button, when it is one of that step's: a step is taken back once."""
    children = widget.model_dump(exclude_none=True)["children"]
    kept = [child for child in children if child.get("onClickAction", {}).get("payload") != {"step": step}]
    return card(kept) if len(kept) < len(children) else None


def asking(call: Mapping[str, Any], titles: Mapping[int, str]) -> str:
    """`Put 3 “Team meeting” into the trash?`"""
    arguments = as_object(call["arguments"])
    ids = numbers_of(arguments)
    if not ids:
        what = f"{len(arguments.get('tasks', []))} tasks"
    else:
        what = ", ".join(f"{each} “{titles[each]}”" if each in titles else str(each) for each in ids[:MOST])
        what += f" and {len(ids) - MOST} more" if len(ids) > MOST else ""
    if arguments.get("scope") == "series" or any(each.get("scope") == "series" for each in changes_of(arguments)):
        what += " with all that would follow"
    return ASKS.get(str(call["tool"]), "Go on with {what}?").replace("{what}", what)


def numbers_of(arguments: Mapping[str, Any]) -> list[int]:
    """The tasks that a call names."""
    found = arguments.get("ids") or [each.get("id") for each in changes_of(arguments)]
    return [each for each in found if isinstance(each, int)] if isinstance(found, list) else []


def changes_of(arguments: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    changes = arguments.get("changes")
    return [each for each in changes if isinstance(each, dict)] if isinstance(changes, list) else []


def as_object(json: str) -> dict[str, Any]:
    try:
        value = orjson.loads(json)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def is_object(json: str) -> bool:
    try:
        return isinstance(orjson.loads(json), dict)
    except orjson.JSONDecodeError:
        return False


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
