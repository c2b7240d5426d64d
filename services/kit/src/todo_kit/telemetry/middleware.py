"""Middleware of every request: correlation id, trace, size limit, security headers, metrics, log, error responses."""

import time
from collections.abc import Iterable
from functools import lru_cache

import structlog
from opentelemetry.trace import SpanKind
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from todo_kit import context, errors
from todo_kit.auth.dependencies import is_from_sidecar
from todo_kit.headers import headers_of
from todo_kit.runtime import runtime_in
from todo_kit.telemetry import metrics, tracing

log = structlog.get_logger()

MAX_BODY_BYTES = 1024 * 1024
SIDECAR_MAX_BODY_BYTES = 64 * 1024 * 1024
"""For bulk deliveries, in which the sidecar combines up to 200 events of at most about 200 KB."""
SECURITY_HEADERS = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
"""Sent with every response. Responses contain personal data, so caches must not store them. A client that keeps a
response itself can still send its ETag in If-None-Match."""
CLOSE = (b"connection", b"close")
CORRELATION_HEADER = context.CORRELATION_HEADER.encode()
OWN_HEADERS = {name for name, _ in ((CORRELATION_HEADER, b""), *SECURITY_HEADERS, CLOSE)}
QUIET_ROUTES = {"/health", "/health/subscriptions", "/ready", "/metrics"}


class BodyTooLarge(errors.Problem):
    """The body is too large"""

    status = 413
    code = "body_too_large"


class RequestTelemetry:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = headers_of(scope)
        correlation_id = correlation_id_of(scope)
        context.enter(context.WorkContext(correlation_id))
        started = time.perf_counter()
        status = 0
        stopping = runtime_in(scope).stopping

        async def send_with_correlation(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = with_own(message["headers"], correlation_id, is_last=stopping.is_set())
            await send(message)

        limited = _Limited(receive, SIDECAR_MAX_BODY_BYTES if scope["path"].startswith("/events/") else MAX_BODY_BYTES)
        with tracing.span(scope["method"], headers, SpanKind.SERVER) as span:
            try:
                if int(headers.get("content-length") or 0) > limited.left:
                    raise BodyTooLarge(  # noqa: TRY301 - answered like one found while reading
                        f"at most {limited.left} bytes are taken"
                    )
                await self._app(scope, limited.receive, send_with_correlation)
            except BodyTooLarge as problem:
                await _answer(errors.problem_response(413, problem.body()), scope, send_with_correlation, status)
            except Exception:
                log.exception("request_crashed", path=scope["path"])
                await _answer(errors.crash_response(), scope, send_with_correlation, status)
            route = getattr(scope.get("route"), "path", "unmatched")
            span.update_name(f"{scope['method']} {route}")
            _record(scope["method"], route, status, time.perf_counter() - started)


def correlation_id_of(scope: Scope) -> str:
    """Returns the request's correlation id if it comes through the sidecar, otherwise a new one.

    An external caller must not choose it, because undo and the audit trail group changes by it.
    """
    given = headers_of(scope).get(context.CORRELATION_HEADER)
    return context.correlation_id_from(given if given and is_from_sidecar(scope) else None)


def with_own(
    headers: Iterable[tuple[bytes, bytes]], correlation_id: str, *, is_last: bool
) -> list[tuple[bytes, bytes]]:
    """Returns the headers of a response with ours, which replace those of the same name."""
    own = [(CORRELATION_HEADER, correlation_id.encode()), *SECURITY_HEADERS, *([CLOSE] if is_last else [])]
    return [*(header for header in headers if header[0].lower() not in OWN_HEADERS), *own]


class _Limited:
    """Limits a body while it is received, for requests without Content-Length."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self.left = most

    async def receive(self) -> Message:
        message = await self._receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise BodyTooLarge("the body is larger than what is taken")
        return message


async def _answer(response: ASGIApp, scope: Scope, send: Send, status: int) -> None:
    if not status:
        await response(scope, _nothing, send)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


@lru_cache(1000)
def _series(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """Looking up the series of the labels costs more than counting. A client's methods are as many as it likes."""
    return metrics.REQUESTS.labels(method, route, status), metrics.REQUEST_SECONDS.labels(method, route)


def _record(method: str, route: str, status: int, seconds: float) -> None:
    if route in QUIET_ROUTES:
        return
    counter, histogram = _series(method, route, status)
    counter.inc()
    histogram.observe(seconds)
    # Fast, successful reads and deliveries are logged at debug level only. Deliveries come many times a second.
    quiet = method == "GET" or route.startswith("/events/")
    level = log.debug if quiet and status < 400 and seconds < 0.5 else log.info  # noqa: PLR2004
    level("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))
