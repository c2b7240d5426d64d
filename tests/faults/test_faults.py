"""Parts die and the network misbehaves under load; nothing is lost and no effect is doubled."""

import asyncio
import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import asyncpg
import httpx
import pytest

from tests.faults.load import people, settle
from tests.suite import RunningSuite
from tests.support import eventually
from todo_local.settings import SERVICES

pytestmark = pytest.mark.timeout(240)

PEOPLE, TASKS, PAUSE = 4, 10, 0.15
GIVEN_UP = "SELECT count(*) FROM {}.dead_letters WHERE given_up_at IS NOT NULL"


async def under_load(suite: RunningSuite, user: str, fault: Any) -> None:
    """Lets people work, has the fault happen meanwhile, and checks the books."""
    crowd = await people(suite, user, PEOPLE)
    working = asyncio.gather(*(person.live(TASKS, PAUSE) for person in crowd))
    await asyncio.sleep(0.7)
    await fault()
    await working
    await suite.no_more_faults()
    await settle(crowd)
    assert await put_aside(suite) == 0


@pytest.mark.parametrize(
    "part",
    [
        "todo-backend",
        "notification-service",
        "recurring-tasks-service",
        "audit-service",
        "sidecar",
        "postgres",
    ],
)
async def test_a_killed_part_loses_and_doubles_nothing(suite: RunningSuite, user: str, part: str) -> None:
    before = suite.restarts(part)

    async def kill() -> None:
        suite.kill(part)

    await under_load(suite, user, kill)
    await suite.all_ready()
    assert suite.restarts(part) == [restarts + 1 for restarts in before]


async def test_everything_delivered_twice_has_one_effect(suite: RunningSuite, user: str) -> None:
    async def duplicate() -> None:
        suite.faults(duplicate=1.0)

    before = await duplicates_seen(suite)
    await under_load(suite, user, duplicate)
    assert await duplicates_seen(suite) > before + PEOPLE * TASKS


async def test_deliveries_out_of_order_and_late_come_to_the_same(suite: RunningSuite, user: str) -> None:
    async def reorder() -> None:
        suite.faults(reorder=True, delay_ms=50)

    await under_load(suite, user, reorder)


async def test_lost_answers_come_to_the_same(suite: RunningSuite, user: str) -> None:
    async def drop() -> None:
        suite.faults(drop_connection=0.5)

    await under_load(suite, user, drop)


@pytest.mark.parametrize("moment", ["before-ack", "after-publish"])
async def test_a_sidecar_that_dies_between_work_and_word_comes_to_the_same(
    suite: RunningSuite, user: str, moment: str
) -> None:
    async def die() -> None:
        suite.faults(die=moment)

    await under_load(suite, user, die)
    await suite.all_ready()


async def test_a_broker_that_is_away_for_half_a_minute_delays_and_loses_nothing(suite: RunningSuite, user: str) -> None:
    crowd = await people(suite, user, PEOPLE)
    suite.faults(refuse_publish=True)
    await asyncio.gather(*(person.live(TASKS, PAUSE) for person in crowd))
    await asyncio.sleep(30)
    trail = await crowd[0].client.get("/audit_logs")
    assert trail.json()["items"] == []
    await suite.no_more_faults()
    await settle(crowd)


async def test_what_fails_for_good_is_put_aside_the_rest_flows_on_and_replay_repairs_it(
    suite: RunningSuite, user: str
) -> None:
    superuser = await connect(suite)
    await superuser.execute(
        "ALTER TABLE audit.audit_logs ADD CONSTRAINT a_bug CHECK (payload->>'title' <> 'poison') NOT VALID"
    )
    try:
        async with suite.client(user) as client:
            for title in ("before", "poison", "after"):
                await client.post("/tasks", json={"title": title, "due_date": datetime.now(UTC).isoformat()})

            async def recorded(count: int) -> list[int]:
                items = (await client.get("/audit_logs")).json()["items"]
                return [item["resource_id"] for item in items] if len(items) == count else []

            assert await eventually(lambda: recorded(2), 30) == [3, 1]
            letters = await eventually(lambda: dead_letters(suite, "list", user), 30)
            assert (letters[0]["attempts"], "a_bug" in letters[0]["reason"]) == (3, True)
            await superuser.execute("ALTER TABLE audit.audit_logs DROP CONSTRAINT a_bug")
            assert [letter["result"] for letter in dead_letters(suite, "replay", user)] == ["handled"]
            assert await recorded(3) == [2, 3, 1]
            assert dead_letters(suite, "list", user) == []
    finally:
        await superuser.execute("ALTER TABLE audit.audit_logs DROP CONSTRAINT IF EXISTS a_bug")
        await superuser.close()


async def connect(suite: RunningSuite) -> "asyncpg.Connection[Any]":
    return await asyncpg.connect(suite.database_url("postgres"))


async def put_aside(suite: RunningSuite) -> int:
    """How many events the services have given up."""
    superuser = await connect(suite)
    try:
        return sum([await superuser.fetchval(GIVEN_UP.format(service.schema)) for service in SERVICES])
    finally:
        await superuser.close()


async def duplicates_seen(suite: RunningSuite) -> float:
    """How many events came to the audit service again, by its metrics."""
    async with httpx.AsyncClient() as client:
        text = (await client.get(f"http://127.0.0.1:{suite.port + 3}/metrics")).text
    return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith("todo_events_duplicate_total{"))


def dead_letters(suite: RunningSuite, action: str, _: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "todo_local", "exec", "audit-service"]
    command += ["todo_kit", "dead-letters", action, "audit_service"]
    result = subprocess.run(command, env=suite.environment, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
