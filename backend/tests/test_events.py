"""What the task API tells the others: exactly what was committed, in the order of the versions."""

import asyncio
from datetime import UTC, datetime

import asyncpg

from backend.tests.conftest import Person
from backend.tests.support import told
from tests.support import Backbone, eventually
from todo_backend.accounts.numbers import Taken
from todo_backend.tasks import idempotency, single
from todo_backend.tasks.commands import CreateTask
from todo_backend.tasks.schemas import TaskCreate
from todo_backend.tasks.steps import Origin
from todo_kit.database import Database
from todo_kit.ids import uuid7
from todo_kit.statements import prepare


async def test_every_change_is_told_once_with_actor_correlation_and_what_changed(
    person: Person, backbone: Backbone
) -> None:
    headers = {"X-Correlation-ID": "chosen", "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
    answer = await person.call("POST", "/tasks", json={"title": "Told"}, headers=headers)
    correlation_id = answer.headers["x-correlation-id"]
    assert correlation_id != "chosen"
    await person.patch(1, title="Told again", priority="Low")
    await person.do("complete", 1)
    await person.do("reopen", 1)
    await person.call("DELETE", "/tasks/1")
    await person.do("restore", 1)
    events = await told(backbone, person, 6)
    assert [event["type"] for event in events] == [
        "TaskCreated", "TaskUpdated", "TaskCompleted", "TaskReopened", "TaskDeleted", "TaskRestored",
    ]  # fmt: skip
    assert [event["data"]["seq"] for event in events] == [1, 2, 3, 4, 5, 6]
    created, updated = events[0], events[1]
    assert created["data"]["correlation_id"] == correlation_id
    assert created["traceparent"].split("-")[1] == "0af7651916cd43dd8448eb211c80319c"
    assert created["data"]["actor"] == {"type": "user", "client": "api"}
    assert created["id"] == created["data"]["event_id"]
    assert updated["data"]["payload"]["changes"] == {"title": ["Told", "Told again"], "priority": ["None", "Low"]}
    assert created["data"]["payload"]["priority"] == "None"


async def test_what_is_refused_is_not_told(person: Person, backbone: Backbone) -> None:
    await person.create("first")
    await person.call("PATCH", "/tasks/1", json={"title": "stale"}, headers={"If-Match": '"9"'})
    operations = [
        {"op": "update", "id": 1, "data": {"title": "bulk"}},
        {"op": "update", "id": 1, "data": {"recurrence_pattern": "daily"}},
    ]
    await person.call("POST", "/tasks/bulk", json={"operations": operations})
    await person.do("complete", 1)
    events = await told(backbone, person, 3)
    assert [event["type"] for event in events] == ["TaskCreated", "TaskUpdated", "TaskCompleted"]


async def test_the_events_of_a_task_keep_their_order_under_concurrent_changes(
    person: Person, backbone: Backbone
) -> None:
    await person.create()
    await asyncio.gather(*(person.patch(1, description=f"d{i}") for i in range(25)))
    events = await told(backbone, person, 26)
    assert [event["data"]["seq"] for event in events] == list(range(1, 27))


async def test_of_a_repeated_request_one_task_is_told(person: Person, backbone: Backbone) -> None:
    options = {"json": {"title": "Once"}, "headers": {"Idempotency-Key": "k1"}}
    await asyncio.gather(*(person.call("POST", "/tasks", **options) for _ in range(8)))
    await person.do("complete", (await person.call("GET", "/tasks")).json()["items"][0]["id"])
    events = await told(backbone, person, 2)
    assert [event["type"] for event in events] == ["TaskCreated", "TaskCompleted"]


async def test_a_request_that_comes_second_with_a_key_notifies_nobody(person: Person, backbone: Backbone) -> None:
    """Its statement writes nothing; a NOTIFY within its transaction would make the commits of all others wait."""
    await person.call("POST", "/tasks", json={"title": "First"}, headers={"Idempotency-Key": "same"})
    now = datetime.now(UTC)
    command = CreateTask(TaskCreate(title="Second"))
    key = idempotency.parameters_of("same", command.data, {}, now)
    task = single.new_task(person.id, Taken(9, "UTC", None), command, now)
    heard: list[tuple[int, str]] = []
    ear = await asyncpg.connect(backbone.url("backend"))
    database = Database(backbone.url("backend"), application_name="second", pool_size=1)
    try:
        await ear.add_listener("backend.outbox", lambda _, pid, __, payload: heard.append((pid, str(payload))))
        assert not await single.insert(database, task, now, Origin("client:", str(uuid7())), key)
        [(pid, _)] = await database.fetch(prepare("SELECT pg_backend_pid(), pg_notify('backend.outbox', 'x')"), {})
        await eventually(lambda: (pid, "x") in heard)
        assert [payload for sender, payload in heard if sender == pid] == ["x"]
    finally:
        await ear.close()
        await database.close()
