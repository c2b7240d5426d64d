from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, String, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant

LIFETIME = timedelta(days=3)
"""How long a message is tried, and how long nothing may arrive until a webhook is paused."""
WAITING = text("state = 'waiting'")


class Webhook(SQLModel, table=True):
    """Where a user wants to have events of their tasks sent to."""

    __tablename__ = "webhooks"

    id: UUID = Field(primary_key=True)
    user_id: str = Field(index=True)
    url: str
    events: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    tags: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    """Only tasks with one of these; empty: all tasks."""
    secret: str
    previous_secret: str | None = None
    previous_until: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    paused: str | None = None
    """Why nothing is sent, as the user is told; null: it is on."""
    failing_since: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    """The first failure after the last message that arrived."""
    created_at: datetime = Field(sa_column=instant())


class Message(SQLModel, table=True):
    """One event for one webhook. `id` is the `webhook-id` of each attempt."""

    __tablename__ = "webhook_messages"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        Index("ix_webhook_messages_due", "webhook_id", "due_at", postgresql_where=WAITING),
        Index("ix_webhook_messages_newest", "webhook_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    user_id: str = Field(index=True)
    webhook_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False))
    event_id: UUID
    type: str
    body: str
    """What is signed and sent."""
    state: str = "waiting"
    """`waiting`, `sent`, `failed`, or `dropped`: the webhook was paused."""
    attempts: int = 0
    due_at: datetime = Field(sa_column=instant())
    """When the next attempt may begin; while one runs, when its lease ends."""
    expires_at: datetime = Field(sa_column=instant())
    lease: UUID | None = None
    status: int | None = None
    """Of the receiver's last answer."""
    answer: str | None = None
    """The beginning of its body."""
    reason: str | None = None
    created_at: datetime = Field(sa_column=instant())
    finished_at: datetime | None = Field(default=None, sa_column=instant(nullable=True, index=True))
