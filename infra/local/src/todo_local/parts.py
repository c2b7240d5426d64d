"""The parts of the running suite: what is started, with what, and how one sees that it is ready."""

import json
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from todo_local import postgres, secrets
from todo_local.settings import TOPICS, LocalSettings

BACKLOG = 2048


@dataclass(frozen=True)
class Part:
    name: str
    command: list[str]
    ready_url: str = ""
    """Answers 200 when the part is ready; empty for Postgres, which is asked otherwise."""
    environment: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    """What else `subprocess.Popen` is given."""
    inherited: socket.socket | None = None


def postgres_part(settings: LocalSettings, content: dict[str, Any]) -> tuple[Part, postgres.Cluster]:
    cluster = postgres.create(settings.home / "postgres", settings.postgres_port, content["superuser"])
    options = {**postgres.unprivileged(), "cwd": "/"}
    return Part("postgres", postgres.command(cluster), options=options), cluster


def sidecar_part(settings: LocalSettings, content: dict[str, Any]) -> Part:
    """Writes the sidecar's configuration, too."""
    run = settings.home / "run"
    secrets.write_private(run / "secret-store.json", secrets.secret_store(settings, content))
    (settings.home / "jwks.json").write_text(json.dumps(secrets.jwks(content)))
    config = {
        "database_url": secrets.database_url(settings, content, "sidecar", "sidecar"),
        "admin_port": settings.admin_port,
        "admin_token": content["admin_token"],
        "secrets_file": str(run / "secret-store.json"),
        "topics": TOPICS | {f"{topic}-dlq": 1 for topic in TOPICS},
        "apps": [
            {
                "app_id": service.app_id,
                "app_port": settings.app_port(service),
                "http_port": settings.sidecar_http_port(service),
                "grpc_port": settings.sidecar_grpc_port(service),
                "dapr_api_token": content["dapr_api_tokens"][service.app_id],
                "app_api_token": content["app_api_tokens"][service.app_id],
                "publish": list(service.publishes),
                "subscribe": [name for topic in service.subscribes for name in (topic, f"{topic}-dlq")],
            }
            for service in settings.services
        ],
    }
    secrets.write_private(run / "sidecar.json", config)
    first = settings.services[0]
    url = f"http://127.0.0.1:{settings.sidecar_http_port(first)}/v1.0/healthz/outbound"
    return Part("sidecar", [sys.executable, "-m", "todo_local.sidecar", "--config", str(run / "sidecar.json")], url)


def service_parts(settings: LocalSettings, content: dict[str, Any]) -> list[Part]:
    """The services. The launcher listens for them, so that a restart refuses no connection.

    Replicas have a port in common and each a socket of its own (SO_REUSEPORT), among which the kernel spreads the
    connections: of processes with one socket, the one that is awake takes all that come at once.
    """
    parts = []
    for service in settings.services:
        environment = secrets.service_environment(settings, content, service)
        url = f"http://127.0.0.1:{settings.app_port(service)}/ready"
        for replica in range(1, service.replicas + 1):
            name = service.app_id if service.replicas == 1 else f"{service.app_id}-{replica}"
            address = ("127.0.0.1", settings.app_port(service))
            listening = socket.create_server(address, backlog=BACKLOG, reuse_port=service.replicas > 1)
            listening.set_inheritable(True)
            own = environment | {"APP_FD": str(listening.fileno())}
            parts.append(Part(name, [sys.executable, "-m", service.module], url, own, {}, listening))
    return parts


def busy_port(settings: LocalSettings) -> str | None:
    """One line about the first port that something else has."""
    for what, port in settings.ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return f"port {port} ({what}) is in use; move the suite with TODO_PORT, or stop what has it"
    return None
