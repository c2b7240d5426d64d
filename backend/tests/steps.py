"""Steps of changes, undone and redone; changes of all matching tasks; lists page by page."""

from typing import Any
from uuid import uuid4

from backend.tests.conftest import Person

FEW = 2
"""Tasks in a batch."""
STEP = "Undo-Step"
TASK = {
    "description": "Long",
    "priority": "High",
    "tags": ["home"],
    "due_date": "2031-05-01T09:00:00",
    "time_zone": "UTC",
}
Operation = dict[str, Any]


async def step_of(person: Person, verb: str, path: str, **options: Any) -> str:
    answer = await person.call(verb, path, **options)
    assert answer.status_code < 300, answer.text
    return answer.headers[STEP]


async def undo(person: Person, step: str, status: int = 200) -> dict[str, Any]:
    answer = await person.call("POST", "/undo", json={"step": step})
    assert answer.status_code == status, answer.text
    return dict(answer.json())


async def world(person: Person) -> list[dict[str, Any]]:
    """Every task, without what every change moves."""
    items = []
    for status in ("all", "deleted"):
        page = (await person.call("GET", "/tasks", params={"status": status, "limit": 200})).json()
        items += page["items"]
    moving = {"version", "updated_at"}
    return sorted(({k: v for k, v in task.items() if k not in moving} for task in items), key=lambda task: task["id"])


def bulk(*operations: Operation) -> tuple[str, str, dict[str, Any]]:
    return "POST", "/tasks/bulk", {"json": {"operations": list(operations)}}


CHANGES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "update": ("PATCH", "/tasks/1", {"json": {"title": "New", "due_date": None, "tags": []}}),
    "replace": ("PUT", "/tasks/1", {"json": {"title": "New"}}),
    "another zone": ("PATCH", "/tasks/1", {"json": {"time_zone": "Asia/Tokyo"}}),
    "complete": ("PATCH", "/tasks/1/complete", {}),
    "reopen": ("PATCH", "/tasks/2/reopen", {}),
    "delete": ("DELETE", "/tasks/1", {}),
    "restore": ("POST", "/tasks/3/restore", {}),
    "another rule": ("PATCH", "/tasks/4", {"json": {"recurrence_pattern": "weekly"}}),
    "no rule": ("PATCH", "/tasks/4", {"json": {"recurrence_pattern": "none"}}),
    "series": ("PATCH", "/tasks/4?scope=series", {"json": {"title": "New", "due_date": "2026-06-03T10:00:00"}}),
    "end of series": ("DELETE", "/tasks/4?scope=series", {}),
    "many": bulk(
        {"op": "update", "id": 1, "data": {"title": "New"}},
        {"op": "complete", "id": 1},
        {"op": "update", "id": 1, "data": {"title": "Newer"}},
        {"op": "update", "id": 99, "data": {"title": "Not there"}},
        {"op": "reopen", "id": 2},
        {"op": "restore", "id": 3},
        {"op": "delete", "id": 4, "scope": "series"},
    ),
}


async def redo(person: Person, step: str, status: int = 200) -> dict[str, Any]:
    answer = await person.call("POST", "/redo", json={"step": step})
    assert answer.status_code == status, answer.text
    return dict(answer.json())


async def batch(person: Person, status: int = 200, /, **body: Any) -> dict[str, Any]:
    headers = {STEP: body.pop("step")} if "step" in body else {}
    answer = await person.call("POST", "/tasks/bulk/matching", json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return dict(answer.json())


async def run(person: Person, **body: Any) -> tuple[str, list[dict[str, Any]]]:
    """Sends batches of FEW tasks until none is left. Returns the step and the answers."""
    step, answers, cursor = str(uuid4()), [], None
    while True:
        answers.append(await batch(person, step=step, limit=FEW, cursor=cursor, **body))
        cursor = answers[-1]["next_cursor"]
        if cursor is None:
            return step, answers


async def pages(person: Person, path: str = "/tasks", **query: Any) -> list[list[str]]:
    found: list[list[str]] = []
    while True:
        body = (await person.call("GET", path, params=query)).json()
        found.append([item["title"] for item in body["items"]])
        if body["next_cursor"] is None:
            return found
        query["cursor"] = body["next_cursor"]
