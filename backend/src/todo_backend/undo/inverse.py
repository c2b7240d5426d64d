"""What takes a change back: pure functions, from a task before and after it to an operation."""

from typing import Any

from todo_backend.tasks.models import Task
from todo_backend.tasks.schemas import BulkOperation, TaskOut
from todo_backend.tasks.views import view

SETTABLE = (
    "title", "description", "priority", "tags", "due_date", "time_zone", "recurrence_pattern", "recurrence",
    "reminder_lead_time",
)  # fmt: skip
DONE = {
    "create": "added",
    "update": "changed",
    "complete": "completed",
    "reopen": "reopened",
    "delete": "deleted",
    "restore": "restored",
}
Known = dict[str, Any]
"""A task as JSON, and the `delete_scope` that it is deleted with."""


def known(task: Task) -> Known:
    return TaskOut.model_validate(view(task)).model_dump(mode="json") | {"delete_scope": task.delete_scope}


def inverse(  # noqa: PLR0911 - one an operation
    operation: BulkOperation, before: Known | None, after: Known
) -> dict[str, Any] | None:
    """The operation that takes this one back, and in `leads_to` the version that it stands for; None for no change."""
    if before and before["version"] == after["version"]:
        return None
    back = {"id": after["id"], "if_match": after["version"], "leads_to": before and before["version"]}
    match operation.op:
        case "create":
            # All of a series goes: it would not be there without this one.
            return back | {"op": "delete", "scope": "this" if after["recurrence_pattern"] == "none" else "series"}
        case "complete":
            return back | {"op": "reopen"}
        case "reopen":
            return back | {"op": "complete"}
        case "delete":
            return back | {"op": "restore"}
        case "restore":
            return back | {"op": "delete", "scope": (before and before["delete_scope"]) or "this"}
        case "update":
            data = {name: before[name] for name in SETTABLE if before and before[name] != after[name]}
            return back | {"op": "update", "data": data, "scope": operation.scope}


def summary(operation: BulkOperation, after: Known) -> str:
    return f"{DONE[operation.op]} {after['id']} “{after['title']}”"
