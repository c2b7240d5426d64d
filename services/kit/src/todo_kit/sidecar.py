"""The one door to Dapr: its Python SDK, with time limits and errors that say what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

import grpc
import orjson
import structlog
from aiohttp import ClientError
from dapr.aio.clients import DaprClient
from dapr.aio.clients.health import DaprHealth
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


def configure_sdk(settings: ServiceSettings) -> None:
    """The SDK keeps its settings in a module of its own; ours are the ones that were checked at the start."""
    values = {
        "DAPR_HTTP_PORT": settings.dapr_http_port,
        "DAPR_GRPC_PORT": settings.dapr_grpc_port,
        "DAPR_API_TOKEN": settings.dapr_api_token and settings.dapr_api_token.get_secret_value(),
        "DAPR_HEALTH_TIMEOUT": settings.sidecar_timeout_seconds,
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
    """Made by `connect`, because the SDK's constructor blocks the loop until the sidecar is there."""

    def __init__(self, client: DaprClient, pubsub: str) -> None:
        self._client = client
        self._pubsub = pubsub

    @classmethod
    async def connect(cls, settings: ServiceSettings) -> "Sidecar":
        """Raises Unavailable, naming the port, when no sidecar answers in time."""
        configure_sdk(settings)
        try:
            await DaprHealth.wait_for_sidecar()
        except TimeoutError:
            port = settings.dapr_http_port
            raise Unavailable(f"no Dapr sidecar answers on port {port}; start one or set DAPR_HTTP_PORT") from None
        address = f"127.0.0.1:{settings.dapr_grpc_port}"
        return cls(DaprClient(address, http_timeout_seconds=INVOCATION_SECONDS), settings.pubsub_name)

    async def publish(self, topic: str, publications: Sequence[Publication]) -> set[str]:
        """Publishes in one request and returns the ids of the events the broker did not take."""
        entries = [
            BulkPublishEntry(
                event=publication.body,
                entry_id=publication.event_id,
                content_type=CONTENT_TYPE,
                metadata={"partitionKey": publication.key},
            )
            for publication in publications
        ]
        answer = await self._client.publish_events(self._pubsub, topic, entries)
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
        """Calls another service. Its error answers come back as answers; Unavailable when it cannot be reached."""
        try:
            response = await self._client.invoke_method(
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
        """The secret's keys and values; empty when the store or the secret does not exist."""
        try:
            return dict((await self._client.get_secret(store_name=store, key=name)).secret)
        except grpc.RpcError:
            return {}

    async def read_state(self, store: str, key: str) -> State | None:
        try:
            found = await self._client.get_state(store, key)
        except grpc.RpcError as error:
            raise _state_is_away(store, error) from None
        return State(found.data, found.etag) if found.etag else None

    async def write_state(self, store: str, key: str, value: bytes, known: State | None) -> bool:
        """False when it is not any more what is known of it: read again, and decide again."""
        try:
            await self._client.save_state(store, key, value, etag=known.etag if known else None, options=FIRST_WRITE)
        except DaprInternalError as error:
            cause = error.__cause__
            if isinstance(cause, grpc.RpcError) and cause.code() == grpc.StatusCode.ABORTED:
                return False
            raise _state_is_away(store, error) from None
        return True

    async def forget_state(self, store: str, key: str) -> None:
        try:
            await self._client.delete_state(store, key)
        except grpc.RpcError as error:
            raise _state_is_away(store, error) from None

    async def is_ready(self) -> bool:
        try:
            await self._client.get_metadata()
        except grpc.RpcError:
            return False
        return True

    async def close(self) -> None:
        await self._client.close()


def _state_is_away(store: str, error: Exception) -> Unavailable:
    log.warning("state_store_away", store=store, error=str(error)[:300])
    return Unavailable(f"the state store {store!r} does not answer")


def _error_answer(app_id: str, error: DaprHttpError) -> Answer:
    """The other service's problem details as they are; what the sidecar itself says becomes Unavailable."""
    body = error.raw_response_bytes or b""
    try:
        problem = orjson.loads(body)
    except orjson.JSONDecodeError:
        problem = None
    if isinstance(problem, dict) and "code" in problem and "status" in problem:
        return Answer(int(error.status_code or 500), body, "application/problem+json")
    raise Unavailable(f"{app_id} cannot be reached (the sidecar answered {error.status_code})")
