"""Load that counts: what was answered with success must have had its effect, once, when the dust has settled."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from tests.faults.tally import Tally, tally
from tests.suite import RunningSuite
from tests.support import eventually

PATIENCE_SECONDS = 45.0
"""How long a person's client tries again; longer than any outage of the tests."""
PEOPLE, TASKS, PAUSE = 4, 10, 0.15
GIVEN_UP = "SELECT count(*) FROM {}.dead_letters WHERE given_up_at IS NOT NULL"


@dataclass
class Person:
    """Makes recurring tasks with reminders, completes every other one, looks around, and tries again when it fails."""

    client: httpx.AsyncClient
    created: set[int] = field(default_factory=set)
    to_be_reminded: set[int] = field(default_factory=set)
    """Those that were made before they were due: some are not, when making them took several attempts."""
    completed: set[int] = field(default_factory=set)
    errors: Counter[str] = field(default_factory=Counter)

    async def live(self, tasks: int, pause: float) -> None:
        for i in range(tasks):
            due = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
            fields = {"title": f"t{i}", "due_date": due, "reminder_lead_time": 0, "recurrence_pattern": "daily"}
            task = await self._insist("POST", "/tasks", json=fields, headers={"Idempotency-Key": f"k{i}"})
            self.created.add(task["id"])
            if datetime.fromisoformat(task["created_at"]) < datetime.fromisoformat(task["due_date"]):
                self.to_be_reminded.add(task["id"])
            await asyncio.sleep(pause)
            if i % 2:
                await self._insist("PATCH", f"/tasks/{task['id']}/complete")
                self.completed.add(task["id"])
            await self._insist("GET", ("/notifications", "/audit_logs", "/tasks")[i % 3], params={"limit": 5})

    async def add(self, tasks: int) -> None:
        """Makes and reads plain tasks, for which the task API needs nobody else."""
        for i in range(tasks):
            task = await self._insist("POST", "/tasks", json={"title": f"t{i}"})
            self.created.add(task["id"])
            await self._insist("GET", f"/tasks/{task['id']}")

    async def _insist(self, verb: str, path: str, **options: Any) -> dict[str, Any]:
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while True:
            try:
                answer = await self.client.request(verb, path, **options)
                if answer.status_code in {200, 201}:
                    return dict(answer.json())
                assert answer.status_code >= 500, answer.text
                self.errors[f"{answer.status_code} {answer.text}"] += 1
            except httpx.TransportError as error:
                self.errors[type(error).__name__] += 1
            assert asyncio.get_running_loop().time() < deadline, f"{verb} {path} had no success in time"
            await asyncio.sleep(0.1)

    async def everything(self, path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        query: dict[str, Any] = {"limit": 200}
        while True:
            page = (await self.client.get(path, params=query)).raise_for_status().json()
            found += page["items"]
            if page["next_cursor"] is None:
                return found
            query["cursor"] = page["next_cursor"]

    async def account(self) -> dict[str, Any]:
        """What has come of it, in numbers that must be equal to `expected` when all is well."""
        try:
            tasks, trail = await self.everything("/tasks"), await self.everything("/audit_logs")
            notifications = await self.everything("/notifications")
            verified = (await self.client.get("/audit_logs/verify")).raise_for_status().json()["valid"]
        except httpx.HTTPError as error:
            return {"away": str(error)}
        actions = Counter((entry["action_type"], entry["resource_id"]) for entry in trail)
        reminded = Counter(entry["task_id"] for entry in notifications)
        return {
            "tasks": len(tasks),
            "open": sum(task["status"] == "pending" for task in tasks),
            "recorded creations": sum(count for (action, _), count in actions.items() if action == "TaskCreated"),
            "recorded completions": sum(count for (action, _), count in actions.items() if action == "TaskCompleted"),
            "doubled on the trail": [key for key, count in actions.items() if count > 1],
            "doubled notifications": [task for task, count in reminded.items() if count > 1],
            "reminders missing": sorted(self.to_be_reminded - self.completed - set(reminded)),
            "the chain holds": verified,
        }

    @property
    def expected(self) -> dict[str, Any]:
        tasks = len(self.created) + len(self.completed)
        return {
            "tasks": tasks,
            "open": len(self.created),
            "recorded creations": tasks,
            "recorded completions": len(self.completed),
            "doubled on the trail": [],
            "doubled notifications": [],
            "reminders missing": [],
            "the chain holds": True,
        }


async def under_load(
    suite: RunningSuite, user: str, fault: Callable[[], Awaitable[None]], *, tasks: int = TASKS
) -> Tally:
    """Lets people work, has the fault happen meanwhile, checks the books, and tells what was sent and what arrived."""
    crowd = await people(suite, user, PEOPLE)
    async with tally(suite) as counted:
        working = asyncio.gather(*(person.live(tasks, PAUSE) for person in crowd))
        await asyncio.sleep(0.7)
        await fault()
        await working
        await suite.no_more_faults()
        await settle(crowd)
    assert await put_aside(suite) == 0
    return counted


async def people(suite: RunningSuite, user: str, count: int) -> list[Person]:
    return [Person(suite.client(f"{user}-{i}")) for i in range(count)]


async def settle(crowd: list[Person], seconds: float = 60.0) -> None:
    """Waits until the books balance, and fails with the difference when they do not."""
    for person in crowd:
        last: dict[str, Any] = {}

        async def balanced(person: Person = person, last: dict[str, Any] = last) -> bool:
            last.clear()
            last.update(await person.account())
            return last == person.expected

        try:
            await eventually(balanced, seconds)
        except AssertionError:
            wrong = {name: (value, person.expected.get(name)) for name, value in last.items()}
            pytest.fail(f"the books do not balance (found, expected): {wrong}")
        finally:
            await person.client.aclose()
    print(
        f"{sum(len(p.created) for p in crowd)} tasks, {sum(len(p.completed) for p in crowd)} completed; "
        f"tried again: {dict(sum((p.errors for p in crowd), Counter()))}; nothing lost, nothing doubled"
    )


async def put_aside(suite: RunningSuite) -> int:
    """How many events the services have given up."""
    superuser = await asyncpg.connect(suite.database_url("postgres"))
    try:
        return sum([await superuser.fetchval(GIVEN_UP.format(service.schema)) for service in suite.settings.services])
    finally:
        await superuser.close()
