from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from todo_kit.text import Storable, Tag

EventType = Literal[
    "task.created",
    "task.updated",
    "task.completed",
    "task.reopened",
    "task.deleted",
    "task.restored",
    "task.purged",
    "reminder.due",
]
EventTypes = Annotated[list[EventType], Field(min_length=1, max_length=8)]
Tags = Annotated[list[Tag], Field(max_length=20)]


class _Filter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="after")
    def _reminders_have_no_tags(self) -> Self:
        if getattr(self, "tags", None) and "reminder.due" in (getattr(self, "events", None) or ()):
            raise ValueError("reminder.due cannot be limited to tags; use another webhook for reminders")
        return self


class WebhookIn(_Filter):
    """`statement`: a token of `/api/auth/webhook-statement` for this URL. `tags`: only tasks with one of them."""

    url: Annotated[Storable, Field(min_length=1, max_length=1000)]
    events: EventTypes
    tags: Tags = []
    statement: Annotated[str, Field(max_length=8192)]


class WebhookChange(_Filter):
    """What is left out stays as it is. `events` and `tags` are given together."""

    events: EventTypes | None = None
    tags: Tags | None = None
    paused: bool | None = None

    @model_validator(mode="after")
    def _filter_is_whole(self) -> Self:
        if (self.events is None) != (self.tags is None):
            raise ValueError("events and tags are given together")
        return self


class WebhookOut(BaseModel):
    """`paused`: why nothing is sent; null: it is on. `failing_since`: the first failure after the last success."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    url: str
    events: list[str]
    tags: list[str]
    paused: str | None
    failing_since: AwareDatetime | None
    created_at: AwareDatetime


class WebhookList(BaseModel):
    items: list[WebhookOut]


class WebhookWithSecret(WebhookOut):
    """The secret is shown once. After it was replaced, messages are signed with the previous one, too, for a day."""

    secret: str


class MessageOut(BaseModel):
    """`status` and `answer`: what the receiver answered last. `due_at`: the next attempt of one that waits."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    type: str
    state: Literal["waiting", "sent", "failed", "dropped"]
    attempts: int
    due_at: AwareDatetime
    status: int | None
    answer: str | None
    reason: str | None
    created_at: AwareDatetime
    finished_at: AwareDatetime | None


class MessagePage(BaseModel):
    items: list[MessageOut]
    next_cursor: str | None


class MessageSent(BaseModel):
    message_id: UUID
