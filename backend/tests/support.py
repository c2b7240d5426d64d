"""What several tests of the task API need: events, series, MCP calls."""

from dataclasses import dataclass
from typing import Any

import httpx

from backend.tests.conftest import Person
from tests.support import Backbone, OpenService, eventually

DAILY = {"due_date": "2026-06-01T09:00:00", "time_zone": "Europe/Berlin", "recurrence_pattern": "daily"}
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
ACCEPT = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-11-25"}


async def told(backbone: Backbone, person: Person, count: int, topic: str = "task-events") -> list[dict[str, Any]]:
    def events() -> list[dict[str, Any]]:
        found = [entry["event"] for entry in backbone.log_of(topic) if entry["key"].startswith(f"{person.id}/")]
        return found if len(found) >= count else []

    found: list[dict[str, Any]] = await eventually(events)
    return found


async def ask_for_next(
    person: Person, task: dict[str, Any], slot: int = 1, due: str = "2026-06-02T07:00:00Z"
) -> dict[str, Any]:
    body = {"user_id": person.id, "series_id": task["series_id"], "task_id": task["id"], "slot": slot, "due_date": due}
    client, headers = person.service.client, person.service.sidecar_headers
    answer = await client.post("/internal/occurrences", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def from_trash(person: Person, task_id: int) -> dict[str, Any]:
    items = (await person.call("GET", "/tasks", params={"status": "deleted"})).json()["items"]
    return next(item for item in items if item["id"] == task_id)


@dataclass(frozen=True)
class Place:
    """Where a task stands: what decides all dates to come."""

    series_id: str
    slot: int
    anchor: str
    anchor_slot: int


async def place(person: Person, backbone: Backbone, task_id: int) -> Place:
    """As the newest event of the task tells it."""
    version = (await person.task(task_id))["version"]

    def newest() -> dict[str, Any] | None:
        events = [entry["event"] for entry in backbone.log_of("task-events")]
        mine = [event["data"] for event in events if event["data"]["user_id"] == person.id]
        return next((e["payload"] for e in mine if (e["task_id"], e["payload"]["version"]) == (task_id, version)), None)

    payload = await eventually(newest)
    return Place(**{name: payload[name] for name in ("series_id", "slot", "anchor", "anchor_slot")})


async def post(backend: OpenService, token: str | None, **more: str) -> httpx.Response:
    headers = ACCEPT | ({"authorization": f"Bearer {token}"} if token else {}) | more
    return await backend.client.post("/mcp", json=CALL, headers=headers)
