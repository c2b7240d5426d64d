"""Converts the series of the event contracts to those of `recurrence`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from recurring_tasks_service.recurrence.series import Series
from todo_kit.events.tasks import TaskPayload
from todo_kit.recurrence import Rule


def series_of(task: TaskPayload) -> Series | None:
    """Returns the series of the task; None if the task does not recur."""
    if task.recurrence_pattern == "none" or task.anchor is None:
        return None
    anchor: date | datetime = (
        datetime.fromisoformat(task.anchor) if "T" in task.anchor else date.fromisoformat(task.anchor)
    )
    rule = Rule.of(task.recurrence_pattern, task.recurrence.model_dump() if task.recurrence else None)
    return Series(anchor, ZoneInfo(task.time_zone), rule, task.anchor_slot)
