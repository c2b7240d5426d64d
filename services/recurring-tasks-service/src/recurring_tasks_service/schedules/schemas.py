from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from todo_kit.fields import Instant, TimeZone, When
from todo_kit.text import Storable, Title


class ScheduleIn(BaseModel):
    """A reminder scheduled by another service. A repeated or older `seq` has no effect."""

    model_config = ConfigDict(extra="forbid")

    user_id: Annotated[Storable, Field(min_length=1, max_length=128)]
    task_id: Annotated[int, Field(ge=1, le=2**31 - 1)]
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    title: Title
    due_date: When
    time_zone: TimeZone = "UTC"
    lead_time: Annotated[int, Field(ge=0, le=366 * 24 * 60)] = 0


class SnoozeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    until: Instant
    """At most 366 days from now."""


class Snoozed(BaseModel):
    task_id: int
    until: AwareDatetime


class PendingSnooze(Snoozed):
    title: str


class PendingSnoozes(BaseModel):
    items: list[PendingSnooze]
    """By time, at most 500."""


class ScheduleOut(BaseModel):
    user_id: str
    task_id: int
    seq: int
    state: str
    remind_at: AwareDatetime


class SchedulePage(BaseModel):
    items: list[ScheduleOut]
    next_cursor: str | None


class Planned(BaseModel):
    planned: bool
