"""Fixtures for all tests: one real Postgres and one real local sidecar per session, and services on top of them."""

import asyncio
import json
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests import suite as suites
from tests.support import (
    AUDIENCE,
    ISSUER,
    Backbone,
    Opener,
    OpenService,
    TokenMaker,
    app_config,
    eventually,
    free_port,
    in_own_task,
)
from todo_kit import migrations
from todo_kit.application import Service, create_app
from todo_kit.clock import Clock
from todo_kit.runtime import runtime_in
from todo_kit.settings import TrustedIssuer
from todo_local import postgres, resources
from todo_local.settings import SERVICES


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that run on Postgres and a sidecar, or on the whole suite, whichever fixture brings them."""
    for item in items:
        if {"backbone", "suite"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("integration")


@pytest.fixture(scope="session")
def token_maker(tmp_path_factory: pytest.TempPathFactory) -> TokenMaker:
    key = Ed25519PrivateKey.generate()
    public = json.loads(jwt.get_algorithm_by_name("EdDSA").to_jwk(key.public_key()))
    jwks = tmp_path_factory.mktemp("jwks") / "jwks.json"
    jwks.write_text(json.dumps({"keys": [{**public, "kid": "test", "alg": "EdDSA", "use": "sig"}]}))
    return TokenMaker(key, jwks)


@pytest.fixture(scope="session")
def backbone(tmp_path_factory: pytest.TempPathFactory, token_maker: TokenMaker) -> Iterator[Backbone]:
    folder = tmp_path_factory.mktemp("backbone")
    folder.chmod(0o755)
    passwords = {role: secrets.token_hex(8) for role in postgres.role_names(SERVICES)}
    with postgres.temporary_postgres(folder, free_port()) as (cluster, _):
        asyncio.run(postgres.ensure_databases(cluster, SERVICES, passwords))
        for service in SERVICES:
            owner = f"{service.schema}_owner"
            migrations.upgrade(service.module, cluster.url("todo", owner, passwords[owner]))
        admin_token, ports = secrets.token_hex(8), {s.app_id: (free_port(), free_port()) for s in SERVICES}
        apps = [app_config(service, ports[service.app_id]) for service in SERVICES]
        config = {
            "database_url": cluster.url("sidecar", "sidecar", passwords["sidecar"]),
            "admin_port": free_port(),
            "admin_token": admin_token,
            "secrets_file": str(folder / "secrets.json"),
            "topics": resources.topics(),
            "apps": apps,
        }
        secret = {s.app_id: {"DATABASE_URL": cluster.url("todo", s.schema, passwords[s.schema])} for s in SERVICES}
        (folder / "secrets.json").write_text(json.dumps(secret))
        (folder / "sidecar.json").write_text(json.dumps(config))
        with (folder / "sidecar.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "todo_local.sidecar", "--config", str(folder / "sidecar.json")],
                stdout=log,
                stderr=log,
            )
        try:
            app_ports = {app["app_id"]: app["app_port"] for app in apps}
            admin_url = f"http://127.0.0.1:{config['admin_port']}"
            asyncio.run(eventually(lambda: is_healthy(ports["todo-backend"][0]), 60))
            yield Backbone(cluster, passwords, token_maker, ports, app_ports, admin_url, admin_token)
        finally:
            process.terminate()
            process.wait(20)


def is_healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/v1.0/healthz/outbound").is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="session")
def open_service(backbone: Backbone) -> Opener:
    """Runs a service in this process with its real lifespan, loops, database and sidecar."""

    @asynccontextmanager
    async def opened(service: Service, clock: Clock | None = None, **others: Any) -> AsyncIterator[OpenService]:
        app_id = service.settings.model_fields["app_id"].default
        http_port, grpc_port = backbone.ports[app_id]
        sidecar = {"dapr_http_port": http_port, "dapr_grpc_port": grpc_port}
        spec = next(service for service in SERVICES if service.app_id == app_id)
        settings = service.settings(
            todo_environment="local",
            app_port=free_port(),
            dapr_api_token="dapr-token",
            app_api_token="app-token",
            database_pool_size=10,
            trusted_issuers=(
                TrustedIssuer(issuer=ISSUER, audience=AUDIENCE, jwks=backbone.tokens.jwks.as_uri(), first_party=True),
            ),
            **{"database_url": backbone.url(spec.schema)} | sidecar | others,
        )
        app = create_app(service, settings, clock=clock)
        async with in_own_task(app.router.lifespan_context(app)):
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                yield OpenService(app, client, runtime_in({"app": app}), backbone.tokens, "app-token")

    return opened


@pytest.fixture
def user() -> str:
    """A user that no other test uses."""
    return f"user-{secrets.token_hex(6)}"


@pytest.fixture(scope="session")
def local_suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[suites.RunningSuite]:
    """A running suite, shared by all tests that only use it."""
    with suites.running(own_home(tmp_path_factory, "suite")) as running:
        yield running


@pytest.fixture(scope="session")
def dapr_suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[suites.RunningSuite]:
    """A running suite on Kafka, with two replicas of every service and a daprd for each replica."""
    suites.need_dapr()
    with suites.running(own_home(tmp_path_factory, "dapr"), dapr=True, replicas=2) as running:
        yield running


@pytest.fixture(scope="session")
def suite(local_suite: suites.RunningSuite) -> suites.RunningSuite:
    """The suite for tests that do not depend on the sidecar. Folders that test on both override this fixture."""
    return local_suite


def own_home(factory: pytest.TempPathFactory, name: str) -> Path:
    home = factory.mktemp(name)
    home.chmod(0o755)  # Postgres does not run as root
    return home
