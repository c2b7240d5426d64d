from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant


class TaskState(SQLModel, table=True):
    """The newest version seen of a task, and the identities of the reminders that it wants."""

    __tablename__ = "task_states"

    user_id: str = Field(primary_key=True)
    task_id: int = Field(primary_key=True)
    seq: int
    remind_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    """As the previous version wrote it: the instant of the lead time. Null in rows of this version."""
    reminders: list[str] = Field(
        default_factory=list, sa_column=Column(ARRAY(String), nullable=False, server_default="{}")
    )
    over: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    """Completed or deleted."""


class Notification(SQLModel, table=True):
    """A notification. `id` is a UUID version 7, so ids are ordered by creation."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index("ix_notifications_user_id_id", "user_id", "id"),
        Index("ix_notifications_unread", "user_id", "id", postgresql_where=text("read_at IS NULL")),
    )

    id: UUID = Field(primary_key=True)
    user_id: str
    event_id: UUID = Field(unique=True)
    type: str
    task_id: int | None
    title: str
    body: str
    due_date: str | None
    time_zone: str
    late_by_seconds: int = 0
    created_at: datetime = Field(sa_column=instant())
    read_at: datetime | None = Field(default=None, sa_column=instant(nullable=True, index=True))
