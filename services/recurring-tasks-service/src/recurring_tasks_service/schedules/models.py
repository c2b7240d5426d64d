from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from todo_kit.columns import Instant, instant


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


class Scheduled(SQLModel):
    """A reminder to send. State: `scheduled`, then `triggered` when sent, or `cancelled`.

    A reminder that was sent is `settled` while its task is over or wants another one. It can then not be snoozed. One
    that was too late to send beside another is `skipped`; one at the instant of another is `merged` with it.
    """

    user_id: str = Field(primary_key=True)
    task_id: int = Field(primary_key=True)
    seq: int
    state: str
    remind_at: datetime = Field(sa_type=Instant)
    planned_at: datetime = Field(sa_type=Instant, sa_column_kwargs={"server_default": func.now()})
    """When the task event, API call or settings change requested the reminder. Lateness never counts from earlier."""
    payload: dict[str, Any] = Field(sa_type=JSONB)
    """`ReminderPayload` as published, except for `late_by_seconds`."""
    correlation_id: str
    traceparent: str | None = None
    sent_before: datetime | None = Field(default=None, sa_type=Instant)
    """The instant at which it was sent for the date before: if the date moves back, it is not sent again."""


def _of_due(table: str) -> Index:
    return Index(f"ix_{table}_due", "remind_at", postgresql_where=text("state = 'scheduled'"))


class Reminder(Scheduled, table=True):
    """The first reminder of a task in minutes, its `reminder_lead_time`."""

    __tablename__ = "reminders"
    __table_args__ = (_of_due("reminders"),)


class FurtherReminder(Scheduled, table=True):
    """Another reminder of a task."""

    __tablename__ = "further_reminders"
    __table_args__ = (_of_due("further_reminders"),)

    key: str = Field(primary_key=True)
    """That of `todo_kit.reminders.Reminder`."""


class Snooze(Scheduled, table=True):
    """The time at which a reminder of a task, which was sent, is sent again."""

    __tablename__ = "snoozes"
    __table_args__ = (_of_due("snoozes"),)


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
