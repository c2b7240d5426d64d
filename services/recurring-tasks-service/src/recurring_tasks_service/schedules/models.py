from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant


class Schedule(SQLModel, table=True):
    """The newest version seen of each task. Older events are ignored."""

    __tablename__ = "schedules"

    user_id: str = Field(primary_key=True)
    task_id: int = Field(primary_key=True)
    seq: int


class Preference(SQLModel, table=True):
    """The settings of a user that reminders depend on. Users without a row have the defaults."""

    __tablename__ = "preferences"

    user_id: str = Field(primary_key=True)
    seq: int
    all_day_reminder_time: time


class Series(SQLModel, table=True):
    """Unused. Replicas of the previous version still write to it during a rollout."""

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


SENT = ("triggered", "settled")


class Reminder(SQLModel, table=True):
    """The reminder of a task. State: `scheduled`, then `triggered` when sent, or `cancelled`.

    A reminder that was sent is `settled` while its task is over or wants another one. It can then not be snoozed.
    """

    __tablename__ = "reminders"
    __table_args__ = (Index("ix_reminders_due", "remind_at", postgresql_where=text("state = 'scheduled'")),)

    user_id: str = Field(primary_key=True)
    task_id: int = Field(primary_key=True)
    seq: int
    state: str
    remind_at: datetime = Field(sa_column=instant())
    planned_at: datetime = Field(sa_column=instant(server_default=func.now()))
    """When the task event, API call or settings change requested the reminder. Lateness never counts from earlier."""
    payload: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """`ReminderPayload` as published, except for `late_by_seconds`."""
    correlation_id: str
    traceparent: str | None = None


class Snooze(SQLModel, table=True):
    """The time at which a task's reminder, which was sent, is sent again: `scheduled`, `triggered` or `cancelled`."""

    __tablename__ = "snoozes"
    __table_args__ = (Index("ix_snoozes_due", "remind_at", postgresql_where=text("state = 'scheduled'")),)

    user_id: str = Field(primary_key=True)
    task_id: int = Field(primary_key=True)
    seq: int
    state: str
    remind_at: datetime = Field(sa_column=instant())
    planned_at: datetime = Field(sa_column=instant())
    payload: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    correlation_id: str
    traceparent: str | None = None


class OccurrenceRequest(SQLModel, table=True):
    """A request for the successor of a task: `pending` until the task API has answered, then `done`.

    `withdrawn`: no successor is needed, for example because the task was reopened. `failed`: the task API refused.
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
    """During a call, the end of the lease."""
    lease: UUID | None = None
    """Identifies the claim of the replica that calls the task API; another claim or a newer event replaces it."""
    successor_id: int | None = None
    """Unused, like `series`."""
    correlation_id: str
    traceparent: str | None = None
