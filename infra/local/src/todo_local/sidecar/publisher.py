"""Turns a publish request into a log entry: checks scopes, adds the envelope, applies faults."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from todo_local.sidecar.config import AppConfig, SidecarConfig
from todo_local.sidecar.faults import Faults
from todo_local.sidecar.log import EventLog

CLOUD_EVENT = "application/cloudevents+json"


class PublishRefused(Exception):
    """The request is refused; daprd responds with this HTTP status or the corresponding gRPC status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Message:
    body: bytes
    content_type: str
    metadata: dict[str, str]


@dataclass
class Publisher:
    config: SidecarConfig
    log: EventLog
    faults: Faults

    async def publish(self, app: AppConfig, pubsub: str, topic: str, messages: list[Message]) -> None:
        if pubsub != self.config.pubsub:
            raise PublishRefused(404, "ERR_PUBSUB_NOT_FOUND", f"pubsub {pubsub} is not found")
        if topic not in app.publish:
            raise PublishRefused(403, "ERR_PUBSUB_FORBIDDEN", f"topic {topic} is not allowed for app id {app.app_id}")
        if self.faults.refuse_publish and self.faults.concern(app.app_id, topic):
            raise PublishRefused(500, "ERR_PUBSUB_PUBLISH_MESSAGE", "the broker is away")
        entries = [
            (topic, message.metadata.get("partitionKey", ""), self._envelope(app, topic, message))
            for message in messages
        ]
        try:
            await self.log.publish(entries)
        except ConnectionError as error:
            raise PublishRefused(500, "ERR_PUBSUB_PUBLISH_MESSAGE", str(error)) from None
        self.faults.die_at("after-publish")

    def _envelope(self, app: AppConfig, topic: str, message: Message) -> bytes:
        if message.content_type.startswith(CLOUD_EVENT):
            added = {"topic": topic, "pubsubname": self.config.pubsub}
            if b'"traceid"' not in message.body:
                added |= dict.fromkeys(("traceid", "traceparent"), new_traceparent())
            # Appended at the end, so that it overrides fields of the same name without parsing the event.
            return message.body.rstrip()[:-1] + b"," + orjson.dumps(added)[1:]
        return orjson.dumps(wrapped(app.app_id, topic, self.config.pubsub, message))


def new_traceparent() -> str:
    """Returns a W3C Trace Context header: version, trace id, span id, sampled flag."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def wrapped(app_id: str, topic: str, pubsub: str, message: Message) -> dict[str, Any]:
    """Returns a CloudEvent whose data is the body of a message that is not a CloudEvent."""
    content_type = message.content_type or "text/plain"
    data: Any
    try:
        data = orjson.loads(message.body) if "json" in content_type else message.body.decode()
    except (orjson.JSONDecodeError, UnicodeDecodeError):
        data = message.body.decode(errors="replace")
    return {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "type": "com.dapr.event.sent",
        "source": app_id,
        "time": datetime.now(UTC).isoformat(),
        "datacontenttype": content_type,
        "topic": topic,
        "pubsubname": pubsub,
        "data": data,
    }
