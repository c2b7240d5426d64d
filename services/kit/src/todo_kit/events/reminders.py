"""`reminders`: what is planned, called off and due. Published by the recurring-tasks service."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from todo_kit.dates import start_of_day
from todo_kit.events.envelope import Contract, DueDate, Event

TOPIC = "reminders"


def identity(due: DueDate, time_zone: str, lead_minutes: int) -> datetime:
    """Identifies a reminder among those of its task: equal as long as due date and lead time stay the same.

    Not the instant of an all-day task's reminder, which depends on the person's settings too (`dates.remind_at`).
    """
    start = due.astimezone(UTC) if isinstance(due, datetime) else start_of_day(due, time_zone)
    return start - timedelta(minutes=lead_minutes)


class ReminderPayload(Contract):
    title: str
    due_date: DueDate
    time_zone: str
    remind_at: datetime
    lead_time: int
    """Minutes before the due instant; before the time of day of all-day reminders, for an all-day task."""
    late_by_seconds: int = 0
    """How late a triggered reminder is, when the service was away at its instant."""

    @property
    def identity(self) -> datetime:
        return identity(self.due_date, self.time_zone, self.lead_time)


class ReminderEvent(Event):
    task_id: int
    payload: ReminderPayload


class ReminderScheduled(ReminderEvent):
    event_type: Literal["ReminderScheduled"] = "ReminderScheduled"


class ReminderCancelled(ReminderEvent):
    event_type: Literal["ReminderCancelled"] = "ReminderCancelled"


class ReminderTriggered(ReminderEvent):
    event_type: Literal["ReminderTriggered"] = "ReminderTriggered"


CONTRACTS: tuple[type[Event], ...] = (ReminderScheduled, ReminderCancelled, ReminderTriggered)
