import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from todo_local.resources import Operation


@dataclass(frozen=True, slots=True)
class AppConfig:
    app_id: str
    app_port: int
    http_port: int
    grpc_port: int
    dapr_api_token: str
    """Authenticates the app to its sidecar."""
    app_api_token: str
    """Authenticates the sidecar to the app."""
    publish: frozenset[str]
    subscribe: frozenset[str]
    secrets: frozenset[str]
    operations: tuple[Operation, ...]
    """Operations that other apps may call on this app."""
    health_path: str = "/health/subscriptions"


@dataclass(frozen=True, slots=True)
class SidecarConfig:
    database_url: str
    admin_port: int
    admin_token: str
    secrets_file: Path
    apps: dict[str, AppConfig]
    topics: dict[str, int]
    """Number of partitions by topic."""
    pubsub: str = "todo-pubsub"
    secret_store: str = "todo-secrets"  # noqa: S105 - a component's name
    state_store: str = "todo-state"
    retention_days: int = 30


def load(path: Path) -> SidecarConfig:
    """Reads the configuration. Exits with a one-line message if the file is invalid."""
    try:
        content: dict[str, Any] = json.loads(path.read_text())
        apps = {
            entry["app_id"]: AppConfig(
                **{
                    **entry,
                    **{name: frozenset(entry[name]) for name in ("publish", "subscribe", "secrets")},
                    "operations": tuple(Operation(**operation) for operation in entry["operations"]),
                }
            )
            for entry in content.pop("apps")
        }
        return SidecarConfig(**{**content, "apps": apps, "secrets_file": Path(content["secrets_file"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.exit(f"{path}: not a sidecar configuration: {type(error).__name__}: {error}")
