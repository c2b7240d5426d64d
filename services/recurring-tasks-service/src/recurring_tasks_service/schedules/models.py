from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def instant(*, nullable: bool = False) -> Any:
    return Column(DateTime(timezone=True), nullable=nullable)


class Schedule(SQLModel, table=True):
    """The newest version of each task that was seen: an older event has nothing to say any more."""

    __tablename__ = "schedules"

    user_id: str = Field(primary_key=True)
    task_id: int = Field(primary_key=True)
    seq: int


class Preference(SQLModel, table=True):
    """A person's settings that reminders depend on; the defaults hold for people without a row."""

    __tablename__ = "preferences"

    user_id: str = Field(primary_key=True)
    seq: int
    all_day_reminder_time: time


class Series(SQLModel, table=True):
    """A series as its newest occurrence has it."""

    __tablename__ = "series"

    user_id: str = Field(primary_key=True)
    series_id: UUID = Field(primary_key=True)
    time_zone: str
    recurrence_pattern: str
    recurrence: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True))
    anchor: str
    anchor_slot: int
    task_id: int
    slot: int


class Reminder(SQLModel, table=True):
    """One a task: `scheduled` until its instant, then `triggered`, or `cancelled` before."""

    __tablename__ = "reminders"
    __table_args__ = (Index("ix_reminders_due", "remind_at", postgresql_where=text("state = 'scheduled'")),)

    user_id: str = Field(primary_key=True)
    task_id: int = Field(primary_key=True)
    seq: int
    state: str
    remind_at: datetime = Field(sa_column=instant())
    planned_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=func.now()))
    """Since when it is wanted: one that is planned after its instant is sent at once, and is not late for that."""
    payload: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """`ReminderPayload`, as it will be published."""
    correlation_id: str
    traceparent: str | None = None


class OccurrenceRequest(SQLModel, table=True):
    """A request for the occurrence that follows a task: `pending` until the task API has answered, then `done`.

    `withdrawn`: the task was reopened. `failed`: the task API refuses the request.
    """

    __tablename__ = "occurrence_requests"
    __table_args__ = (
        Index("ix_occurrence_requests_due", "next_attempt_at", postgresql_where=text("state = 'pending'")),
    )

    user_id: str = Field(primary_key=True)
    task_id: int = Field(primary_key=True)
    series_id: UUID
    slot: int
    due_date: str
    state: str
    attempts: int = 0
    next_attempt_at: datetime = Field(sa_column=instant())
    """During a call, the end of its lease."""
    lease: UUID | None = None
    """Identifies the claim of the replica that calls the task API; another claim or a newer event replaces it."""
    successor_id: int | None = None
    correlation_id: str
    traceparent: str | None = None
