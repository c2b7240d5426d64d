"""Brokers, Postgres and Redis may be somebody else's: SASL SCRAM and TLS as at Redpanda Cloud, TLS as at Neon."""

import asyncio
import contextlib
import ipaddress
import json
import secrets
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.suite import need_dapr, running
from tests.support import eventually, free_port
from todo_local import dapr, kafka, postgres
from todo_local.variables import load

pytestmark = [pytest.mark.timeout(240), pytest.mark.slow]

NAME, PASSWORD = "todo", "s3cret-with-odd=signs"
SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required;"


def certificate(folder: Path) -> tuple[Path, Path]:
    """A key with its certificate for 127.0.0.1, and the certificate alone: it is its own authority."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    ).public_bytes(serialization.Encoding.PEM)
    private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    both, alone = folder / "server.pem", folder / "ca.pem"
    both.write_bytes(key.private_bytes(*private) + made)
    alone.write_bytes(made)
    return both, alone


def test_kafkas_storage_is_made_under_any_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One in 64 begins with a dash, as an option does."""
    need_dapr()
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=0xF8 << 120))
    kafka.create(tmp_path, free_port(), free_port(), kafka.libraries())
    assert "cluster.id=-" in (tmp_path / "log" / "meta.properties").read_text()


@contextlib.contextmanager
def secured_kafka(folder: Path) -> Iterator[dict[str, str]]:
    """A broker that takes SASL SCRAM over TLS alone from its clients."""
    keys, authority = certificate(folder)
    jars, port = kafka.libraries(), free_port()
    properties = kafka.create(folder / "none", free_port(), free_port(), jars)
    settings = dict(line.split("=", 1) for line in properties.read_text().splitlines())
    settings |= {
        "log.dirs": str(folder / "log"),
        "listeners": f"{settings['listeners']},SASL_SSL://127.0.0.1:{port}",
        "advertised.listeners": f"{settings['advertised.listeners']},SASL_SSL://127.0.0.1:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(keys),
        "listener.name.sasl_ssl.sasl.enabled.mechanisms": "SCRAM-SHA-256",
        "listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config": SCRAM,
    }
    properties.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    tool = [kafka.java(), *kafka.JVM, "-cp", f"{jars}/*", "kafka.tools.StorageTool", "format", "-c", str(properties)]
    scram = f"SCRAM-SHA-256=[name={NAME},password={PASSWORD}]"
    subprocess.run([*tool, "-t", "MkU3OEVBNTcwNTJENDM2Qk", "--add-scram", scram], check=True, capture_output=True)
    with (folder / "kafka.log").open("wb") as log:
        process = subprocess.Popen(kafka.command(properties, jars), stdout=log, stderr=log)
    try:
        yield {
            "TODO_KAFKA_BROKERS": f"127.0.0.1:{port}",
            "TODO_KAFKA_USERNAME": NAME,
            "TODO_KAFKA_PASSWORD": PASSWORD,
            "TODO_KAFKA_MECHANISM": "SCRAM-SHA-256",
            "TODO_KAFKA_CA": str(authority),
        }
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def secured_postgres(folder: Path) -> Iterator[dict[str, str]]:
    """A server that takes TLS alone, with a certificate of an authority of its own, and an administrator who is no
    superuser.
    """
    keys, authority = certificate(folder)
    cluster = postgres.create(folder / "postgres", free_port(), secrets.token_hex(8), durable=False)
    served = cluster.data / "server.pem"
    shutil.copy(keys, served)
    served.chmod(0o600)
    if postgres.unprivileged():
        shutil.chown(served, postgres.NOBODY, postgres.NOBODY)
    (cluster.data / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 scram-sha-256\n")
    options = {"ssl": "on", "ssl_cert_file": str(served), "ssl_key_file": str(served)}
    with (folder / "postgres.log").open("wb") as log:
        process = subprocess.Popen(
            postgres.command(cluster, **options), **postgres.unprivileged(), cwd="/", stdout=log, stderr=log
        )
    try:
        asyncio.run(make_administrator(cluster))
        at = f"administrator:pw@127.0.0.1:{cluster.port}/postgres"
        yield {
            "TODO_DATABASE_URL": f"postgresql://{at}?sslmode=verify-full&channel_binding=require",
            "TODO_DATABASE_DIRECT_URL": f"postgresql://{at}?sslmode=verify-full",
            "SSL_CERT_FILE": str(authority),
        }
    finally:
        process.send_signal(2)
        process.wait(20)
        shutil.rmtree(cluster.data)


async def make_administrator(cluster: postgres.Cluster) -> None:
    await postgres.wait_until_ready(cluster)
    connection = await asyncpg.connect(cluster.url())
    await connection.execute("CREATE ROLE administrator LOGIN CREATEDB CREATEROLE PASSWORD 'pw'")
    await connection.close()


def test_the_suite_runs_on_brokers_and_a_database_elsewhere(tmp_path: Path) -> None:
    need_dapr()
    tmp_path.chmod(0o755)
    broker, database, home = (tmp_path / name for name in ("broker", "database", "home"))
    for folder in (broker, database, home):
        folder.mkdir()
        folder.chmod(0o755)
    with (
        secured_kafka(broker) as kafka_variables,
        secured_postgres(database) as database_variables,
        running(home, dapr=True, **kafka_variables, **database_variables) as suite,
    ):
        assert not {"kafka", "postgres"} & set(suite.parts())

        async def recorded() -> list[str]:
            async with suite.client("alice") as client:
                assert (await client.post("/tasks", json={"title": "far away"})).status_code == 201

                async def trail() -> list[str]:
                    answer = await client.get("/audit_logs")
                    return [entry["action_type"] for entry in answer.json()["items"]]

                found: list[str] = await eventually(trail, 20)
                return found

        assert asyncio.run(recorded()) == ["TaskCreated"]
        lag = [json.loads(line) for line in suite.launcher("lag").splitlines()]
        assert {row["consumer"] for row in lag} >= {"audit-service", "notification-service"}


def test_dapr_keeps_its_state_in_redis_when_told_so(tmp_path: Path) -> None:
    need_dapr(redis=True)
    tmp_path.chmod(0o755)
    with running(tmp_path, dapr=True, TODO_STATE_STORE="redis") as suite:
        settings = suite.settings
        token = suite.secrets["dapr_api_tokens"]["todo-backend"]
        url = f"http://127.0.0.1:{settings.sidecar_http_port(settings.services[0])}/v1.0/state/todo-state"
        with httpx.Client(headers={"dapr-api-token": token}) as http:
            assert http.post(url, json=[{"key": "a", "value": 1}]).status_code == 204
            assert http.get(f"{url}/a").json() == 1
        assert "redis" in suite.parts()


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ("java", "openjdk-17-jre-headless"),
        ("mvn", "apt-get install maven"),
        ("redis-server", "apt-get install redis-server"),
    ],
)
def test_what_is_missing_on_this_machine_is_named_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, named: str
) -> None:
    for program in {"java", "mvn", "daprd", "redis-server"} - {missing}:
        path = tmp_path / program
        path.write_text("#!/bin/sh\necho 1.18.1\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if missing == "redis-server":
        monkeypatch.setattr(kafka, "libraries", lambda: tmp_path)
    with pytest.raises(SystemExit, match=named):
        dapr.prepare(load({"TODO_STATE_STORE": "redis"}))
