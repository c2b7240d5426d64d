"""Client of the Dapr sidecar: the SDK with time limits and actionable errors. No other module uses its client.

A service starts and serves requests without its sidecar: the client connects on first use. Calls that need the sidecar
raise Unavailable while it is away.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import grpc
import orjson
import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from dapr.aio.clients import DaprClient
from dapr.clients import BulkPublishEntry
from dapr.clients.exceptions import DaprHttpError, DaprInternalError
from dapr.clients.grpc._state import Concurrency, StateOptions
from dapr.conf import settings as dapr_settings

from todo_kit.errors import Unavailable
from todo_kit.events.envelope import CONTENT_TYPE
from todo_kit.settings import ServiceSettings

log = structlog.get_logger()

FIRST_WRITE = StateOptions(concurrency=Concurrency.first_write)
INVOCATION_SECONDS = 10
PUBLISH_SECONDS = 10
CONNECT_SECONDS = 2.0
"""Time-out of a sidecar's health check. Short, because the sidecar is on the same machine."""


def configure_sdk(settings: ServiceSettings) -> None:
    """Copies the validated settings into the SDK, which keeps its own in a module."""
    values = {
        "DAPR_HTTP_PORT": settings.dapr_http_port,
        "DAPR_GRPC_PORT": settings.dapr_grpc_port,
        "DAPR_API_TOKEN": settings.dapr_api_token and settings.dapr_api_token.get_secret_value(),
        "DAPR_HEALTH_TIMEOUT": CONNECT_SECONDS,
        "DAPR_API_TIMEOUT_SECONDS": PUBLISH_SECONDS,
    }
    for name, value in values.items():
        setattr(dapr_settings, name, value)


@dataclass(frozen=True, slots=True)
class Publication:
    event_id: str
    key: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class State:
    value: bytes
    etag: str


class Sidecar:
    def __init__(self, settings: ServiceSettings) -> None:
        configure_sdk(settings)
        self._settings = settings
        self._connected: DaprClient | None = None

    async def _client(self) -> DaprClient:
        """Returns the client, connecting if necessary. Raises Unavailable, naming the port, if no sidecar answers.

        The health check comes first because the SDK's constructor blocks the event loop until the sidecar answers.
        """
        if self._connected is None and not await self._is_healthy():
            port = self._settings.dapr_http_port
            raise Unavailable(f"no Dapr sidecar answers on port {port}; start one or set DAPR_HTTP_PORT")
        if self._connected is None:
            address = f"127.0.0.1:{self._settings.dapr_grpc_port}"
            self._connected = DaprClient(address, http_timeout_seconds=INVOCATION_SECONDS)
        return self._connected

    async def _is_healthy(self) -> bool:
        token = dapr_settings.DAPR_API_TOKEN
        headers = {"dapr-api-token": token} if token else {}
        url = f"http://127.0.0.1:{self._settings.dapr_http_port}/v1.0/healthz/outbound"
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=CONNECT_SECONDS)) as http,
                http.get(url, headers=headers) as answer,
            ):
                return answer.ok
        except (TimeoutError, OSError, ClientError):
            return False

    def _lost(self, error: Exception) -> None:
        """Drops the connection if the error means that the sidecar is unavailable.

        gRPC would wait up to two minutes before it reconnects. Without it, the next call connects as soon as the
        sidecar is healthy. Calls in flight keep the old connection.
        """
        cause = error if isinstance(error, grpc.RpcError) else error.__cause__
        if isinstance(cause, grpc.RpcError) and cause.code() == grpc.StatusCode.UNAVAILABLE:
            self._connected = None

    async def publish(self, topic: str, publications: Sequence[Publication]) -> set[str]:
        """Publishes events in one request. Returns the ids of events that the broker rejected. Raises Unavailable."""
        entries = [
            BulkPublishEntry(
                event=publication.body,
                entry_id=publication.event_id,
                content_type=CONTENT_TYPE,
                metadata={"partitionKey": publication.key},
            )
            for publication in publications
        ]
        client = await self._client()
        try:
            answer = await client.publish_events(self._settings.pubsub_name, topic, entries)
        except (grpc.RpcError, OSError, TimeoutError) as error:
            self._lost(error)
            raise Unavailable(f"the sidecar does not publish: {_reason(error)}") from error
        return {entry.entry_id for entry in answer.failed_entries}

    async def invoke(
        self,
        app_id: str,
        method: str,
        *,
        verb: str,
        body: bytes = b"",
        headers: Sequence[tuple[str, str]] = (),
        query: Sequence[tuple[str, str]] = (),
        content_type: str = "application/json",
    ) -> Answer:
        """Calls another service. Returns its error responses too. Raises Unavailable if it cannot be reached."""
        client = await self._client()
        try:
            response = await client.invoke_method(
                app_id,
                method,
                body,
                content_type=content_type,
                metadata=tuple(headers),
                http_verb=verb,
                http_querystring=tuple(query),
            )
        except DaprHttpError as error:
            return _error_answer(app_id, error)
        except (TimeoutError, OSError, ClientError):
            raise Unavailable(f"{app_id} does not answer") from None
        return Answer(int(response.status_code or 200), bytes(response.data), str(response.content_type))

    async def secret(self, store: str, name: str) -> dict[str, str]:
        """Returns the secret's keys and values. Raises Unavailable and logs the reason if it cannot be read.

        Does not distinguish a missing secret from an unreadable one: Dapr returns the same code for both.
        """
        try:
            client = await self._client()
            return dict((await client.get_secret(store_name=store, key=name)).secret)
        except (grpc.RpcError, Unavailable) as error:
            self._lost(error)
            log.warning("secret_not_read", store=store, secret=name, error=_reason(error))
            raise Unavailable(f"the secret {name!r} of the secret store {store!r} cannot be read") from error

    async def read_state(self, store: str, key: str) -> State | None:
        client = await self._client()
        try:
            found = await client.get_state(store, key)
        except grpc.RpcError as error:
            raise self._state_is_away(store, error) from None
        return State(found.data, found.etag) if found.etag else None

    async def write_state(self, store: str, key: str, value: bytes, known: State | None) -> bool:
        """Writes the value if the state is still `known` (None: does not exist). Returns False if it has changed."""
        client = await self._client()
        try:
            await client.save_state(store, key, value, etag=known.etag if known else None, options=FIRST_WRITE)
        except DaprInternalError as error:
            cause = error.__cause__
            if isinstance(cause, grpc.RpcError) and cause.code() == grpc.StatusCode.ABORTED:
                return False
            raise self._state_is_away(store, error) from None
        return True

    async def forget_state(self, store: str, key: str) -> None:
        client = await self._client()
        try:
            await client.delete_state(store, key)
        except grpc.RpcError as error:
            raise self._state_is_away(store, error) from None

    def _state_is_away(self, store: str, error: Exception) -> Unavailable:
        self._lost(error)
        log.warning("state_store_away", store=store, error=_reason(error))
        return Unavailable(f"the state store {store!r} does not answer")

    async def is_ready(self) -> bool:
        """Returns whether the sidecar answers within CONNECT_SECONDS and accepts the service's token."""
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await (await self._client()).get_metadata()
        except (grpc.RpcError, Unavailable, TimeoutError) as error:
            self._lost(error)
            return False
        return True

    async def close(self) -> None:
        if self._connected is not None:
            await self._connected.close()


def _reason(error: Exception) -> str:
    details = error.details() if isinstance(error, grpc.RpcError) else None
    return str(details or error)[:300]


def _error_answer(app_id: str, error: DaprHttpError) -> Answer:
    """Returns the other service's problem details unchanged. Raises Unavailable for errors of the sidecar itself."""
    body = error.raw_response_bytes or b""
    try:
        problem = orjson.loads(body)
    except orjson.JSONDecodeError:
        problem = None
    if isinstance(problem, dict) and "code" in problem and "status" in problem:
        return Answer(int(error.status_code or 500), body, "application/problem+json")
    raise Unavailable(f"{app_id} cannot be reached (the sidecar answered {error.status_code})")
