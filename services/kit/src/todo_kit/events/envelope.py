"""The CloudEvents 1.0 envelope. Built here and not by Dapr, so that its `id` is the `event_id`."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

CONTENT_TYPE = "application/cloudevents+json"


def _plain_date(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-01-31") else value


DueDate = Annotated[datetime | date, BeforeValidator(_plain_date)]
"""An instant, or a plain date for an all-day task. Without the validator Pydantic reads a plain date as midnight."""


class Contract(BaseModel):
    """Base class of all models in events. Ignores unknown fields, so that publishers can add fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Actor(Contract):
    """Who did it, and through what: `web`, `api`, `mcp`, `chat`, `system`…"""

    type: Literal["user", "assistant", "system"]
    client: Annotated[str, Field(max_length=64)]


class Event(Contract):
    """The fields of every event. `seq` is the version of the task after the change."""

    event_id: UUID
    event_type: str
    user_id: Annotated[str, Field(min_length=1, max_length=128)]
    task_id: int | None
    seq: Annotated[int, Field(ge=0)]
    timestamp: datetime
    actor: Actor
    correlation_id: str
    payload: Any
    traceparent: Annotated[str | None, Field(exclude=True)] = None
    """W3C trace context of the event. It is a field of the envelope, not of the data."""

    @property
    def key(self) -> str:
        """The partition key. Keeps the events of a task in order."""
        return f"{self.user_id}/{self.task_id or 0}"


def to_cloudevent(event: Event, source: str, traceparent: str | None) -> bytes:
    envelope = {
        "specversion": "1.0",
        "id": str(event.event_id),
        "type": event.event_type,
        "source": source,
        "subject": f"users/{event.user_id}/tasks/{event.task_id}",
        "time": event.timestamp.isoformat(),
        "datacontenttype": "application/json",
        "data": event.model_dump(mode="json"),
    }
    if traceparent:
        # Dapr adds its own trace to an event without `traceid`, its name for the traceparent.
        envelope |= {"traceid": traceparent, "traceparent": traceparent}
    return orjson.dumps(envelope)
