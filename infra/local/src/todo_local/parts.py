"""The parts of the running suite: their commands, environments, sockets and readiness checks."""

import json
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from todo_local import postgres, resources, secrets
from todo_local.settings import WEB_UI, LocalSettings, ServiceSpec

BACKLOG = 2048
STORES, SIDECARS, SERVICES = range(3)
"""Stages, in start order. The parts of a stage are stopped together."""


@dataclass(frozen=True)
class Part:
    name: str
    command: list[str]
    ready_url: str
    """When the part is ready, `http://…` answers 2xx and `tcp://…` accepts a connection."""
    environment: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    """Further arguments of `subprocess.Popen`."""
    inherited: tuple[socket.socket, ...] = ()
    stage: int = SERVICES


def postgres_part(settings: LocalSettings, content: dict[str, Any]) -> tuple[Part, postgres.Cluster]:
    cluster = postgres.create(settings.home / "postgres", settings.postgres_port, content["superuser"])
    options = {**postgres.unprivileged(), "cwd": "/"}
    url = f"tcp://127.0.0.1:{settings.postgres_port}"
    return Part("postgres", postgres.command(cluster), url, options=options, stage=STORES), cluster


def sidecar_part(settings: LocalSettings, content: dict[str, Any]) -> Part:
    """Returns the sidecar's part. Also writes its configuration and secret store."""
    run = settings.home / "run"
    secrets.write_private(run / "secret-store.json", secrets.secret_store(settings, content))
    config = {
        "database_url": secrets.database_url(settings, content, "sidecar", "sidecar"),
        "admin_port": settings.admin_port,
        "admin_token": content["admin_token"],
        "secrets_file": str(run / "secret-store.json"),
        "topics": resources.topics(),
        "retention_days": resources.retention_days(),
        "apps": [
            {
                "app_id": service.app_id,
                "app_port": settings.app_port(service),
                "http_port": settings.sidecar_http_port(service),
                "grpc_port": settings.sidecar_grpc_port(service),
                "dapr_api_token": content["dapr_api_tokens"][service.app_id],
                "app_api_token": content["app_api_tokens"][service.app_id],
                **sidecar_access(service.app_id),
            }
            for service in settings.services
        ],
    }
    secrets.write_private(run / "sidecar.json", config)
    first = settings.services[0]
    url = f"http://127.0.0.1:{settings.sidecar_http_port(first)}/v1.0/healthz/outbound"
    command = [sys.executable, "-m", "todo_local.sidecar", "--config", str(run / "sidecar.json")]
    return Part("sidecar", command, url, stage=SIDECARS)


def sidecar_access(app_id: str) -> dict[str, Any]:
    """Returns the topics and secrets of an app and the operations others may call on it, the same as for `daprd`."""
    return {
        "publish": resources.publishes(app_id),
        "subscribe": resources.subscribes(app_id),
        "secrets": resources.allowed_secrets(app_id),
        "operations": [asdict(operation) for operation in resources.allowed_operations(app_id)],
    }


def service_parts(settings: LocalSettings, content: dict[str, Any]) -> list[Part]:
    """Returns the parts of the services. The launcher opens their sockets, so a restart refuses no connection.

    Replicas share a port but not the socket (SO_REUSEPORT), so the kernel spreads connections over them. With one
    shared socket, the process that is awake would accept a whole burst. With `daprd`, each replica also has a second
    port of its own, which its `daprd` calls.
    """
    secrets.write_jwks(settings, content)
    parts = []
    for service in settings.services:
        url = f"http://127.0.0.1:{settings.app_port(service)}/ready"
        for replica, name in enumerate(replica_names(service), 1):
            environment = secrets.service_environment(settings, content, service, replica if settings.dapr else 1)
            listening = [listen(settings.app_port(service), shared=service.replicas > 1)]
            if settings.dapr:
                port = settings.replica_port(service, replica)
                listening.append(listen(port))
                url = f"http://127.0.0.1:{port}/ready"
            environment["APP_FDS"] = json.dumps([inherited.fileno() for inherited in listening])
            parts.append(Part(name, [sys.executable, "-m", service.module], url, environment, {}, tuple(listening)))
    return parts


def replica_names(service: ServiceSpec) -> list[str]:
    if service.replicas == 1:
        return [service.app_id]
    return [f"{service.app_id}-{replica}" for replica in range(1, service.replicas + 1)]


def listen(port: int, *, shared: bool = False) -> socket.socket:
    listening = socket.create_server(("127.0.0.1", port), backlog=BACKLOG, reuse_port=shared)
    listening.set_inheritable(True)
    return listening


def busy_port(settings: LocalSettings) -> str | None:
    """Returns one line about the first port that is in use or needed by two parts; None if all are free."""
    wanted: dict[int, str] = {}
    for what, port in settings.ports.items():
        move = "the page with TODO_WEB_PORT" if what == WEB_UI else "the suite with TODO_PORT"
        if port in wanted:
            return f"port {port} is wanted for {wanted[port]} and for {what}; move the page with TODO_WEB_PORT"
        wanted[port] = what
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return f"port {port} ({what}) is in use; move {move}, or stop what has it"
    return None


def stop_signal(name: str) -> signal.Signals:
    """Returns SIGINT for Postgres (fast shutdown; SIGTERM would wait for every client), SIGTERM for other parts."""
    return signal.SIGINT if name == "postgres" else signal.SIGTERM


def held_file(run: Path, name: str) -> Path:
    """Returns the file that keeps the part stopped while it exists."""
    return run / f"{name}.stopped"
