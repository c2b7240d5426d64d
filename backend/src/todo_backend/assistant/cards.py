"""Texts about tool calls, for the user. They say what a call changed, or what it would change."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from todo_backend.assistant.calls import Call
from todo_backend.assistant.items import Change
from todo_kit.text import quoted

SAYS = {
    "add_task": "Added",
    "update_task": "Changed",
    "complete_task": "Completed",
    "delete_task": "Deleted",
    "restore_task": "Restored",
    "undo_last_change": "Undone",
}
"""Tools that change something. Nothing is shown of read-only tools."""
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


def change_of(call: Call, output: str, step: str, now: datetime) -> Change | None:
    """Returns what the call has changed, None if it changed nothing."""
    result = as_object(output)
    if call.tool not in SAYS or not result.get("tasks"):
        return None
    return Change(
        created_at=now,
        step=step,
        title="Opened again" if reopens(call) else SAYS[call.tool],
        **first([f"{task['id']}  {task['title']}{due(task)}" for task in result["tasks"]]),
        failures=[failure_of(each) for each in result.get("failures", [])[:MOST]],
        can_undo=call.tool != "undo_last_change",
    )


def undone(change: Change, lines: Sequence[str]) -> Change:
    return change.model_copy(update={"title": "Undone", **first(lines), "failures": [], "can_undo": False})


def first(lines: Sequence[str]) -> dict[str, Any]:
    return {"lines": list(lines[:MOST]), "more": max(0, len(lines) - MOST)}


def texts_of(call: Call, titles: Mapping[int, str]) -> list[str]:
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
