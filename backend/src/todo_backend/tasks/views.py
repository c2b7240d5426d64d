"""The public representation of a task: one dictionary for the API and the events."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from todo_backend.tasks import positions
from todo_backend.tasks.fields import PRIORITY_OF
from todo_backend.tasks.models import TaskFields
from todo_backend.tasks.series import NO_DETAILS
from todo_kit.recurrence import Rule, rrules
from todo_kit.reminders import Reminder

COLUMNS = (
    "id", "title", "description", "completed_at", "priority", "tags", "due_at", "due_on", "time_zone",
    "recurrence_pattern", "recurrence", "reminder_lead_time", "further_reminders", "position", "series_id", "slot",
    "version", "created_at", "updated_at", "deleted_at",
)  # fmt: skip


REMINDER_FIELDS = tuple(Reminder.model_fields)
_values_of = attrgetter(*COLUMNS)


def view(task: TaskFields) -> dict[str, Any]:
    template = task.template or {}
    return row_view((*_values_of(task), template.get("anchor"), template.get("anchor_slot")))


def row_view(row: Iterable[Any]) -> dict[str, Any]:
    """Returns the view of a row that begins with COLUMNS, and the anchor of the series with its slot.

    Lists read rows instead of entities: several times faster.
    """
    (
        number, title, description, completed_at, priority, tags, due_at, due_on, time_zone,
        recurrence_pattern, recurrence, reminder_lead_time, further_reminders, position, series_id, slot, version,
        created_at, updated_at, deleted_at, anchor, anchor_slot, *_,
    ) = row  # fmt: skip
    status = "pending" if completed_at is None else "completed"
    return {
        "id": number,
        "title": title,
        "description": description,
        "status": status if deleted_at is None else "deleted",
        "completed": completed_at is not None,
        "completed_at": completed_at,
        "priority": PRIORITY_OF[priority],
        "tags": tags,
        "due_date": due_on or due_at,
        "time_zone": time_zone,
        "recurrence_pattern": recurrence_pattern,
        "recurrence": NO_DETAILS | recurrence if recurrence else None,
        "rrule": anchor and _rrule(recurrence_pattern, orjson.dumps(recurrence), anchor, anchor_slot, time_zone),
        "anchor": anchor,
        "reminder_lead_time": reminder_lead_time,
        "reminders": _reminders(reminder_lead_time, further_reminders),
        "position": positions.text_of(position, due_at, number),
        "series_id": series_id,
        "slot": slot,
        "version": version,
        "created_at": created_at,
        "updated_at": updated_at,
        "deleted_at": deleted_at,
    }


def reminders_of(task: TaskFields) -> list[dict[str, Any]]:
    return _reminders(task.reminder_lead_time, task.further_reminders)


def _reminders(lead_time: int | None, further: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Returns the reminders with their fields in one order, which JSONB does not keep."""
    first = [] if lead_time is None else [{"minutes_before": lead_time}]
    return first + [{name: each[name] for name in REMINDER_FIELDS if name in each} for each in further or ()]


@lru_cache(maxsize=10_000)
def _rrule(pattern: str, details: bytes, anchor: str, anchor_slot: int, time_zone: str) -> str | None:
    if pattern == "none":
        return None  # during a change that ends the series
    at = datetime.fromisoformat(anchor)
    rule = Rule.of(pattern, orjson.loads(details))
    return rrules.write(rule, at if "T" in anchor else at.date(), ZoneInfo(time_zone), anchor_slot)


def page(rows: Sequence[Iterable[Any]], next_cursor: str | None, total: int) -> dict[str, Any]:
    return {"items": [row_view(row) for row in rows], "next_cursor": next_cursor, "total": total}
