"""Files on this machine: the session and its URL, and other state. Only their owner can read them (mode 0600)."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from todo_terminal.failures import Failure

APP = "todo"
DEFAULT_URL = "http://127.0.0.1:3000"


@dataclass(frozen=True)
class Credentials:
    url: str
    session: str = field(repr=False)


def file() -> Path:
    return platformdirs.user_config_path(APP) / "credentials.json"


def state_file(name: str) -> Path:
    return platformdirs.user_state_path(APP) / name


def load() -> Credentials | None:
    content = read_private(file())
    if not isinstance(content, dict) or not all(isinstance(content.get(name), str) for name in ("url", "session")):
        return None
    return Credentials(content["url"], content["session"])


def save(credentials: Credentials) -> None:
    write_private(file(), asdict(credentials))


def forget() -> None:
    file().unlink(missing_ok=True)


def read_private(path: Path) -> Any:
    """Returns the JSON content, or None if the file is missing or invalid."""
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return None


def write_private(path: Path, content: object) -> None:
    """Writes JSON atomically. The file is never readable for others, not even while it is written. Raises Failure."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            json.dump(content, stream)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise Failure(f"{path} cannot be written: {error.strerror}") from None
