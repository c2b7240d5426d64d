from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response

from todo_kit import context
from todo_kit.auth.dependencies import current_user, first_party, reader
from todo_kit.auth.users import User
from todo_kit.runtime import runtime_of
from todo_kit.sidecar import Answer
from todo_kit.telemetry import tracing

PASSED_ON = ("authorization", "if-match", "if-none-match", "idempotency-key")


@dataclass(frozen=True, slots=True)
class Forward:
    verb: str
    path: str
    app_id: str
    reads: bool = False
    """The request only reads, although its verb is POST: the scope `tasks:read` is enough."""
    first_party: bool = False
    """An app cannot do this, whatever its scopes."""

    @property
    def caller(self) -> Callable[..., Awaitable[User]]:
        if self.first_party:
            return first_party
        return reader if self.reads else current_user


FORWARDED = (
    Forward("POST", "/recurrence/preview", "recurring-tasks-service", reads=True),
    Forward("GET", "/notifications", "notification-service"),
    Forward("PATCH", "/notifications/{notification_id}/mark_read", "notification-service"),
    Forward("POST", "/notifications/mark_all_read", "notification-service"),
    Forward("GET", "/notifications/channels", "notification-service", first_party=True),
    Forward("PUT", "/notifications/channels/email", "notification-service", first_party=True),
    Forward("DELETE", "/notifications/channels/email", "notification-service", first_party=True),
    Forward("POST", "/notifications/channels/email/test", "notification-service", first_party=True),
    Forward("POST", "/notifications/channels/push", "notification-service", first_party=True),
    Forward("DELETE", "/notifications/channels/push/{device_id}", "notification-service", first_party=True),
    Forward("POST", "/notifications/channels/push/{device_id}/test", "notification-service", first_party=True),
    Forward("PUT", "/notifications/channels/quiet_hours", "notification-service", first_party=True),
    Forward("DELETE", "/notifications/channels/quiet_hours", "notification-service", first_party=True),
    Forward("GET", "/notifications/digest", "notification-service", first_party=True),
    Forward("PUT", "/notifications/digest", "notification-service", first_party=True),
    Forward("DELETE", "/notifications/digest", "notification-service", first_party=True),
    Forward("GET", "/webhooks", "notification-service", first_party=True),
    Forward("POST", "/webhooks", "notification-service", first_party=True),
    Forward("PATCH", "/webhooks/{webhook_id}", "notification-service", first_party=True),
    Forward("DELETE", "/webhooks/{webhook_id}", "notification-service", first_party=True),
    Forward("POST", "/webhooks/{webhook_id}/secret", "notification-service", first_party=True),
    Forward("POST", "/webhooks/{webhook_id}/test", "notification-service", first_party=True),
    Forward("GET", "/webhooks/{webhook_id}/messages", "notification-service", first_party=True),
    Forward("POST", "/webhooks/{webhook_id}/messages/{message_id}/send", "notification-service", first_party=True),
    Forward("GET", "/audit_logs", "audit-service"),
    Forward("GET", "/audit_logs/verify", "audit-service"),
)

router = APIRouter(prefix="/api/{user_id}", include_in_schema=False)


async def ask(
    request: Request, app_id: str, path: str, *, verb: str, body: bytes = b"", query: Sequence[tuple[str, str]] = ()
) -> Answer:
    """Calls the owner of a path in the name of the request, whose token it verifies again."""
    headers = [(name, request.headers[name]) for name in PASSED_ON if name in request.headers]
    headers.append((context.CORRELATION_HEADER, context.current().correlation_id))
    if traceparent := tracing.traceparent():
        headers.append(("traceparent", traceparent))
    return await runtime_of(request).sidecar.invoke(
        app_id,
        quote(path, safe="/%"),
        verb=verb,
        body=body,
        headers=headers,
        query=query,
        content_type=request.headers.get("content-type", "application/json"),
    )


async def forward(request: Request, app_id: str, path: str, body: bytes) -> Response:
    """Sends the request, with another path and body, to the owner of the path."""
    query = request.query_params.multi_items()
    answer = await ask(request, app_id, path, verb=request.method, body=body, query=query)
    return Response(answer.body, answer.status, media_type=answer.content_type)


def _forward_to(app_id: str) -> Callable[..., Awaitable[Response]]:
    async def forward_as_it_is(request: Request) -> Response:
        return await forward(request, app_id, request.url.path.lstrip("/"), await request.body())

    return forward_as_it_is


for entry in FORWARDED:
    router.add_api_route(
        entry.path,
        _forward_to(entry.app_id),
        methods=[entry.verb],
        name=f"forward {entry.verb} {entry.path}",
        dependencies=[Depends(entry.caller)],
    )
