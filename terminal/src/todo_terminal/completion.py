"""Task numbers with their titles, for the shell's completion: quickly or not at all."""

from typing import Any

import httpx
from rich.markup import escape

from todo_terminal.failures import Failure
from todo_terminal.terminal import Terminal
from todo_terminal.text import shortened

SECONDS = 1.5


def task_ids(incomplete: str) -> list[tuple[str, str]]:
    """The open tasks, those that are due first; nothing when the suite does not answer at once."""
    try:
        terminal = Terminal()
        terminal.client.timeout = httpx.Timeout(SECONDS)
        found: list[dict[str, Any]] = terminal.api.get("/tasks", status="pending", sort="due_date", limit=50)["items"]
    except Failure:
        return []
    return [
        (str(task["id"]), escape(shortened(task["title"]))) for task in found if str(task["id"]).startswith(incomplete)
    ]
