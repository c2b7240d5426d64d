"""The trail has every event once, only grows, and shows it when it was touched."""

import asyncio
import random
import subprocess
import sys
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from prometheus_client import REGISTRY

from audit_service.erase import erase
from audit_service.main import service
from audit_service.trail import repository
from tests.support import Backbone, Opener, OpenService
from tests.tasks import Task
from todo_kit import cursors
from todo_kit.database import Database
from todo_kit.events.tasks import TOPIC, TaskEvent
from todo_kit.messaging import dead_letters


async def trail(audit: OpenService, user: str, **query: Any) -> dict[str, Any]:
    answer = await audit.client.get(f"/api/{user}/audit_logs", params=query, headers=audit.auth(user))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def verified(audit: OpenService, user: str) -> dict[str, Any]:
    answer = await audit.client.get(f"/api/{user}/audit_logs/verify", headers=audit.auth(user))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def broken_trails() -> float:
    return REGISTRY.get_sample_value("todo_broken_trails_total") or 0


def history(user: str, length: int = 6, task_id: int = 1) -> list[TaskEvent]:
    task = Task(user, task_id=task_id)
    return [task.created(), *(task.updated(title=f"t{i}") for i in range(length - 1))]


async def test_every_event_is_recorded_once_with_who_and_through_what(audit: OpenService, user: str) -> None:
    events = history(user)
    for _ in range(2):
        assert await audit.deliver(TOPIC, *events) == ["SUCCESS"] * 6
    items = (await trail(audit, user))["items"]
    assert [item["position"] for item in items] == [6, 5, 4, 3, 2, 1]
    assert [item["action_type"] for item in items] == ["TaskUpdated"] * 5 + ["TaskCreated"]
    assert items[0]["actor"] == {"type": "user", "client": "api"}
    assert items[0]["payload"]["title"] == "t4"
    assert (await verified(audit, user))["valid"]


async def test_any_order_and_any_number_of_replicas_give_one_unbroken_chain(
    audit: OpenService, open_service: Opener, user: str
) -> None:
    events = [event for task_id in range(1, 9) for event in history(user, task_id=task_id)] * 2
    random.Random(3).shuffle(events)
    batches = [events[i : i + 8] for i in range(0, len(events), 8)]
    async with open_service(service) as other:
        replicas = [audit, other]
        await asyncio.gather(*(replicas[i % 2].deliver(TOPIC, *batch) for i, batch in enumerate(batches)))
    found = await verified(audit, user)
    assert (found["valid"], found["checked"], found["first_invalid"]) == (True, 48, None)


async def test_the_trail_is_filtered_and_paged(audit: OpenService, user: str) -> None:
    await audit.deliver(TOPIC, *history(user, 4, task_id=1), *history(user, 3, task_id=2))
    assert len((await trail(audit, user, resource_id=2))["items"]) == 3
    assert len((await trail(audit, user, action_type="TaskCreated"))["items"]) == 2
    assert len((await trail(audit, user, correlation_id="test"))["items"]) == 7
    assert (await trail(audit, user, **{"from": "2026-06-01T06:00:01Z"}))["items"] == []
    assert (await trail(audit, user, to="2026-06-01T06:00:00Z"))["items"] == []
    first = await trail(audit, user, limit=5)
    await audit.deliver(TOPIC, *history(user, 1, task_id=3))
    second = await trail(audit, user, limit=5, cursor=first["next_cursor"])
    assert [item["position"] for page in (first, second) for item in page["items"]] == [7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_logs SET action_type = 'x'",
        "UPDATE audit_logs SET payload = NULL",
        "DELETE FROM audit_logs",
        "TRUNCATE audit_logs",
    ],
)
@pytest.mark.parametrize("role", ["audit", "postgres"])
async def test_the_database_refuses_changes_of_the_trail(
    audit: OpenService, backbone: Backbone, user: str, statement: str, role: str
) -> None:
    await audit.deliver(TOPIC, *history(user))
    url = backbone.url(role) if role == "audit" else backbone.cluster.url("todo")
    connection = await asyncpg.connect(url)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement.replace("audit_logs", "audit.audit_logs"))
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("tampering", "position", "reason"),
    [
        (
            "UPDATE audit.audit_logs SET actor_client = 'nobody' WHERE user_id = $1 AND position = 3",
            3,
            "it was changed",
        ),
        (
            "UPDATE audit.audit_logs SET payload = '{}' WHERE user_id = $1 AND position = 4",
            4,
            "its payload was changed",
        ),
        ("DELETE FROM audit.audit_logs WHERE user_id = $1 AND position = 2", 2, "entry 2 is missing"),
        (
            "UPDATE audit.audit_logs SET hash = '\\x00', actor_client = 'x' WHERE user_id = $1 AND position = 5",
            5,
            "it was changed",
        ),
    ],
)
async def test_verify_finds_what_was_done_behind_the_services_back(
    audit: OpenService, backbone: Backbone, user: str, tampering: str, position: int, reason: str
) -> None:
    await audit.deliver(TOPIC, *history(user))
    superuser = await asyncpg.connect(backbone.cluster.url("todo"))
    try:
        async with superuser.transaction():
            await superuser.execute("SET LOCAL session_replication_role = replica")  # triggers off
            await superuser.execute(tampering, user)
    finally:
        await superuser.close()
    before = broken_trails()
    found = await verified(audit, user)
    assert (found["valid"], found["first_invalid"]) == (False, {"position": position, "reason": reason})
    assert broken_trails() == before + 1


async def test_verify_finds_an_entry_that_was_put_before_the_first(
    audit: OpenService, backbone: Backbone, user: str
) -> None:
    await audit.deliver(TOPIC, *history(user))
    forged = "user_id, -1, gen_random_uuid(), 'Forged', resource_type, resource_id, seq, timestamp, actor_type"
    same = "actor_client, correlation_id, payload, payload_digest, previous_hash, hash"
    connection = await asyncpg.connect(backbone.url("audit"))
    try:
        await connection.execute(
            f"INSERT INTO audit_logs SELECT {forged}, {same} FROM audit_logs WHERE user_id = $1 AND position = 1",  # noqa: S608
            user,
        )
    finally:
        await connection.close()
    found = await verified(audit, user)
    expected = {"position": 1, "reason": "there is an entry before the first"}
    assert (found["valid"], found["first_invalid"]) == (False, expected)


async def test_a_long_walk_leaves_the_database_to_others_after_each_step(
    audit: OpenService, backbone: Backbone, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "CHUNK", 2)
    await audit.deliver(TOPIC, *history(user))
    database, walked = Database(backbone.url("audit"), application_name="test", pool_size=1), 0
    try:
        async for entries in repository.whole_chain(database, user):
            walked += len(entries)
            assert await database.answers()
    finally:
        await database.close()
    assert walked == 6


async def test_a_persons_data_can_be_erased_and_the_chain_still_verifies(
    audit: OpenService, backbone: Backbone, user: str
) -> None:
    await audit.deliver(TOPIC, *history(user))
    given_up = [uuid4(), uuid4()]
    for event_id, person in zip(given_up, (user, f"{user}-neighbour"), strict=True):
        malformed = {"type": "TaskCreated", "id": str(event_id), "data": {"user_id": person, "payload": "a secret"}}
        await audit.client.post(f"/events/{TOPIC}", json=malformed, headers=audit.sidecar_headers)
    assert await erase(backbone.url("audit_owner"), user) == 6
    async with audit.runtime.database.transaction() as session:
        kept = {letter.event_id for letter in await dead_letters.find(session)}
    assert [event_id in kept for event_id in given_up] == [False, True]
    erasure, *items = (await trail(audit, user))["items"]
    assert (erasure["action_type"], erasure["payload"]) == ("DataErased", {"up_to": 6})
    assert [item["payload"] for item in items] == [None] * 6
    found = await verified(audit, user)
    assert (found["valid"], found["checked"], found["erased"]) == (True, 7, 6)


async def test_another_service_can_record_once(audit: OpenService, user: str) -> None:
    entry = {
        "user_id": user, "event_id": str(uuid4()), "action_type": "SignedIn", "timestamp": "2026-06-01T06:00:00Z",
        "correlation_id": "c", "payload": {"ip": "127.0.0.1", "times": 3, "changes": "none"},
    }  # fmt: skip
    post = lambda: audit.client.post("/internal/audit_logs", json=entry, headers=audit.sidecar_headers)  # noqa: E731
    answers = await asyncio.gather(*(post() for _ in range(4)))
    assert sorted(answer.json()["recorded"] for answer in answers) == [False, False, False, True]
    assert (await verified(audit, user))["checked"] == 1
    [item] = (await trail(audit, user))["items"]
    assert (item["payload"], item["changes"]) == (entry["payload"], None)
    assert (await audit.client.post("/internal/audit_logs", json=entry)).status_code == 401


async def test_what_cannot_be_read_is_refused(audit: OpenService, user: str) -> None:
    for query in (
        {"from": "0001-01-01T00:00:00+14:00"},
        {"cursor": "x"},
        {"cursor": "eyJwIjoiYSJ9"},
        {"cursor": cursors.encode({"p": True})},
        {"cursor": cursors.encode({"p": 2**63})},
        {"resource_id": 2**40},
    ):
        answer = await audit.client.get(f"/api/{user}/audit_logs", params=query, headers=audit.auth(user))
        assert answer.status_code == 422, query
    assert (await audit.client.get(f"/api/{user}/audit_logs", headers=audit.auth("mallory"))).status_code == 403


async def test_a_malformed_event_goes_to_the_dead_letters_and_blocks_nothing(audit: OpenService, user: str) -> None:
    good = history(user, 2)
    entries: list[dict[str, Any]] = [
        {"entryId": "a", "event": {"type": "TaskCreated", "id": str(uuid4()), "data": {"nonsense": True}}},
        {"entryId": "b", "event": "not an object"},
        {"entryId": "c", "event": {"type": "SomethingNew", "id": str(uuid4()), "data": {}}},
    ]
    body = {"entries": entries}
    answer = await audit.client.post("/events/task-events", json=body, headers=audit.sidecar_headers)
    assert [entry["status"] for entry in answer.json()["statuses"]] == ["DROP", "DROP", "SUCCESS"]
    assert await audit.deliver(TOPIC, *good) == ["SUCCESS", "SUCCESS"]


def test_models_and_migrations_agree(backbone: Backbone) -> None:
    for module, role in (
        ("audit_service", "audit_owner"),
        ("notification_service", "notifications_owner"),
        ("recurring_tasks_service", "recurring_owner"),
        ("todo_backend", "backend_owner"),
    ):
        command = [sys.executable, "-m", "todo_kit", "check", module]
        result = subprocess.run(
            command, env={"MIGRATION_DATABASE_URL": backbone.url(role)}, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr
