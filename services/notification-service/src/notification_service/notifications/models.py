from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant


class TaskState(SQLModel, table=True):
    """The newest version seen of a task. `remind_at` is the identity of its reminder; null if it wants none."""

    __tablename__ = "task_states"

    user_id: str = Field(primary_key=True)
    task_id: int = Field(primary_key=True)
    seq: int
    remind_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


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
