from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from notification_service.sending import ChannelName
from todo_kit.fields import TimeZone
from todo_kit.text import LONGEST_TITLE, Storable


class DeliveryOut(BaseModel):
    """How a notification left by another channel than the page. `at`: when that ended."""

    channel: ChannelName
    target: str
    state: Literal["waiting", "sent", "failed", "dropped"]
    at: AwareDatetime | None
    reason: str | None


class NotificationOut(BaseModel):
    """`due_date` is an instant, or a plain date for an all-day task. `late_by_seconds` is the delay of the reminder."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    type: str
    task_id: int | None
    title: str
    body: str
    due_date: str | None
    time_zone: str
    late_by_seconds: int
    created_at: AwareDatetime
    read_at: AwareDatetime | None
    read: bool
    deliveries: list[DeliveryOut] = []


class NotificationPage(BaseModel):
    items: list[NotificationOut]
    next_cursor: str | None
    unread_count: int


class MarkedRead(BaseModel):
    count: int


class NotificationIn(BaseModel):
    """A notification from another service. Repeating an `event_id` creates no second notification."""

    model_config = ConfigDict(extra="forbid")

    user_id: Annotated[Storable, Field(min_length=1, max_length=128)]
    event_id: UUID
    type: Literal["reminder", "info"] = "info"
    task_id: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    title: Annotated[Storable, Field(min_length=1, max_length=LONGEST_TITLE)]
    body: Annotated[Storable, Field(max_length=1000)] = ""
    time_zone: TimeZone = "UTC"


class Notified(BaseModel):
    created: bool


class TestSent(BaseModel):
    notification_id: UUID
