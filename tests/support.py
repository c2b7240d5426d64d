"""Test helpers: services on real Postgres and a real sidecar, tokens of a test issuer, a manual clock."""

import asyncio
import inspect
import json
import os
import random
import socket
import time
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI

from todo_kit.events.envelope import Event, to_cloudevent
from todo_kit.runtime import Runtime
from todo_local import postgres
from todo_local.parts import sidecar_access
from todo_local.settings import ServiceSpec

T = TypeVar("T")
ISSUER = "https://issuer.test"
AUDIENCE = "todo"


class ManualClock:
    """A clock that advances only when it is told to."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now or datetime.now(UTC)

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def advance(self, **parts: float) -> None:
        self._now += timedelta(**parts)


@dataclass(frozen=True)
class TokenMaker:
    """A token issuer for tests: its private key and the file with its JWK set."""

    key: Ed25519PrivateKey
    jwks: Path

    def token(self, user: str, **claims: Any) -> str:
        now = int(time.time())
        content = {"iss": ISSUER, "aud": AUDIENCE, "sub": user, "iat": now, "exp": now + 600, **claims}
        return jwt.encode(content, self.key, algorithm="EdDSA", headers={"kid": "test"})

    def headers(self, user: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(user)}"}


@dataclass(frozen=True)
class Backbone:
    """Postgres with every schema migrated, and a sidecar whose apps do not have to run."""

    cluster: postgres.Cluster
    passwords: dict[str, str]
    tokens: TokenMaker
    ports: dict[str, tuple[int, int]]
    """HTTP and gRPC port of the sidecar, by app id."""
    app_ports: dict[str, int]
    """Ports on which the sidecar calls apps, by app id. Nothing listens there unless the test does."""
    admin_url: str
    admin_token: str

    def url(self, role: str) -> str:
        return self.cluster.url("todo", role, self.passwords[role])

    def log_of(self, topic: str) -> list[dict[str, Any]]:
        request = urllib.request.Request(  # noqa: S310 - the tests' own sidecar
            f"{self.admin_url}/log/{topic}?limit=100000", headers={"admin-token": self.admin_token}
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return list(json.load(answer))


@dataclass
class OpenService:
    app: FastAPI
    client: httpx.AsyncClient
    runtime: Runtime
    tokens: TokenMaker
    app_token: str

    def auth(self, user: str) -> dict[str, str]:
        return self.tokens.headers(user)

    @property
    def sidecar_headers(self) -> dict[str, str]:
        return {"dapr-api-token": self.app_token}

    async def deliver(self, topic: str, *events: Event) -> list[str]:
        """Delivers events in one bulk request, as the sidecar does, and returns their statuses."""
        entries = [
            {"entryId": str(i), "event": json.loads(to_cloudevent(event, "test", event.traceparent))}
            for i, event in enumerate(events)
        ]
        body = {"id": "1", "entries": entries, "pubsubname": "todo-pubsub", "topic": topic}
        answer = await self.client.post(f"/events/{topic}", json=body, headers=self.sidecar_headers)
        assert answer.status_code == 200, answer.text
        return [entry["status"] for entry in answer.json()["statuses"]]


Opener = Callable[..., AbstractAsyncContextManager[OpenService]]


FIRST_PORT, LAST_PORT = 10_000, 32_000
"""Below the system's range of ephemeral ports, so that outgoing connections do not take them."""


_reserved: set[int] = set()
"""Ports that tests of this process have. Many are bound later, or again after a restart."""


def free_port() -> int:
    while not reserve({port := random.randint(FIRST_PORT, LAST_PORT)}):
        pass
    return port


def reserve(ports: set[int]) -> bool:
    """Reserves the ports for a test of this process. Returns False if one of them is reserved or in use."""
    if _reserved & ports:
        return False
    for port in ports:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    _reserved.update(ports)
    return True


def app_config(service: ServiceSpec, ports: tuple[int, int]) -> dict[str, Any]:
    return {
        "app_id": service.app_id,
        "app_port": free_port(),
        "http_port": ports[0],
        "grpc_port": ports[1],
        "dapr_api_token": "dapr-token",
        "app_api_token": "app-token",
        **sidecar_access(service.app_id),
    }


@asynccontextmanager
async def in_own_task(context: AbstractAsyncContextManager[T]) -> AsyncIterator[T]:
    """Enters and exits a context manager in one task of its own.

    pytest-asyncio sets fixtures up and tears them down in different tasks, which anyio's task groups do not allow.
    """
    opened: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    close = asyncio.Event()

    async def hold() -> None:
        try:
            async with context as value:
                opened.set_result(value)
                await close.wait()
        except BaseException as error:
            if opened.done():
                raise
            opened.set_exception(error)

    task = asyncio.create_task(hold())
    try:
        yield await opened
    finally:
        close.set()
        await task


async def eventually(look: Callable[[], Any], seconds: float = 10.0) -> Any:
    """Polls `look`, which may be a coroutine function, and returns its first truthy result. Fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if inspect.isawaitable(found):
            found = await found
        if found:
            return found
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.02)


def newest_postgres() -> Path:
    """Returns the folder of Debian's newest Postgres, which has the programs for backups.

    If there is none, the test is skipped, or fails in CI.
    """
    if found := sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return found[-1].parents[1]
    missing = "Postgres' own programs are missing: apt-get install postgresql"
    raise pytest.fail.Exception(missing) if os.environ.get("CI") else pytest.skip.Exception(missing)
