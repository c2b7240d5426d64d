"""Converts rules and dates of the event contracts to those of `recurrence`."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from recurring_tasks_service.recurrence.local_time import to_instant
from recurring_tasks_service.recurrence.rule import Pattern, Rule, Series
from todo_kit.events.tasks import TaskPayload


def instant_of(value: datetime | date, zone: ZoneInfo) -> datetime:
    """Converts a due date to UTC: a date-time with an offset, a local date-time, or a date (start of the local day)."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return to_instant(value, zone) if value.tzinfo is None else value.astimezone(UTC)


def rule_from(pattern: str, details: Mapping[str, Any] | None) -> Rule:
    """Raises InvalidRecurrence."""
    details = details or {}
    return Rule(
        pattern=cast("Pattern", pattern),
        interval=details.get("interval", 1),
        weekdays=tuple(details.get("weekdays", ())),
        last_day=details.get("last_day", False),
        until=details.get("until"),
        count=details.get("count"),
        mode=details.get("mode", "schedule"),
    )


def series_of(task: TaskPayload) -> Series | None:
    """Returns the series of the task; None if the task does not recur."""
    if task.recurrence_pattern == "none" or task.anchor is None:
        return None
    zone = ZoneInfo(task.time_zone)
    anchor: date | datetime = (
        datetime.fromisoformat(task.anchor) if "T" in task.anchor else date.fromisoformat(task.anchor)
    )
    details = task.recurrence.model_dump() if task.recurrence else None
    return Series(anchor, zone, rule_from(task.recurrence_pattern, details), task.anchor_slot)
