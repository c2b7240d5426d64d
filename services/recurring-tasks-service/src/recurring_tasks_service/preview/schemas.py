from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, WithJsonSchema, model_validator

from todo_kit.fields import ReminderLeadTime, TimeZone, When
from todo_kit.recurrence import Frequency, Recurrence, read_rrule
from todo_kit.reminders import Reminder, Reminders, check_lead_time

DateOrTime = Annotated[
    datetime | date,
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]}),
]


class PreviewRequest(BaseModel):
    """`due_date` is the first occurrence, slot 0. `completed_at` is the time of its completion; default: when due.

    `recurrence_pattern` is required unless `recurrence` has an `rrule`. Give `reminders`, the whole list, or
    `reminder_lead_time`, or both if they agree.
    """

    model_config = ConfigDict(extra="forbid")

    due_date: When
    time_zone: TimeZone = "UTC"
    recurrence_pattern: Frequency | None = None
    recurrence: Recurrence | None = None
    reminder_lead_time: ReminderLeadTime = None
    reminders: Reminders | None = None
    completed_at: When | None = None
    count: Annotated[int, Field(ge=1, le=50)] = 5

    _rrule = model_validator(mode="after")(read_rrule)
    _lead_time = model_validator(mode="after")(check_lead_time)

    @property
    def all_reminders(self) -> list[Reminder]:
        if self.reminders is not None:
            return self.reminders
        return [] if self.reminder_lead_time is None else [Reminder(minutes_before=self.reminder_lead_time)]


class PreviewedOccurrence(BaseModel):
    """`local` is `due_date` in the time zone of the request. For an all-day task both are plain dates."""

    slot: int
    due_date: DateOrTime
    local: DateOrTime
    remind_at: AwareDatetime | None
    """The instant of the first reminder in minutes, the lead time."""
    reminders: list[AwareDatetime]
    """The instants of all reminders that follow the date, in order."""
    reason: str


class Preview(BaseModel):
    """`rrule` is the rule as RFC 5545 text, with `due_date` as DTSTART; null if it cannot be written so."""

    rrule: str | None
    occurrences: list[PreviewedOccurrence]
    ended_by: Literal["until", "count"] | None
