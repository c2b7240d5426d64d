"""Changes of a user's settings, on `task-events`. Published by the task API."""

from datetime import time
from typing import Any, Literal

from todo_kit.events import tasks
from todo_kit.events.envelope import Contract, Event

TOPIC = tasks.TOPIC
ALL_DAY_REMINDER_TIME = time(9)
"""Default time for reminders of all-day tasks."""


class SettingsPayload(Contract):
    """The settings after the change."""

    time_zone: str
    default_reminder_lead_time: int | None
    all_day_reminder_time: time = ALL_DAY_REMINDER_TIME
    changes: dict[str, tuple[Any, Any]] | None = None


class SettingsChanged(Event):
    """`seq` is the version of the settings after the change."""

    event_type: Literal["SettingsChanged"] = "SettingsChanged"
    task_id: None = None
    payload: SettingsPayload


CONTRACTS: tuple[type[Event], ...] = (SettingsChanged,)
