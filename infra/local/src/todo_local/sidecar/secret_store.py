"""The secret store: a file of secrets, of which each app may read those that it is granted."""

from pathlib import Path

import orjson

from todo_local.sidecar.config import AppConfig


def read(file: Path, app: AppConfig, name: str) -> dict[str, str] | None:
    """The secret's keys and values; None when the app may not read it or there is none."""
    if name not in app.secrets:
        return None
    secrets: dict[str, dict[str, str]] = orjson.loads(file.read_bytes())
    return secrets.get(name)
