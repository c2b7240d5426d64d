from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint, Uuid, text
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant

LIFETIME = timedelta(days=1)
"""How long a delivery is tried."""


class Delivery(SQLModel, table=True):
    """One notification for one target of a channel. It is sent at least once, and recorded when that is known."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("notification_id", "channel", "target"),
        Index("ix_deliveries_due", "channel", "due_at", postgresql_where=text("state = 'waiting'")),
        Index("ix_deliveries_oldest", "channel", "expires_at", postgresql_where=text("state = 'waiting'")),
        Index("ix_deliveries_of_user", "user_id", "channel", "expires_at"),
    )

    id: UUID = Field(primary_key=True)
    user_id: str
    notification_id: UUID = Field(
        sa_column=Column(Uuid, ForeignKey("notifications.id", ondelete="CASCADE"), nullable=False)
    )
    seq: int
    """The version of the task that the notification is of."""
    reminder: str | None = None
    """The identity of the reminder: if a newer version of the task does not have it, nobody wants it."""
    channel: str
    target: str
    """An e-mail address, or the id of a push subscription."""
    target_name: str
    """As the user is told it: the address, or the name of the device."""
    state: str = "waiting"
    """`waiting`, `sent`, `failed`, or `dropped`: nobody wants it any more."""
    attempts: int = 0
    due_at: datetime = Field(sa_column=instant())
    """When the next attempt may begin; while one runs, when its lease ends."""
    lease: UUID | None = None
    reason: str | None = None
    expires_at: datetime = Field(sa_column=instant())
    """LIFETIME after the delivery was first due."""
    finished_at: datetime | None = Field(default=None, sa_column=instant(nullable=True, index=True))
