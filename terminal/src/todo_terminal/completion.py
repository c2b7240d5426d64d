"""Shell completion of task numbers, with their titles and a short timeout."""

from typing import Any

import httpx
from rich.markup import escape

from todo_terminal.failures import Failure
from todo_terminal.terminal import Terminal
from todo_terminal.text import shortened

SECONDS = 1.5


def task_ids(incomplete: str) -> list[tuple[str, str]]:
    """Returns open tasks by due date, or none if the suite does not answer within the timeout."""
    try:
        terminal = Terminal()
        terminal.client.timeout = httpx.Timeout(SECONDS)
        found: list[dict[str, Any]] = terminal.api.get("/tasks", status="pending", sort="due_date", limit=50)["items"]
    except Failure:
        return []
    return [
        (str(task["id"]), escape(shortened(task["title"]))) for task in found if str(task["id"]).startswith(incomplete)
    ]
