"""What keeps a sidecar from answering is told in one way, and a service starts and serves without one."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import grpc
import pytest
from aiohttp import ClientOSError, ClientPayloadError, ServerDisconnectedError
from dapr.proto import api_service_v1, api_v1
from pydantic import SecretStr
from structlog import get_logger
from structlog.testing import capture_logs

from tests.support import Opener, free_port
from todo_kit import sidecar as sidecar_module
from todo_kit.application import Service
from todo_kit.errors import Unavailable
from todo_kit.settings import ServiceSettings, TrustedIssuer
from todo_kit.sidecar import Publication, Sidecar


class Settings(ServiceSettings):
    app_id: str = "audit-service"


def settings(http_port: int = 1, grpc_port: int = 1) -> ServiceSettings:
    return Settings(
        app_port=1,
        app_api_token=SecretStr("x"),
        database_url=SecretStr("postgresql://nobody@127.0.0.1:1/none"),
        dapr_http_port=http_port,
        dapr_grpc_port=grpc_port,
        trusted_issuers=(TrustedIssuer(issuer="a", audience="b", jwks="file:///none"),),
    )


class Secrets(api_service_v1.DaprServicer):
    """A sidecar that has nothing but a secret, and that cannot always be read."""

    refusal: grpc.StatusCode | None = None

    async def GetSecret(self, _: Any, context: Any) -> Any:  # noqa: N802 - the API's name
        if self.refusal:
            await context.abort(self.refusal, "the secret store does not answer")
        return api_v1.GetSecretResponse(data={"KEY": "value"})


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@asynccontextmanager
async def served(servicer: api_service_v1.DaprServicer, http_port: int, grpc_port: int) -> AsyncIterator[None]:
    """Health is answered by a thread, because the SDK's constructor asks for it while it blocks the event loop."""
    health = ThreadingHTTPServer(("127.0.0.1", http_port), Healthy)
    thread = asyncio.create_task(asyncio.to_thread(health.serve_forever, 0.05))
    server = grpc.aio.server()
    api_service_v1.add_DaprServicer_to_server(servicer, server)
    server.add_insecure_port(f"127.0.0.1:{grpc_port}")
    await server.start()
    try:
        yield
    finally:
        await server.stop(None)
        health.shutdown()
        await thread
        health.server_close()


@pytest.mark.parametrize(
    "error", [ServerDisconnectedError(), ClientPayloadError(), ClientOSError(), ConnectionResetError(), TimeoutError()]
)
async def test_a_sidecar_that_dies_amid_a_call_is_unavailable(error: Exception) -> None:
    class Client:
        async def invoke_method(self, *_: Any, **__: Any) -> None:
            raise error

    sidecar = Sidecar(settings())
    sidecar._connected = cast("Any", Client())
    with pytest.raises(Unavailable, match="audit-service does not answer"):
        await sidecar.invoke("audit-service", "anything", verb="GET")


async def test_whatever_needs_a_sidecar_that_is_not_there_is_unavailable() -> None:
    sidecar = Sidecar(settings())
    for call in (
        sidecar.publish("task-events", [Publication("id", "key", b"{}")]),
        sidecar.secret("todo-secrets", "audit-service"),
        sidecar.read_state("todo-state", "key"),
        sidecar.write_state("todo-state", "key", b"", None),
        sidecar.forget_state("todo-state", "key"),
    ):
        with pytest.raises(Unavailable):
            await call
    with pytest.raises(Unavailable, match="no Dapr sidecar answers on port 1; start one or set DAPR_HTTP_PORT"):
        await sidecar.invoke("audit-service", "anything", verb="GET")
    assert not await sidecar.is_ready()


async def test_a_sidecar_that_hangs_is_given_up_within_the_time_of_a_probe() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:  # connects, and answers nothing
        sidecar = Sidecar(settings(listening.getsockname()[1]))
        async with asyncio.timeout(3):
            assert not await sidecar.is_ready()


async def test_a_secret_that_cannot_be_read_is_not_taken_for_none_and_is_read_when_it_can_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sidecar_module, "log", get_logger())  # one that was used before is bound to where it wrote then
    http_port, grpc_port, servicer = free_port(), free_port(), Secrets()
    sidecar = Sidecar(settings(http_port, grpc_port))
    with capture_logs() as logs:
        with pytest.raises(Unavailable, match="'audit-service' of the secret store 'todo-secrets' cannot be read"):
            await sidecar.secret("todo-secrets", "audit-service")
        async with served(servicer, http_port, grpc_port):
            for refusal in (grpc.StatusCode.INTERNAL, grpc.StatusCode.PERMISSION_DENIED):
                servicer.refusal = refusal
                with pytest.raises(Unavailable):
                    await sidecar.secret("todo-secrets", "audit-service")
            servicer.refusal = None
            assert await sidecar.secret("todo-secrets", "audit-service") == {"KEY": "value"}
        with pytest.raises(Unavailable):
            await sidecar.secret("todo-secrets", "audit-service")
        async with served(servicer, http_port, grpc_port):
            assert await sidecar.secret("todo-secrets", "audit-service") == {"KEY": "value"}, "connected anew at once"
    assert [(line["event"], line["secret"]) for line in logs] == [("secret_not_read", "audit-service")] * 4
    await sidecar.close()


async def test_a_service_starts_and_is_ready_when_its_database_answers(open_service: Opener) -> None:
    service = Service("t", "t", Settings)
    async with open_service(service, dapr_http_port=1, dapr_grpc_port=1) as opened:
        answer = await opened.client.get("/ready")
        assert (answer.status_code, answer.json()["checks"]["sidecar"]) == (200, "away")
    away = "postgresql://nobody@127.0.0.1:1/none"
    async with open_service(service, database_url=away) as opened:
        answer = await opened.client.get("/ready")
        assert (answer.status_code, answer.json()["checks"]["database"]) == (503, "away")
        assert (await opened.client.get("/health")).status_code == 200
