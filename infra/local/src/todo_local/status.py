"""The status file that the supervisor writes, for `status`, `stop` and the other commands."""

import contextlib
import json
from typing import Any

import psutil

from todo_local.settings import LocalSettings

SAME_SECONDS = 2.0
"""Maximum difference between the recorded and the actual start time of a process."""


def read_status(settings: LocalSettings) -> dict[str, Any] | None:
    """Returns the last status that the supervisor wrote, or None if the file is missing or not JSON."""
    file = settings.home / "run" / "status.json"
    try:
        content: dict[str, Any] = json.loads(file.read_text())
    except (OSError, ValueError):
        return None
    return content


def is_running(status: dict[str, Any] | None) -> bool:
    """Returns whether the supervisor is alive. Another process that reuses its id does not count."""
    return status is not None and process_of(status["pid"], status.get("started_at", 0.0)) is not None


def process_of(pid: int | None, started_at: float) -> psutil.Process | None:
    """Returns the process with this id and start time, or None if it is gone, even if the id is in use again."""
    if pid is None:
        return None
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if abs(process.create_time() - started_at) < SAME_SECONDS and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None
