"""`reminders`: scheduled, cancelled, triggered and snoozed reminders. Published by the recurring-tasks service."""

from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from todo_kit.dates import start_of_day
from todo_kit.events.envelope import Contract, DueDate, Event

TOPIC = "reminders"
LONGEST_SNOOZE = timedelta(days=366)


def identity(due: DueDate, time_zone: str, lead_minutes: int) -> datetime:
    """Returns the identity of a reminder within its task, which is constant while due date and lead time are unchanged.

    For an all-day task it is not the instant of the reminder, which also depends on the user's settings
    (`dates.remind_at`).
    """
    start = due.astimezone(UTC) if isinstance(due, datetime) else start_of_day(due, ZoneInfo(time_zone))
    return start - timedelta(minutes=lead_minutes)


class ReminderPayload(Contract):
    title: str
    due_date: DueDate
    time_zone: str
    remind_at: datetime
    lead_time: int
    """Minutes before the due instant. For an all-day task, before the user's time for all-day reminders."""
    late_by_seconds: int = 0
    """How late a triggered reminder is, if the service was down at its instant."""

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


class ReminderSnoozed(ReminderEvent):
    """The user wants the reminder again, at `remind_at`. The due date stays as it is."""

    event_type: Literal["ReminderSnoozed"] = "ReminderSnoozed"


CONTRACTS: tuple[type[Event], ...] = (ReminderScheduled, ReminderCancelled, ReminderTriggered, ReminderSnoozed)
