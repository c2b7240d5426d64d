from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant


class DigestSettings(SQLModel, table=True):
    """When a user wants the daily digest. Without a row: never."""

    __tablename__ = "digest_settings"

    user_id: str = Field(primary_key=True)
    email: str
    """A confirmed address of the user."""
    send_at: time
    time_zone: str
    """The user's: from the page that turned the digest on, then from `SettingsChanged`."""
    settings_seq: int = 0
    next_at: datetime = Field(sa_column=instant(index=True))
    problem: str | None = None
    """Why the mail server refused the address. Then nothing is sent until the digest is turned on again."""
    unsubscribe_token: str = Field(unique=True)


class Digest(SQLModel, table=True):
    """The digest of one day. The time of a digest may change during a day that already has one."""

    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint("user_id", "day"),
        Index("ix_digests_due", "due_at", postgresql_where=text("state = 'waiting'")),
    )

    id: UUID = Field(primary_key=True)
    user_id: str
    day: date
    state: str = "waiting"
    """`waiting`, `sent`, `failed`, or `dropped`: nothing was due, or the digest was turned off."""
    attempts: int = 0
    due_at: datetime = Field(sa_column=instant())
    """When the next attempt may begin; while one runs, when its lease ends."""
    expires_at: datetime = Field(sa_column=instant())
    """The end of the day."""
    lease: UUID | None = None
    reason: str | None = None
    created_at: datetime = Field(sa_column=instant())
    finished_at: datetime | None = Field(default=None, sa_column=instant(nullable=True, index=True))
