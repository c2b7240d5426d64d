"""`make bench-events`: what the suite makes of Dapr and Kafka, beside the bare pipe and the local sidecar."""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from rich.console import Console
from rich.table import Table

from tests.load import effects, end_on_sigterm, pipe
from tests.suite import RunningSuite, running
from tests.support import eventually
from tests.tasks import Task
from todo_kit.events import tasks as task_events
from todo_kit.events import updates
from todo_kit.events.envelope import to_cloudevent
from todo_kit.ids import uuid7

EVENTS = 20_000
AT_A_TIME = 4
SUSTAINED_RATE, SUSTAINED_SECONDS = 1000, 60
REMINDERS = 100_000
CREATED, CHANGED = 3, 1
"""Consumers of a TaskCreated and of the TaskChanged that comes with it."""
WAITING = """
    SELECT (SELECT count(*) FROM backend.outbox) + (SELECT count(*) FROM recurring.outbox)
        + (SELECT count(*) FROM notifications.outbox)
"""
BE_THE_RELAY = "SELECT pg_try_advisory_lock(hashtext('backend.relay'))"
BE_NO_RELAY = "SELECT pg_advisory_unlock(hashtext('backend.relay'))"
SEND_THE_RELAY_AWAY = """
    SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE locktype = 'advisory' AND objid = CAST(CAST(hashtext('backend.relay') AS bigint) & 4294967295 AS oid)
"""
HANDLED = """
    SELECT (SELECT count(*) FROM audit.audit_logs WHERE user_id = $1)
        + (SELECT count(*) FROM recurring.schedules WHERE user_id = $1)
        + (SELECT count(*) FROM notifications.task_states WHERE user_id = $1)
        + (SELECT count(*) FROM backend.live_events WHERE user_id = $1)
"""
COMMIT = "INSERT INTO backend.outbox (topic, key, event_id, body) VALUES ($1, $2, $3, $4)"
DUE = """
    INSERT INTO recurring.reminders (user_id, task_id, seq, state, remind_at, planned_at, payload, correlation_id)
    SELECT $1, n, 1, 'scheduled', $2, now(), jsonb_build_object(
        'title', 'Task ' || n, 'due_date', $3::text, 'time_zone', 'UTC', 'remind_at', $3::text, 'lead_time', 0), 'bench'
    FROM generate_series(1, $4::int) AS n
"""
TRIGGERED = "SELECT count(*) FROM recurring.reminders WHERE user_id = $1 AND state = 'triggered'"
NOTIFIED = "SELECT count(*) FROM notifications.notifications WHERE user_id = $1"
NOTIFIED_TASKS = "SELECT count(DISTINCT task_id) FROM notifications.notifications WHERE user_id = $1"
console = Console(width=140)
Measure = Callable[[RunningSuite, "asyncpg.Connection[Any]"], Awaitable[Any]]


def main() -> None:
    only = set(sys.argv[1:])

    def wanted(name: str) -> bool:
        return not only or name in only

    if wanted("pipe"):
        compare()
    if wanted("sustained") or wanted("latency") or wanted("reminders"):
        with suite("dapr") as dapr:
            for name, measure in (("sustained", sustained), ("latency", latency), ("reminders", reminders)):
                if wanted(name):
                    console.print(on(dapr, measure))


def compare() -> None:
    table = Table("what", "events/s", "deliveries/s", "of the bare pipe", title=f"{EVENTS} events")
    bare = {}
    for name, one_by_one, consumers in (
        ("bare pipe, event by event, 50 at a time, to 1 empty app", True, 1),
        ("bare pipe, in bulk, to 1 empty app", False, 1),
        ("bare pipe, in bulk, to 3 empty apps", False, 3),
    ):
        with home() as folder:
            bare[name] = asyncio.run(pipe.raw(folder, EVENTS, consumers, one_by_one=one_by_one))
        table.add_row(name, f"{bare[name]:.0f}", f"{bare[name] * consumers:.0f}")
    for kind in ("dapr", "local"):
        with suite(kind) as started:
            events = on(started, drained)
        share = ", ".join(f"{events / pipe_rate:.0%}" for pipe_rate in bare.values())
        deliveries = events / 2 * (CREATED + CHANGED)
        table.add_row(
            f"the suite, from the outbox to every effect, {kind}", f"{events:.0f}", f"{deliveries:.0f}", share
        )
    console.print(table)


@contextmanager
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def suite(kind: str) -> Iterator[RunningSuite]:
    with home() as folder, running(folder, dapr=kind == "dapr") as started:
        yield started


def on(suite: RunningSuite, measure: Measure) -> Any:
    async def measured() -> Any:
        connection = await asyncpg.connect(suite.database_url("postgres"))
        try:
            return await measure(suite, connection)
        finally:
            await connection.close()

    return asyncio.run(measured())


async def drained(suite: RunningSuite, connection: "asyncpg.Connection[Any]") -> float:
    """Events a second while a backlog is worked off that piled up without a relay, from the first one on."""
    tasks = EVENTS // 2
    await make(suite, warming := Flood(), tasks // 5)  # warm, as the bare pipe is
    await all_handled(connection, warming.user, tasks // 5)
    while not await connection.fetchval(BE_THE_RELAY):
        await connection.execute(SEND_THE_RELAY_AWAY)
    await make(suite, flood := Flood(), tasks)
    first = await connection.fetchval(WAITING)
    assert first == EVENTS, f"only {first} events have piled up"
    await connection.execute(BE_NO_RELAY)
    await eventually(lambda: connection.fetchval(f"SELECT ({WAITING}) < {first}"))
    started = time.monotonic()
    return EVENTS / (await all_handled(connection, flood.user, tasks) - started)


@dataclass
class Flood:
    """Tasks of a new user, each of them two events."""

    user: str = field(default_factory=lambda: f"flood-{time.time_ns()}")
    made: int = 0


async def make(suite: RunningSuite, flood: Flood, tasks: int, rate: float = 0.0) -> None:
    """Makes tasks by bulk requests, as fast as they are taken, or at a rate of tasks a second."""
    size = int(rate // 10) or 100
    operations = [{"op": "create", "data": {"title": f"Task number {i}", "tags": ["bench"]}} for i in range(size)]
    running: set[asyncio.Task[None]] = set()
    async with suite.client(flood.user) as client:

        async def one() -> None:
            await effects.bulk(client, operations)
            flood.made += size

        async for _ in paced(tasks // size, rate / size):
            running.add(asyncio.create_task(one()))
            if len(running) == AT_A_TIME:
                _, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*running)


async def commit(suite: RunningSuite, flood: Flood, tasks: int, rate: float) -> None:
    """Commits the events of new tasks to the outbox as the task API does, without its other work."""
    size = int(rate // 10)
    connection = await asyncpg.connect(suite.database_url("backend"))
    try:
        async for _ in paced(tasks // size, rate / size):
            events = [event for n in range(size) for event in of_new_task(flood.user, flood.made + n + 1)]
            await connection.executemany(COMMIT, events)
            flood.made += size
    finally:
        await connection.close()


def of_new_task(user: str, number: int) -> Iterator[tuple[str, str, UUID, bytes]]:
    created = Task(user, datetime.now(UTC), number).created()
    news = updates.TaskChange(change=created.event_type, version=1, status="pending")
    changed = updates.TaskChanged(
        **{**dict(created), "event_id": uuid7(), "event_type": "TaskChanged", "payload": news}
    )
    for topic, event in ((task_events.TOPIC, created), (updates.TOPIC, changed)):
        yield topic, event.key, event.event_id, to_cloudevent(event, "bench", None)


async def paced(times: int, rate: float) -> AsyncIterator[None]:
    """So many times at a rate a second; at once without one."""
    started = time.monotonic()
    for number in range(times):
        if rate:
            await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
        yield


async def all_handled(connection: "asyncpg.Connection[Any]", user: str, tasks: int) -> float:
    """When each consumer has had all events."""

    async def handled() -> bool:
        return int(await connection.fetchval(HANDLED, user)) == tasks * (CREATED + CHANGED)

    await eventually(handled, 180)
    return time.monotonic()


async def sustained(suite: RunningSuite, connection: "asyncpg.Connection[Any]") -> Table:
    """The backlog, second by second, while events are made at a steady rate."""
    table = Table(
        "how they are made", "events/s wanted", "events/s made", "backlog (deliveries) after 10, 20 … s",
        "caught up after the end (s)", title=f"Sustained for {SUSTAINED_SECONDS} s",
    )  # fmt: skip
    wanted = SUSTAINED_RATE * SUSTAINED_SECONDS // 2
    for way, maker in (("bulk requests to the task API", make), ("commits to the outbox", commit)):
        flood, backlog = Flood(), []
        started = time.monotonic()
        making = asyncio.create_task(maker(suite, flood, wanted, SUSTAINED_RATE / 2))
        while not making.done():
            made = flood.made
            backlog.append(made * (CREATED + CHANGED) - await connection.fetchval(HANDLED, flood.user))
            await asyncio.sleep(1)
        await making
        took = time.monotonic() - started
        done = await all_handled(connection, flood.user, wanted)
        shown = " ".join(str(value) for value in backlog[10::10])
        late = f"{max(0.0, done - started - took):.1f}"
        table.add_row(way, str(SUSTAINED_RATE), f"{flood.made * 2 / took:.0f}", shown, late)
    return table


async def latency(suite: RunningSuite, _: "asyncpg.Connection[Any]") -> Table:
    table = Table("events/s", "of what", "effect", "events", "p50 ms", "p95 ms", "p99 ms", "target p99")
    url = suite.database_url("postgres")
    await effects.plain(suite, url, 50, 3)  # warm

    def add(rate: int, of_what: str, effect: str, values: list[float]) -> None:
        cuts = (f"{values[min(len(values) * p // 100, len(values) - 1)]:.0f}" for p in (50, 95, 99))
        table.add_row(str(rate), of_what, effect, str(len(values)), *cuts, "250")

    flood = Flood()
    await commit(suite, flood, 1500, 100)
    await asyncio.sleep(3)
    add(200, "commits to the outbox", "commit to audit row", await effects.column(url, effects.AUDIT, flood.user))
    add(200, "tasks made by requests", "commit to audit row", await effects.plain(suite, url, 100, 15))
    for rate in (20, 40):
        measured = await effects.latencies(suite, url, rate, 15)
        for effect, values in measured.items():
            add(rate * 5, "reminders and recurrences", effect, values)
    return table


async def reminders(_: RunningSuite, connection: "asyncpg.Connection[Any]") -> Table:
    """All of them are due at the same instant."""
    user, due = f"rush-{time.time_ns()}", datetime.now(UTC) + timedelta(seconds=15)
    await connection.execute(DUE, user, due, due.isoformat(), REMINDERS)
    await connection.execute("ANALYZE recurring.reminders")
    await asyncio.sleep((due - datetime.now(UTC)).total_seconds())
    started = time.monotonic()

    async def triggered() -> bool:
        return bool(await connection.fetchval(TRIGGERED, user) == REMINDERS)

    async def told() -> bool:
        return bool(await connection.fetchval(NOTIFIED, user) >= REMINDERS)

    await eventually(triggered, 300)
    all_triggered = time.monotonic() - started
    await eventually(told, 300)
    all_told = time.monotonic() - started
    await asyncio.sleep(3)
    count, tasks = await connection.fetchval(NOTIFIED, user), await connection.fetchval(NOTIFIED_TASKS, user)
    table = Table(
        "reminders", "all triggered after (s)", "target", "all notified after (s)", "lost", "doubled",
        title="Due at the same instant",
    )  # fmt: skip
    row = (REMINDERS, f"{all_triggered:.1f}", 60, f"{all_told:.1f}", REMINDERS - tasks, count - tasks)
    table.add_row(*map(str, row))
    return table


if __name__ == "__main__":
    end_on_sigterm()
    main()
