"""Postgres, Kafka and Redis outside of the cluster, as a cloud provides them: by address and password."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from tests.cluster.api import process
from tests.cluster.node import NETWORK, PODS
from tests.support import newest_postgres
from todo_local import dapr, kafka, postgres, resources
from todo_local.settings import SERVICES, KafkaAccess

SOCIAL = {"GITHUB_CLIENT_ID": "github-of-the-tests", "GITHUB_CLIENT_SECRET": "of no use"}
POSTGRES, KAFKA, CONTROLLER, REDIS = 5432, 9092, 9093, 6379


@dataclass(frozen=True)
class Stores:
    address: str
    admin: str = field(repr=False)
    """URL of the Postgres administrator."""
    passwords: dict[str, str] = field(repr=False)
    start_kafka: Callable[[], AbstractContextManager[None]] = field(repr=False)
    broker: ExitStack = field(repr=False)
    """Owns the Kafka process."""

    @contextmanager
    def without_kafka(self) -> Iterator[None]:
        self.broker.close()
        try:
            yield
        finally:
            self.broker.enter_context(self.start_kafka())

    def url(self, role: str, database: str = "todo") -> str:
        return f"postgresql://{role}:{self.passwords[role]}@{self.address}:{POSTGRES}/{database}"

    @property
    def brokers(self) -> str:
        return f"{self.address}:{KAFKA}"

    def postgres(self) -> dict[str, str]:
        """Returns the administrator's connection as libpq variables."""
        login = urlsplit(self.admin)
        found = {"PGHOST": self.address, "PGPORT": str(POSTGRES)}
        return found | {"PGUSER": login.username or "", "PGPASSWORD": login.password or ""}

    def with_new_passwords(self) -> dict[str, str]:
        """Returns the services' URLs with new passwords, by app id, for a deployment that changes them."""
        found = {service.app_id: self.url(service.schema) for service in SERVICES}
        return {app_id: url.replace("@", "-new@") for app_id, url in found.items()}

    def values(self) -> dict[str, Any]:
        """Returns the chart's `secrets` values."""
        found: dict[str, Any] = {s.app_id: {"values": {"DATABASE_URL": self.url(s.schema)}} for s in SERVICES}
        owners = {service.app_id: self.url(f"{service.schema}_owner") for service in SERVICES}
        owners |= {"frontend": self.url("auth_owner"), "admin": self.admin}
        redis = {"redisHost": f"{self.address}:{REDIS}", "redisPassword": self.passwords["redis"], "enableTLS": "false"}
        page = {"AUTH_DATABASE_URL": self.url("auth"), "AUTH_SECRET": secrets.token_urlsafe(32)}
        return found | {
            "frontend": {"values": page | SOCIAL},
            "todo-kafka": {"values": {"brokers": self.brokers, "authType": "none"}},
            "todo-state": {"values": redis},
            "migrations": {"values": owners},
        }


@contextmanager
def running(folder: Path, address: str) -> Iterator[Stores]:
    password = secrets.token_hex(16)
    passwords = {role: secrets.token_hex(16) for role in (*postgres.role_names(SERVICES), "redis")}
    admin = f"postgresql://postgres:{password}@{address}:{POSTGRES}/postgres"
    with ExitStack() as stack:
        # Debian's Postgres has the programs for backups; the npm package does not.
        stack.enter_context(mock.patch.dict(os.environ, TODO_POSTGRES=str(newest_postgres())))
        cluster = postgres.create(folder / "postgres", POSTGRES, password, durable=False)
        stack.callback(shutil.rmtree, cluster.data)
        with (cluster.data / "pg_hba.conf").open("a") as rules:
            rules.write("".join(f"host all all {network} scram-sha-256\n" for network in (NETWORK, PODS)))
        command = postgres.command(cluster, listen_addresses=address, fsync="off")
        stack.enter_context(process(folder, "postgres", command, cwd="/", **postgres.unprivileged()))
        jars = kafka.libraries()
        properties = kafka.create(folder / "kafka", KAFKA, CONTROLLER, jars, address)
        start_kafka = partial(process, folder, "kafka", kafka.command(properties, jars))
        broker = stack.enter_context(ExitStack())
        broker.enter_context(start_kafka())
        redis = {"bind": address, "port": REDIS, "dir": folder, "requirepass": passwords["redis"]}
        options = [part for name, value in redis.items() for part in (f"--{name}", str(value))]
        stack.enter_context(process(folder, "redis", [dapr.redis_server(), *options]))
        brokers = KafkaAccess(f"{address}:{KAFKA}")
        kafka.ensure_topics(brokers, resources.topics(), resources.retention_days())
        yield Stores(address, admin, passwords, start_kafka, broker)
