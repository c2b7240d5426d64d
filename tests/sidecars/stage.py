"""A sidecar under test, with what it needs, and in place of our services an app that answers as it is told."""

import asyncio
import contextlib
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

import aiohttp
import httpx
from aiohttp import web
from dapr.aio.clients import DaprClient
from dapr.clients import BulkPublishEntry
from dapr.conf import settings as dapr_settings
from pydantic import SecretStr

from tests.suite import free_base_port
from tests.support import eventually
from todo_kit.ids import uuid7
from todo_kit.settings import ServiceSettings, TrustedIssuer
from todo_kit.sidecar import Sidecar
from todo_local import dapr, kafka, parts, postgres, resources, secrets
from todo_local.parts import Part
from todo_local.process import Supervised
from todo_local.settings import SERVICES, LocalSettings, ServiceSpec

Kind = Literal["local", "daprd"]
PUBSUB, STATE, SECRETS = "todo-pubsub", "todo-state", "todo-secrets"
CLOUD_EVENT = "application/cloudevents+json"
HANG = -1
"""An answer that does not come."""


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    body: Any

    @property
    def events(self) -> list[dict[str, Any]]:
        if "entries" in self.body:
            return [entry["event"] for entry in self.body["entries"]]
        return [self.body]


class App:
    """Takes one topic one by one or in bulk, and its dead letters; remembers what came and answers as it is told."""

    def __init__(self, port: int, topic: str, *, bulk: bool) -> None:
        self.port, self.topic, self.bulk = port, topic, bulk
        self.healthy = True
        self.received: list[Received] = []
        self.dead: list[Received] = []
        self.invoked: list[Received] = []
        self.answers: dict[str, deque[tuple[int, Any]]] = defaultdict(deque)
        """By event id: HTTP status and body (in bulk, the entry's status), one after the other; then SUCCESS."""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        application = web.Application()
        application.add_routes(
            [
                web.get("/dapr/subscribe", self._subscribe),
                web.get("/health/subscriptions", self._health),
                web.post("/take", self._take),
                web.post("/dead", self._take_dead),
                web.route("*", "/{path:.*}", self._invoke),
            ]
        )
        self._runner = web.AppRunner(application, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    def deliveries(self, event_id: str) -> list[Received]:
        return [received for received in self.received if event_id in ids(received)]

    def dead_letters(self, event_id: str) -> list[dict[str, Any]]:
        return [event for received in self.dead for event in received.events if event["id"] == event_id]

    async def _subscribe(self, _: web.Request) -> web.Response:
        dead = f"{self.topic}-dlq"
        live: dict[str, Any] = {"pubsubname": PUBSUB, "topic": self.topic, "route": "/take", "deadLetterTopic": dead}
        if self.bulk:
            live["bulkSubscribe"] = {"enabled": True, "maxMessagesCount": 100, "maxAwaitDurationMs": 100}
        return web.json_response([live, {"pubsubname": PUBSUB, "topic": dead, "route": "/dead"}])

    async def _health(self, _: web.Request) -> web.Response:
        return web.Response(status=200 if self.healthy else 503)

    async def _take(self, request: web.Request) -> web.Response:
        received = await _received(request)
        self.received.append(received)
        told = {event_id: self.answers[event_id].popleft() for event_id in ids(received) if self.answers[event_id]}
        for status, body in told.values():
            if status == HANG:
                await asyncio.sleep(body)
            elif status != 200 or not self.bulk:
                return web.Response(status=status) if body is None else web.json_response(body, status=status)
        if not self.bulk:
            return web.json_response({"status": "SUCCESS"})
        default = (200, "SUCCESS")
        statuses = [
            {"entryId": entry["entryId"], "status": told.get(entry["event"]["id"], default)[1]}
            for entry in received.body["entries"]
        ]
        return web.json_response({"statuses": statuses})

    async def _take_dead(self, request: web.Request) -> web.Response:
        self.dead.append(await _received(request))
        return web.json_response({"status": "SUCCESS"})

    async def _invoke(self, request: web.Request) -> web.Response:
        received = await _received(request)
        self.invoked.append(received)
        wanted = int(request.query.get("status", "200"))
        await asyncio.sleep(float(request.query.get("seconds", "0")))
        return web.json_response({"path": request.path_qs}, status=wanted, headers={"x-own": "kept"})


async def _received(request: web.Request) -> Received:
    text = await request.text()
    with contextlib.suppress(ValueError):
        return Received(request.path_qs, {k.lower(): v for k, v in request.headers.items()}, json.loads(text))
    return Received(request.path_qs, {k.lower(): v for k, v in request.headers.items()}, text)


def ids(received: Received) -> list[str]:
    return [str(event.get("id")) for event in received.events]


@dataclass
class Stage:
    """todo-backend takes task-updates one by one, notification-service takes task-events in bulk."""

    kind: Kind
    settings: LocalSettings
    content: dict[str, Any]
    backend: App
    notification: App
    sidecars: list[Supervised] = field(default_factory=list)

    def service(self, app_id: str) -> ServiceSpec:
        return next(service for service in self.settings.services if service.app_id == app_id)

    def app_token(self, app_id: str) -> str:
        return str(self.content["app_api_tokens"][app_id])

    def api_token(self, app_id: str) -> str:
        return str(self.content["dapr_api_tokens"][app_id])

    def http(self, app_id: str = "todo-backend", token: str | None = None) -> httpx.AsyncClient:
        base = f"http://127.0.0.1:{self.settings.sidecar_http_port(self.service(app_id))}/v1.0"
        return httpx.AsyncClient(
            base_url=base, headers={"dapr-api-token": token or self.api_token(app_id)}, timeout=30, trust_env=False
        )

    @asynccontextmanager
    async def sdk(self, app_id: str = "todo-backend", token: str | None = None) -> AsyncIterator[DaprClient]:
        service = self.service(app_id)
        for name, value in (
            ("DAPR_HTTP_PORT", self.settings.sidecar_http_port(service)),
            ("DAPR_API_TOKEN", token or self.api_token(app_id)),
        ):
            setattr(dapr_settings, name, value)
        client = DaprClient(f"127.0.0.1:{self.settings.sidecar_grpc_port(service)}")
        try:
            yield client
        finally:
            await client.close()

    def kit(self, app_id: str = "todo-backend") -> Sidecar:
        """The services' own way to the sidecar; whoever gets it closes it."""
        service = self.service(app_id)
        return Sidecar(
            ServiceSettings(
                app_id=app_id,
                app_port=1,
                app_api_token=SecretStr("x"),
                database_url=SecretStr("postgresql://nobody@127.0.0.1:1/none"),
                dapr_api_token=SecretStr(self.api_token(app_id)),
                dapr_http_port=self.settings.sidecar_http_port(service),
                dapr_grpc_port=self.settings.sidecar_grpc_port(service),
                trusted_issuers=(TrustedIssuer(issuer="a", audience="b", jwks="file:///none"),),
            )
        )

    async def publish(self, topic: str, *events: dict[str, Any], key: str = "") -> None:
        entries = [
            BulkPublishEntry(
                event=json.dumps(event),
                entry_id=event["id"],
                content_type=CLOUD_EVENT,
                metadata={"partitionKey": key or event["id"]},
            )
            for event in events
        ]
        async with self.sdk() as client:
            answer = await client.publish_events(PUBSUB, topic, entries)
        assert answer.failed_entries == []

    async def stop_sidecars(self) -> None:
        for supervised in self.sidecars:
            if process := supervised.process:
                process.kill()
                process.wait()

    async def start_sidecars(self) -> None:
        for supervised in self.sidecars:
            supervised.start()
        await self.all_ready(self.sidecars)

    async def all_ready(self, supervised: Sequence[Supervised]) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as http:
            for one in supervised:
                await eventually(partial(one.ready, http), 40)


def event(**fields: Any) -> dict[str, Any]:
    content = {"specversion": "1.0", "id": str(uuid7()), "type": "Tested", "source": "tests", "data": {"a": 1}}
    return content | {"datacontenttype": "application/json"} | fields


@asynccontextmanager
async def staged(kind: Kind, home: Path) -> AsyncIterator[Stage]:
    """With the two apps, which come after their sidecars."""
    async with prepared(kind, home) as stage:
        try:
            await asyncio.gather(stage.backend.start(), stage.notification.start())
            yield stage
        finally:
            await asyncio.gather(stage.backend.stop(), stage.notification.stop())


@asynccontextmanager
async def prepared(kind: Kind, home: Path) -> AsyncIterator[Stage]:
    """Postgres, and Kafka and sentry where they are needed, and a sidecar for each app; the apps are not started."""
    home.chmod(0o755)
    (home / "logs").mkdir()
    services = tuple(replace(service, replicas=1) for service in SERVICES)
    settings = LocalSettings(home, free_base_port(), services, dapr=kind == "daprd")
    content = secrets.load(settings)

    def port(service: ServiceSpec) -> int:
        return settings.replica_port(service, 1) if settings.dapr else settings.app_port(service)

    backend = App(port(services[0]), "task-updates", bulk=False)
    notification = App(port(services[1]), "task-events", bulk=True)
    stage = Stage(kind, settings, content, backend, notification)
    running: list[Supervised] = []

    def run(part: Part | None) -> list[Supervised]:
        if part is None:
            return []
        supervised = Supervised(part, home / "logs", lambda: None)
        running.append(supervised)
        supervised.start()
        return [supervised]

    try:
        part, cluster = parts.postgres_part(settings, content)
        run(part)
        stores = [*run(dapr.sentry_part(settings)), *run(dapr.kafka_part(settings))] if settings.dapr else []
        await postgres.wait_until_ready(cluster)
        await postgres.ensure_databases(cluster, services, content["passwords"])
        await stage.all_ready(stores)
        if settings.dapr:
            await asyncio.to_thread(kafka.ensure_topics, settings.kafka, resources.topics(), resources.retention_days())
            sidecars = dapr.daprd_parts(settings, content)
        else:
            sidecars = [parts.sidecar_part(settings, content)]
        stage.sidecars = [supervised for part in sidecars for supervised in run(part)]
        await stage.all_ready(stage.sidecars)
        yield stage
    finally:
        for supervised in reversed(running):
            await supervised.stop()
