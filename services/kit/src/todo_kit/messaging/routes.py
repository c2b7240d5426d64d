"""Routes to which the sidecar delivers events. They never return 404 or 422: the sidecar would drop the event."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import orjson
import structlog
from dapr.ext.fastapi import DaprApp
from fastapi import FastAPI, Request
from fastapi.responses import Response

from todo_kit.answers import json_answer
from todo_kit.auth.dependencies import check_sidecar_token
from todo_kit.direct import direct
from todo_kit.messaging import consumer
from todo_kit.messaging.subscriptions import Delivery, Status, Subscription, read
from todo_kit.runtime import Runtime, runtime_of
from todo_kit.telemetry import metrics

log = structlog.get_logger()

BULK = {"enabled": True, "maxMessagesCount": 200, "maxAwaitDurationMs": 100}
Handle = Callable[[Runtime, Subscription, Sequence[Delivery]], Awaitable[list[Status]]]


class _BulkDaprApp(DaprApp):
    """Adds `bulkSubscribe` to each subscription, which the SDK's extension does not support."""

    def _get_subscriptions(self) -> list[dict[str, object]]:
        return [entry | {"bulkSubscribe": BULK} for entry in super()._get_subscriptions()]  # type: ignore[no-untyped-call]


def install(app: FastAPI, pubsub: str, subscriptions: Sequence[Subscription]) -> None:
    """Adds a route for each topic and one for its dead-letter topic, where the sidecar puts what it cannot deliver."""
    dapr_app = _BulkDaprApp(app)
    for subscription in subscriptions:
        topic, dead = subscription.topic, f"{subscription.topic}-dlq"
        metrics.expect(topic)
        live_route, dead_route = f"/events/{topic}", f"/events/{dead}"
        dapr_app.subscribe(pubsub, topic, route=live_route, dead_letter_topic=dead)(
            _endpoint(subscription, consumer.handle)
        )
        dapr_app.subscribe(pubsub, dead, route=dead_route)(_endpoint(subscription, consumer.handle_dead_letters))
    for route in app.routes:
        if getattr(route, "path", "").startswith(("/events/", "/dapr/")):
            route.include_in_schema = False  # type: ignore[attr-defined]


def _endpoint(subscription: Subscription, handle: Handle) -> Callable[..., Awaitable[Response]]:
    @direct
    async def receive(request: Request) -> Response:
        check_sidecar_token(request)
        runtime = runtime_of(request)
        try:
            message = orjson.loads(await request.body())
        except orjson.JSONDecodeError:
            log.error("malformed_delivery", topic=subscription.topic)  # noqa: TRY400 - the body is the fault
            return json_answer({"status": "DROP"})
        entries = message.get("entries") if isinstance(message, dict) else None
        if not isinstance(entries, list):
            [status] = await handle(runtime, subscription, [read(subscription, message)])
            return json_answer({"status": status})
        deliveries = [read(subscription, entry.get("event")) for entry in entries]
        statuses = await handle(runtime, subscription, deliveries)
        return json_answer({"statuses": _by_entry(entries, statuses)})

    return receive


def _by_entry(entries: Sequence[dict[str, Any]], statuses: Sequence[Status]) -> list[dict[str, Any]]:
    return [
        {"entryId": entry.get("entryId"), "status": status} for entry, status in zip(entries, statuses, strict=True)
    ]
