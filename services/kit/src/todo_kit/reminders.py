"""When to remind of a task. A task has up to MAX_REMINDERS reminders; all of them need a due date."""

import datetime as dt
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Protocol, Self, TypeVar, cast
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    model_serializer,
    model_validator,
)
from typing_extensions import TypedDict

from todo_kit.dates import remind_at, to_instant
from todo_kit.fields import ClockTime, Instant

MAX_REMINDERS = 10
LONGEST_LEAD = timedelta(days=366)
FORMS = "needs minutes_before, or days_before with time, or at"


class WrittenReminder(TypedDict, total=False):
    """As in answers and events: only what is given."""

    minutes_before: int
    days_before: int
    time: ClockTime
    at: datetime


class Reminder(BaseModel):
    """Minutes before the due date, a time of day on an earlier day, or an instant. One of these."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    minutes_before: Annotated[
        int | None,
        Field(
            strict=True,
            ge=0,
            le=LONGEST_LEAD.days * 24 * 60,
            description="Of an all-day task: before the user's time for reminders",
        ),
    ] = None
    days_before: Annotated[
        int | None, Field(strict=True, ge=0, le=LONGEST_LEAD.days, description="Days before the due day")
    ] = None
    time: Annotated[ClockTime | None, Field(description="On that day, in the time zone of the task")] = None
    at: Annotated[Instant | None, AfterValidator(lambda at: at and at.astimezone(UTC))] = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        forms = (self.minutes_before is not None, self.days_before is not None, self.at is not None)
        if forms.count(True) != 1 or (self.days_before is None) != (self.time is None):
            raise ValueError(FORMS)
        return self

    @model_serializer
    def _written(self) -> WrittenReminder:
        return cast("WrittenReminder", {name: value for name, value in self if value is not None})

    @property
    def key(self) -> str:
        """Tells this reminder from the others of its task."""
        if self.minutes_before is not None:
            return f"{self.minutes_before} minutes"
        return f"{self.days_before} days {self.time:%H:%M}" if self.time else f"{self.at}"

    def instant(self, due: datetime | date, time_zone: str, all_day_time: dt.time) -> datetime:
        """Returns when to remind of a task with this due date (an aware instant or a day), in UTC."""
        if self.at:
            return self.at
        if self.minutes_before is not None:
            return remind_at(due, time_zone, self.minutes_before, all_day_time)
        if self.days_before is None or self.time is None:
            raise ValueError(FORMS)
        zone = ZoneInfo(time_zone)
        day = due.astimezone(zone).date() if isinstance(due, datetime) else due
        return to_instant(datetime.combine(day - timedelta(days=self.days_before), self.time), zone)

    def identity(self, due: datetime | date, time_zone: str) -> str:
        """Returns what stays the same while the due date and this reminder are unchanged.

        It is the instant of the reminder. Only for minutes before an all-day task it is not, as that instant depends on
        the user's settings too.
        """
        if self.minutes_before is not None and not isinstance(due, datetime):
            return f"{due}, {self.minutes_before} minutes before"
        return self.instant(due, time_zone, dt.time()).astimezone(UTC).isoformat()


def in_order(reminders: Sequence[Reminder]) -> list[Reminder]:
    """Puts the first reminder in minutes in front: it is also the task's `reminder_lead_time`. Drops repeated ones."""
    unique = list(dict.fromkeys(reminders))
    return sorted(unique, key=lambda reminder: reminder != first_in_minutes(unique))


def first_in_minutes(reminders: Sequence[Reminder]) -> Reminder | None:
    return next((reminder for reminder in reminders if reminder.minutes_before is not None), None)


Reminders = Annotated[list[Reminder], Field(max_length=MAX_REMINDERS), AfterValidator(in_order)]


class _HasReminders(Protocol):
    reminders: Any
    reminder_lead_time: int | None
    model_fields_set: set[str]


T = TypeVar("T", bound=_HasReminders)


def check_lead_time(request: T) -> T:
    """A validator of requests: refuses a lead time that is not the first one of the reminders."""
    if request.reminders is not None and "reminder_lead_time" in request.model_fields_set:
        first = first_in_minutes(request.reminders)
        if request.reminder_lead_time != (first.minutes_before if first else None):
            raise ValueError("reminder_lead_time contradicts reminders; leave it out")
    return request
