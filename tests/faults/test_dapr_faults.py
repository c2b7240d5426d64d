"""What happens to Dapr and Kafka in production: brokers away, sidecars killed, consumers frozen, replicas that come and
go, a disk that is full. Nothing is lost and no effect is doubled.
"""

import asyncio
import signal

import asyncpg
import httpx
import pytest

from tests.faults.load import PAUSE, PEOPLE, TASKS, people, put_aside, settle, under_load
from tests.faults.tally import tally
from tests.suite import RunningSuite
from tests.support import eventually

pytestmark = pytest.mark.timeout(300)

SESSION_SECONDS = 10.0
"""After so long without a heartbeat Kafka gives a consumer's partitions to another; the component's default."""
START_SECONDS = 60.0
"""How long a killed process takes until it serves again, on a machine that starts sixteen at once."""
RETRY_SECONDS = 60.0
"""How often `daprd` tries again to connect a component that it could not (`hotreload/reconciler`)."""
FULL_DISK = "CREATE TRIGGER full_disk BEFORE INSERT ON {} EXECUTE FUNCTION full_disk()"
CONSUMERS = ("notification-service", "recurring-tasks-service", "audit-service")


@pytest.fixture
def suite(dapr_suite: RunningSuite) -> RunningSuite:
    return dapr_suite


@pytest.mark.parametrize("part", ["daprd-todo-backend", *(f"daprd-{name}" for name in CONSUMERS), "kafka"])
async def test_a_part_killed_without_warning_comes_back_and_nothing_is_lost(
    suite: RunningSuite, user: str, part: str
) -> None:
    async def kill() -> None:
        suite.kill(part)

    await under_load(suite, user, kill)
    await suite.all_ready()


async def test_a_broker_that_is_away_for_a_minute_delays_and_loses_nothing(suite: RunningSuite, user: str) -> None:
    crowd = await people(suite, user, PEOPLE)
    async with tally(suite):
        await asyncio.to_thread(suite.launcher, "stop", "kafka")
        await asyncio.gather(*(person.live(TASKS, PAUSE) for person in crowd))
        await asyncio.sleep(60)
        await asyncio.to_thread(suite.launcher, "start", "kafka")
        await settle(crowd)
    assert [sum(person.errors.values()) for person in crowd] == [0] * PEOPLE, "people are not to notice"
    assert await put_aside(suite) == 0


async def test_tasks_are_served_by_processes_that_start_without_kafka(suite: RunningSuite, user: str) -> None:
    """Nothing that starts while the broker is away gives up, and everything is published when the broker is back."""
    crowd = await people(suite, user, PEOPLE)
    async with tally(suite):
        await asyncio.to_thread(suite.launcher, "stop", "kafka")
        try:
            suite.kill("daprd-")
            for service in suite.settings.services:
                suite.kill(service.app_id)
            await eventually(lambda: answers(crowd[0].client, "/tasks"), START_SECONDS)
            await suite.all_ready("kafka")
            await asyncio.gather(*(person.live(TASKS, PAUSE) for person in crowd))
            assert [dict(person.errors) for person in crowd] == [{}] * PEOPLE
            for path in ("/notifications", "/audit_logs", "/chat"):
                assert await answers(crowd[0].client, path), path
        finally:
            await asyncio.to_thread(suite.launcher, "start", "kafka")
        await settle(crowd, RETRY_SECONDS + 60)
    assert await put_aside(suite) == 0


async def test_tasks_are_served_by_processes_that_start_without_sidecars(suite: RunningSuite, user: str) -> None:
    """Only what needs a sidecar is refused, with when to try again."""
    crowd = await people(suite, user, PEOPLE)
    client = crowd[0].client
    sidecars = [name for name in suite.parts() if name.startswith("daprd-")]
    async with tally(suite):
        await asyncio.gather(*(asyncio.to_thread(suite.launcher, "stop", name) for name in sidecars))
        try:
            for service in suite.settings.services:
                suite.kill(service.app_id)
            await eventually(lambda: answers(client, "/tasks"), START_SECONDS)
            await suite.all_ready(*sidecars)
            await asyncio.gather(*(person.add(TASKS) for person in crowd))
            assert [dict(person.errors) for person in crowd] == [{}] * PEOPLE
            preview = {"due_date": "2026-01-31", "time_zone": "UTC", "recurrence_pattern": "daily"}
            refused = [await client.get(path) for path in ("/notifications", "/audit_logs", "/chat")]
            refused.append(await client.post("/recurrence/preview", json=preview))
            refused.append(await client.post("/chat", json={"message": "add milk"}))
            for answer in refused:
                told = (answer.status_code, answer.json()["code"], answer.headers["retry-after"])
                assert told == (503, "unavailable", "1"), answer.url
        finally:
            await asyncio.gather(*(asyncio.to_thread(suite.launcher, "start", name) for name in sidecars))
        await settle(crowd)
    async with suite.client(user) as someone:
        assert (await someone.get("/chat")).json()["kind"] == "rules"
    assert await put_aside(suite) == 0


async def test_postgres_restarted_in_an_orderly_way(suite: RunningSuite, user: str) -> None:
    async def restart() -> None:
        await asyncio.to_thread(suite.launcher, "stop", "postgres")
        await asyncio.to_thread(suite.launcher, "start", "postgres")

    await under_load(suite, user, restart)


@pytest.mark.parametrize("frozen", ["daprd-audit-service-1", "audit-service-1"])
async def test_a_consumer_frozen_past_its_session_is_replaced_and_does_no_harm_when_it_thaws(
    suite: RunningSuite, user: str, frozen: str
) -> None:
    async def freeze() -> None:
        suite.signal(frozen, signal.SIGSTOP)
        try:
            await asyncio.sleep(SESSION_SECONDS + 5)
        finally:
            suite.signal(frozen, signal.SIGCONT)

    await under_load(suite, user, freeze, tasks=60)


async def test_replicas_that_leave_and_join_take_nothing_along(suite: RunningSuite, user: str) -> None:
    async def leave_and_join() -> None:
        for name in CONSUMERS:
            pair = (f"{name}-2", f"daprd-{name}-2")
            for part in pair:
                await asyncio.to_thread(suite.launcher, "stop", part)
            for part in reversed(pair):
                await asyncio.to_thread(suite.launcher, "start", part)

    await under_load(suite, user, leave_and_join, tasks=60)


async def test_a_rolling_restart_of_every_service_fails_no_request(suite: RunningSuite, user: str) -> None:
    crowd = await people(suite, user, PEOPLE)
    async with tally(suite):
        working = asyncio.gather(*(person.live(80, PAUSE) for person in crowd))
        for service in suite.settings.services:
            for replica in (1, 2):
                await restart(suite, f"{service.app_id}-{replica}")
        await working
        await settle(crowd)
    assert [dict(person.errors) for person in crowd] == [{}] * PEOPLE
    assert await put_aside(suite) == 0


async def test_a_replica_that_is_away_is_gone_around(suite: RunningSuite, user: str) -> None:
    """Its sidecar is there and found, and says that the app is not."""

    async def look(person: int) -> list[str]:
        async with suite.client(f"{user}-{person}") as client:
            return [(await client.get("/audit_logs", params={"limit": 5})).text for _ in range(50)]

    await asyncio.to_thread(suite.launcher, "stop", "audit-service-1")
    try:
        seen = await asyncio.gather(*(look(person) for person in range(PEOPLE)))
    finally:
        await asyncio.to_thread(suite.launcher, "start", "audit-service-1")
    assert [answer for answers in seen for answer in answers if "items" not in answer] == []


async def test_a_full_disk_refuses_changes_with_a_word_and_loses_none_that_were_accepted(
    suite: RunningSuite, user: str
) -> None:
    """A trigger says what Postgres says then (SQLSTATE 53100): nothing can be written, everything can be read."""
    superuser = await asyncpg.connect(suite.database_url("postgres"))
    tables = ("backend.outbox", "audit.audit_logs", "recurring.schedules", "notifications.task_states")

    async def fill_the_disk() -> None:
        try:
            for table in tables:
                await superuser.execute(FULL_DISK.format(table))
            async with suite.client(f"{user}-0") as client:
                refused = await client.post("/tasks", json={"title": "too much"})
                assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
                assert (await client.get("/tasks")).status_code == 200
            await asyncio.sleep(8)
        finally:
            for table in tables:
                await superuser.execute(f"DROP TRIGGER full_disk ON {table}")

    await superuser.execute(
        "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
    )
    try:
        await under_load(suite, user, fill_the_disk)
    finally:
        await superuser.execute("DROP FUNCTION full_disk")
        await superuser.close()


async def restart(suite: RunningSuite, part: str) -> None:
    """Waits until it has ended, has been started again and is ready."""
    before = suite.restarts(part)
    suite.signal(part, signal.SIGTERM)
    await eventually(lambda: suite.restarts(part) != before)
    await suite.all_ready()


async def answers(client: httpx.AsyncClient, path: str) -> bool:
    try:
        return (await client.get(path)).status_code == 200
    except httpx.TransportError:
        return False
