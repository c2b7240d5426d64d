"""Sends a notification to a push service (RFC 8030). The service stores it until the browser is there."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast
from urllib.parse import urlsplit

import httpx
import orjson
from fastapi import FastAPI

from notification_service.push import encryption, keys
from notification_service.sending import Channel, Later, Never, Outcome, Outgoing, Sent, seconds_of
from notification_service.settings import Settings
from todo_kit.runtime import Runtime

CLIENT, SIGNATURES = "push_client", "push_signatures"
TIMEOUT_SECONDS = 10
SIGNATURE_SECONDS = 12 * 3600
KEPT_SECONDS = 24 * 3600
"""How long the push service keeps a message for a browser that is off. Later, a reminder is worth nothing."""
LONGEST_TITLE, LONGEST_BODY = 300, 300
"""Characters, which have at most six bytes in JSON: they fit into a message."""
LONGEST_ANSWER = 16 * 1024
CONNECTIONS = 64
PRINTABLE = re.compile(r"[!-~]+")
HOST = re.compile(r"[a-z0-9.-]+")
"""Anything else, such as a backslash, another parser may read as the end of the host."""


@asynccontextmanager
async def lifespan(_: FastAPI, runtime: Runtime) -> AsyncIterator[None]:
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(
        timeout=TIMEOUT_SECONDS, limits=limits, follow_redirects=False, trust_env=False
    ) as client:
        runtime.extras[CLIENT], runtime.extras[SIGNATURES] = client, {}
        yield


def is_allowed(settings: Settings, endpoint: str) -> bool:
    """Returns whether the URL is one of a known push service, without credentials or another port."""
    if not PRINTABLE.fullmatch(endpoint):
        return False  # urlsplit ignores control characters, and httpx refuses them
    try:
        parsed = urlsplit(endpoint)
        port = f":{parsed.port}" if parsed.port else ""
    except ValueError:
        return False
    host = parsed.hostname or ""
    if parsed.netloc != f"{host}{port}" or not parsed.path.startswith("/") or not HOST.fullmatch(host):
        return False
    return any(_matches(f"{parsed.scheme}://{host}{port}", allowed) for allowed in settings.push_services)


def _matches(origin: str, allowed: str) -> bool:
    before, wildcard, after = allowed.partition("*")
    if not wildcard:
        return origin == allowed
    return origin.startswith(before) and origin.endswith(after) and len(origin) > len(before) + len(after)


async def send(runtime: Runtime, outgoing: Outgoing) -> Outcome:
    settings = cast("Settings", runtime.settings)
    if not (outgoing.endpoint and outgoing.p256dh and outgoing.auth):
        return Never("the device was removed")
    if not is_allowed(settings, outgoing.endpoint):
        return Never("its push service is not one of this installation's", target_gone=True)
    try:
        body = encryption.encrypt(message_of(outgoing), outgoing.p256dh, outgoing.auth)
    except ValueError as error:
        return Never(f"cannot be encrypted: {error}")
    headers = {
        "Authorization": await _authorization(runtime, outgoing.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_SECONDS),
        "Urgency": "high",
        "Topic": topic_of(outgoing),
    }
    client: httpx.AsyncClient = runtime.extras[CLIENT]
    try:
        async with (
            asyncio.timeout(TIMEOUT_SECONDS),
            client.stream("POST", outgoing.endpoint, content=body, headers=headers) as answer,
        ):
            await _read(answer)
            return outcome_of(answer, runtime.clock.now().timestamp())
    except (httpx.HTTPError, TimeoutError) as error:
        return Later(f"the push service cannot be reached: {type(error).__name__}")


async def _read(answer: httpx.Response) -> None:
    """Reads a short body, so that the connection can be used again. It is closed with the rest of a long one unread."""
    size = 0
    async for part in answer.aiter_raw():
        size += len(part)
        if size > LONGEST_ANSWER:
            return


def message_of(outgoing: Outgoing) -> bytes:
    """Returns what the service worker of the page reads (`frontend/worker`). A long text is cut to fit."""
    return orjson.dumps(
        {
            "id": str(outgoing.notification_id),
            "user_id": outgoing.user_id,
            "type": outgoing.type,
            "task_id": outgoing.task_id,
            "title": outgoing.title[:LONGEST_TITLE],
            "body": outgoing.body[:LONGEST_BODY],
        }
    )


def topic_of(outgoing: Outgoing) -> str:
    """Returns the topic: a message that the browser has not fetched is replaced by the next one of its task."""
    about = f"{outgoing.user_id}/{outgoing.task_id}" if outgoing.task_id else str(outgoing.notification_id)
    return encryption.encode(hashlib.sha256(about.encode()).digest())[:32]


def outcome_of(answer: httpx.Response, now: float) -> Outcome:
    status = answer.status_code
    reason = f"the push service answered {status}"
    if answer.is_success:
        return Sent()
    if status in {404, 410}:
        return Never("the browser has unsubscribed", target_gone=True)
    # 401 and 403: our key or address, or a subscription that was made with another key. Both are tried again.
    if status in {401, 403, httpx.codes.TOO_MANY_REQUESTS} or answer.is_server_error:
        return Later(reason, seconds_of(answer.headers.get("retry-after", ""), now, KEPT_SECONDS))
    return Never(reason)


async def _authorization(runtime: Runtime, endpoint: str) -> str:
    """Returns the header for the push service. A signature is made once for half of its lifetime."""
    settings = cast("Settings", runtime.settings)
    parsed = urlsplit(endpoint)
    origin = f"{parsed.scheme}://{parsed.netloc}"
    now = int(runtime.clock.now().timestamp())
    signatures: dict[str, tuple[int, str]] = runtime.extras[SIGNATURES]
    expires_at, header = signatures.get(origin, (0, ""))
    if expires_at - now < SIGNATURE_SECONDS // 2:
        expires_at = now + SIGNATURE_SECONDS
        header = encryption.authorization(await keys.private_key(runtime), origin, settings.contact, expires_at)
        signatures[origin] = expires_at, header
    return header


CHANNEL = Channel("push", send, at_once=32, attempt_seconds=TIMEOUT_SECONDS)
