"""A slow task API delays only its own requests, and each request is answered once although replicas come and go."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from sqlmodel import col, select

from recurring_tasks_service.main import service
from recurring_tasks_service.schedules import requests
from recurring_tasks_service.schedules.models import OccurrenceRequest
from tests.support import Backbone, ManualClock, Opener, OpenService, eventually
from tests.tasks import Task, in_minutes
from todo_kit.events.tasks import TOPIC


@dataclass
class TaskApi:
    """The task API behind the sidecar. It answers when `answering` is set."""

    calls: Counter[tuple[str, int]] = field(default_factory=Counter)
    answering: asyncio.Event = field(default_factory=asyncio.Event)

    async def create_occurrence(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.calls[body["user_id"], body["task_id"]] += 1
        await self.answering.wait()
        return web.json_response({"result": "created", "task_id": 1000 + body["task_id"]})


@pytest.fixture
async def task_api(backbone: Backbone) -> AsyncIterator[TaskApi]:
    api = TaskApi()
    application = web.Application()
    application.router.add_post("/internal/occurrences", api.create_occurrence)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", backbone.app_ports["todo-backend"]).start()
    yield api
    api.answering.set()
    await runner.cleanup()


def daily(user: str, task_id: int = 1) -> Task:
    return Task(user, task_id=task_id, due_date=in_minutes(180), recurrence_pattern="daily")


async def requested(recurring: OpenService, user: str) -> list[OccurrenceRequest]:
    async with recurring.runtime.database.transaction() as session:
        query = select(OccurrenceRequest).where(col(OccurrenceRequest.user_id) == user)
        return list((await session.execute(query.order_by(col(OccurrenceRequest.task_id)))).scalars())


async def claimed(recurring: OpenService, user: str) -> list[OccurrenceRequest]:
    """Claims whatever is due, and keeps what is this person's: other tests left requests too."""
    found: list[OccurrenceRequest] = []
    while rows := await requests.claim(recurring.runtime):
        found += [row for row in rows if row.user_id == user]
    return found


async def states(recurring: OpenService, user: str) -> list[str]:
    return [row.state for row in await requested(recurring, user)]


async def test_events_are_taken_while_the_task_api_hangs(recurring: OpenService, task_api: TaskApi, user: str) -> None:
    tasks = [daily(user, task_id) for task_id in range(1, 201)]
    await recurring.deliver(TOPIC, tasks[0].created(), tasks[0].completed())
    await eventually(lambda: task_api.calls[user, 1])
    async with asyncio.timeout(5):
        statuses = await recurring.deliver(TOPIC, tasks[0].reopened(), *(task.created() for task in tasks[1:]))
    assert set(statuses) == {"SUCCESS"}
    assert await states(recurring, user) == ["withdrawn"]
    task_api.answering.set()
    await recurring.deliver(TOPIC, tasks[1].completed())
    await eventually(lambda: task_api.calls[user, 2])
    assert (await states(recurring, user))[0] == "withdrawn", "an answer to a withdrawn request is dropped"


async def test_a_request_that_is_renewed_during_the_call_is_sent_again(
    recurring: OpenService, task_api: TaskApi, user: str
) -> None:
    task = daily(user)
    await recurring.deliver(TOPIC, task.created(), task.completed())
    await eventually(lambda: task_api.calls[user, 1])
    await recurring.deliver(TOPIC, task.reopened())
    await recurring.deliver(TOPIC, task.completed())
    assert await states(recurring, user) == ["pending"]
    task_api.answering.set()
    await eventually(lambda: task_api.calls[user, 1] == 2)

    async def done() -> bool:
        return await states(recurring, user) == ["done"]

    await eventually(done)


async def test_two_replicas_send_each_request_once(
    recurring: OpenService, open_service: Opener, clock: ManualClock, task_api: TaskApi, user: str
) -> None:
    task_api.answering.set()
    async with open_service(service, clock) as other:
        for task_id in range(1, 61):
            task = daily(user, task_id)
            replica = recurring if task_id % 2 else other
            await replica.deliver(TOPIC, task.created(), task.completed())

        async def all_done() -> bool:
            return await states(recurring, user) == ["done"] * 60

        await eventually(all_done)
    assert {count for (name, _), count in task_api.calls.items() if name == user} == {1}


async def test_the_request_of_a_replica_that_died_is_taken_over_after_the_lease(
    recurring: OpenService, clock: ManualClock, task_api: TaskApi, user: str
) -> None:
    task = daily(user)
    await recurring.deliver(TOPIC, task.created(), task.completed())
    await eventually(lambda: task_api.calls[user, 1])
    [first] = await requested(recurring, user)
    assert await claimed(recurring, user) == [], "the lease holds"
    clock.advance(seconds=requests.LEASE_SECONDS)
    [second] = await claimed(recurring, user)
    assert second.lease != first.lease
    task_api.answering.set()
    await requests.carry_out(recurring.runtime, first)
    assert await states(recurring, user) == ["pending"], "the replica that lost its lease records nothing"
    await requests.carry_out(recurring.runtime, second)
    assert await states(recurring, user) == ["done"]
