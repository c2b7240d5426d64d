from datetime import datetime, time
from uuid import UUID

from sqlmodel import Field, SQLModel

from todo_kit.columns import instant


class ChannelSettings(SQLModel, table=True):
    """How a user wants to be notified. Without a row: in the page only."""

    __tablename__ = "channel_settings"

    user_id: str = Field(primary_key=True)
    email: str | None = None
    """A confirmed address of the user; null: no e-mail."""
    email_problem: str | None = None
    """Why the mail server refused the address. Then only tests are sent, until one arrives or e-mail is turned on."""
    unsubscribe_token: str | None = Field(default=None, unique=True)
    """Turns e-mail off without signing in (RFC 8058). It is in each mail."""
    quiet_start: time | None = None
    quiet_end: time | None = None
    time_zone: str | None = None
    """Of the quiet hours: the user's, from `SettingsChanged`. Null until it changes: then the notification's counts."""
    settings_seq: int = 0


class PushSubscription(SQLModel, table=True):
    """A browser that takes pushed messages (https://www.w3.org/TR/push-api/#pushsubscription-interface)."""

    __tablename__ = "push_subscriptions"

    id: UUID = Field(primary_key=True)
    user_id: str = Field(index=True)
    endpoint: str = Field(unique=True)
    p256dh: str
    auth: str
    name: str
    grant_id: str
    """The session that made it. When that ends, so does the subscription."""
    created_at: datetime = Field(sa_column=instant())
    seen_at: datetime = Field(sa_column=instant(index=True))
    """When the browser last reported it."""
