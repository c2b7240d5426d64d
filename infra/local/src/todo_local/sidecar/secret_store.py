"""The secret store: a file of secrets. Each app may read only the secrets that its configuration allows."""

from pathlib import Path

import orjson

from todo_local.sidecar.config import AppConfig


def read(file: Path, app: AppConfig, name: str) -> dict[str, str] | None:
    """Returns the keys and values of a secret; None if the app may not read it or it does not exist."""
    if name not in app.secrets:
        return None
    secrets: dict[str, dict[str, str]] = orjson.loads(file.read_bytes())
    return secrets.get(name)
