from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.support import ManualClock, Opener, OpenService
from todo_backend.main import service


@dataclass(frozen=True)
class Person:
    """A signed-in person: the calls of the task API, as they make them."""

    service: OpenService
    id: str

    async def call(self, verb: str, path: str, **options: Any) -> httpx.Response:
        headers = self.service.auth(self.id) | options.pop("headers", {})
        return await self.service.client.request(verb, f"/api/{self.id}{path}", headers=headers, **options)

    async def create(self, title: str = "Something", **fields: Any) -> dict[str, Any]:
        answer = await self.call("POST", "/tasks", json={"title": title, **fields})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def task(self, task_id: int) -> dict[str, Any]:
        answer = await self.call("GET", f"/tasks/{task_id}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def patch(self, task_id: int, query: str = "", /, **fields: Any) -> dict[str, Any]:
        answer = await self.call("PATCH", f"/tasks/{task_id}{query}", json=fields)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def do(self, action: str, task_id: int) -> dict[str, Any]:
        verb = "POST" if action == "restore" else "PATCH"
        answer = await self.call(verb, f"/tasks/{task_id}/{action}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def titles(self, path: str = "/tasks", **query: Any) -> list[str]:
        answer = await self.call("GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return [item["title"] for item in answer.json()["items"]]


@pytest.fixture(scope="session")
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="session")
async def backend(open_service: Opener, clock: ManualClock) -> AsyncIterator[OpenService]:
    async with open_service(service, clock) as opened:
        yield opened


@pytest.fixture
def person(backend: OpenService, user: str) -> Person:
    return Person(backend, user)


@pytest.fixture
def stranger(backend: OpenService, user: str) -> Person:
    return Person(backend, f"not-{user}")
