"""Postgres, Kafka and Redis as a cloud gives them: by address and password, outside of the cluster."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cluster.api import flags, process
from tests.cluster.node import NETWORK, PODS
from todo_local import dapr, kafka, postgres, resources
from todo_local.settings import SERVICES, KafkaAccess

POSTGRES, KAFKA, CONTROLLER, REDIS = 5432, 9092, 9093, 6379


@dataclass(frozen=True)
class Stores:
    address: str
    admin: str = field(repr=False)
    """The URL of Postgres' administrator."""
    passwords: dict[str, str] = field(repr=False)

    def url(self, role: str, database: str = "todo") -> str:
        return f"postgresql://{role}:{self.passwords[role]}@{self.address}:{POSTGRES}/{database}"

    def values(self) -> dict[str, Any]:
        """What the chart is to be told."""
        found: dict[str, Any] = {s.app_id: {"values": {"DATABASE_URL": self.url(s.schema)}} for s in SERVICES}
        owners = {service.app_id: self.url(f"{service.schema}_owner") for service in SERVICES}
        owners |= {"frontend": self.url("auth_owner"), "admin": self.admin}
        redis = {"redisHost": f"{self.address}:{REDIS}", "redisPassword": self.passwords["redis"], "enableTLS": "false"}
        return found | {
            "frontend": {"values": {"AUTH_DATABASE_URL": self.url("auth"), "AUTH_SECRET": secrets.token_urlsafe(32)}},
            "todo-kafka": {"values": {"brokers": f"{self.address}:{KAFKA}", "authType": "none"}},
            "todo-state": {"values": redis},
            "migrations": {"values": owners},
        }


@contextmanager
def running(folder: Path, address: str) -> Iterator[Stores]:
    password = secrets.token_hex(16)
    passwords = {role: secrets.token_hex(16) for role in (*postgres.role_names(SERVICES), "redis")}
    admin = f"postgresql://postgres:{password}@{address}:{POSTGRES}/postgres"
    with ExitStack() as stack:
        cluster = postgres.create(folder / "postgres", POSTGRES, password, durable=False)
        with (cluster.data / "pg_hba.conf").open("a") as rules:
            rules.write("".join(f"host all all {network} scram-sha-256\n" for network in (NETWORK, PODS)))
        command = postgres.command(cluster, listen_addresses=address, fsync="off")
        stack.enter_context(process(folder, "postgres", command, cwd="/", **postgres.unprivileged()))
        jars = kafka.libraries()
        properties = kafka.create(folder / "kafka", KAFKA, CONTROLLER, jars, address)
        stack.enter_context(process(folder, "kafka", kafka.command(properties, jars)))
        redis = {"bind": address, "port": REDIS, "dir": folder, "requirepass": passwords["redis"]}
        stack.enter_context(process(folder, "redis", [dapr.redis_server(), *flags(redis)]))
        brokers = KafkaAccess(f"{address}:{KAFKA}")
        kafka.ensure_topics(brokers, resources.topics(), resources.retention_days())
        yield Stores(address, admin, passwords)
