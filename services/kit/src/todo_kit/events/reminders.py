"""`reminders`: scheduled, cancelled, triggered and snoozed reminders, and cancelled snoozes.

Published by the recurring-tasks service.
"""

from datetime import datetime, time, timedelta
from typing import Literal

from todo_kit.events.envelope import Contract, DueDate, Event
from todo_kit.reminders import Reminder

TOPIC = "reminders"
LONGEST_SNOOZE = timedelta(days=366)


class ReminderPayload(Contract):
    title: str
    due_date: DueDate
    time_zone: str
    remind_at: datetime
    lead_time: int
    """Minutes before the due instant. For an all-day task, before the user's time for all-day reminders."""
    reminder: Reminder | None = None
    """A reminder that is not in minutes, or not the first one; `lead_time` is then how long it was before the task."""
    late_by_seconds: int = 0
    """How late a triggered reminder is, if the service was down at its instant."""

    @property
    def identity(self) -> str:
        return self._reminder.identity(self.due_date, self.time_zone)

    def instant(self, all_day_time: time) -> datetime:
        """Returns the instant of the reminder, with this time for all-day reminders."""
        return self._reminder.instant(self.due_date, self.time_zone, all_day_time)

    @property
    def _reminder(self) -> Reminder:
        return self.reminder or Reminder(minutes_before=self.lead_time)


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


class SnoozeCancelled(ReminderEvent):
    """The user does not want the reminder again at `remind_at`, the time of the snooze."""

    event_type: Literal["SnoozeCancelled"] = "SnoozeCancelled"


CONTRACTS: tuple[type[Event], ...] = (
    ReminderScheduled,
    ReminderCancelled,
    ReminderTriggered,
    ReminderSnoozed,
    SnoozeCancelled,
)
