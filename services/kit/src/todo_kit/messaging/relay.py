"""Publishes the outbox in order: one relay at a time per service, however many replicas run.

The leader holds an advisory lock on a connection of its own; when it dies, Postgres gives the lock to the next. Of
one key at most one event is in flight, and one that failed is tried again before its successors, so that the events
of a task reach the broker in the order of its versions.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import asyncpg
import structlog
from sqlalchemy import text

from todo_kit.errors import Unavailable
from todo_kit.loops import IDLE_SECONDS, pause, pause_until
from todo_kit.runtime import Runtime
from todo_kit.sidecar import Publication, Sidecar
from todo_kit.telemetry import metrics

log = structlog.get_logger()

CHANNEL = "SELECT current_schema() || '.outbox'"
LOCK = "SELECT pg_try_advisory_lock(hashtext(current_schema() || '.relay'))"
WAITING = "SELECT EXISTS (SELECT FROM outbox)"
OLDEST = "SELECT id, topic, key, event_id, body FROM outbox ORDER BY id LIMIT $1"
OLDEST_OF_EACH_KEY = """
    SELECT id, topic, key, event_id, body FROM outbox WHERE id IN (
        SELECT min(id) FROM (SELECT id, topic, key FROM outbox ORDER BY id LIMIT $2) AS oldest
        GROUP BY topic, key ORDER BY 1 LIMIT $1
    ) ORDER BY id
"""
PUBLISHED = "DELETE FROM outbox WHERE id = ANY($1::bigint[])"
BACKLOG = text(
    "SELECT count(*), CAST(coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0) AS float) FROM outbox"
)
BATCH = 500
LOOK_AHEAD = 20_000
MAX_REQUEST_BYTES = 2 * 1024 * 1024
"""`daprd` refuses a request of more than 4 MB, and would do so for ever."""
POLL_SECONDS = 1.0
"""Between two looks into the outbox without a notification; twice as long each time, up to IDLE_SECONDS."""
GATHER_SECONDS = 0.05
"""The least time between two rounds: a single event goes out at once, many go out together."""
MAX_BACK_OFF_SECONDS = 5.0


async def run(runtime: Runtime) -> None:
    """Follows the outbox until the process stops; whoever runs it starts it again when a connection is lost."""
    connection = await runtime.database.connect()
    try:
        woken = asyncio.Event()
        await connection.add_listener(await connection.fetchval(CHANNEL), lambda *_: woken.set())
        connection.add_termination_listener(lambda *_: woken.set())
        if not await lead(runtime, connection, woken):
            return
        back_off, idle = 0.1, POLL_SECONDS
        while not runtime.stopping.is_set():
            woken.clear()
            complete = await publish_backlog(connection, runtime.sidecar)
            back_off = 0.1 if complete else min(back_off * 2, MAX_BACK_OFF_SECONDS)
            await asyncio.sleep(GATHER_SECONDS)
            if complete:
                await pause_until(woken, runtime, idle)
                idle = POLL_SECONDS if woken.is_set() else min(idle * 2, IDLE_SECONDS)
            else:
                await pause(runtime, back_off)  # a broker in trouble is not asked again with every commit
    finally:
        await connection.close(timeout=2)


async def lead(runtime: Runtime, connection: "asyncpg.Connection[Any]", woken: asyncio.Event) -> bool:
    """Wait for the lock. False when the process is to stop.

    A replica that does not lead asks every second while events wait: the leader may be gone. Otherwise it asks seldom.
    """
    idle = POLL_SECONDS
    while not await connection.fetchval(LOCK):
        idle = POLL_SECONDS if await connection.fetchval(WAITING) else min(idle * 2, IDLE_SECONDS)
        await pause_until(woken, runtime, idle)
        if woken.is_set():
            woken.clear()
            await pause(runtime, POLL_SECONDS)  # the leader publishes within this time
        if runtime.stopping.is_set():
            return False
    return True


async def publish_backlog(connection: "asyncpg.Connection[Any]", sidecar: Sidecar) -> bool:
    """Publishes what is there, round by round. False when the broker did not take everything."""
    complete = True
    while complete and (rows := await next_round(connection)):
        for topic in dict.fromkeys(row["topic"] for row in rows):
            for request in requests_of(row for row in rows if row["topic"] == topic):
                refused = await _publish(sidecar, topic, request)
                taken = [row["id"] for row in request if str(row["event_id"]) not in refused]
                await connection.execute(PUBLISHED, taken)
                metrics.PUBLISHED.labels(topic).inc(len(taken))
                metrics.PUBLISH_FAILURES.labels(topic).inc(len(refused))
                complete = complete and not refused
    return complete


async def next_round(connection: "asyncpg.Connection[Any]") -> list[asyncpg.Record]:
    """The oldest events, never two of a key at once: a part of a request may fail, and the rest would overtake."""
    rows = await connection.fetch(OLDEST, BATCH)
    chosen: dict[tuple[str, str], asyncpg.Record] = {}
    for row in rows:
        chosen.setdefault((row["topic"], row["key"]), row)
    if len(rows) == BATCH and len(chosen) < BATCH // 4:  # a key with many events does not hold up the others
        return list(await connection.fetch(OLDEST_OF_EACH_KEY, BATCH, LOOK_AHEAD))
    return list(chosen.values())


def requests_of(rows: Iterable[asyncpg.Record]) -> Iterator[list[asyncpg.Record]]:
    request: list[asyncpg.Record] = []
    size = 0
    for row in rows:
        if request and size + len(row["body"]) > MAX_REQUEST_BYTES:
            yield request
            request, size = [], 0
        request.append(row)
        size += len(row["body"])
    if request:
        yield request


async def _publish(sidecar: Sidecar, topic: str, rows: Sequence[asyncpg.Record]) -> set[str]:
    publications = [Publication(str(row["event_id"]), row["key"], row["body"]) for row in rows]
    try:
        return await sidecar.publish(topic, publications)
    except Unavailable as error:
        log.warning("publish_failed", topic=topic, events=len(rows), error=str(error)[:300])
        return {publication.event_id for publication in publications}


async def measure(runtime: Runtime) -> None:
    """The outbox as every replica sees it, so that its age grows also when no relay runs."""
    idle = POLL_SECONDS
    while not await pause(runtime, idle):
        async with runtime.database.autocommit() as session:
            size, age = (await session.execute(BACKLOG)).one()
        idle = POLL_SECONDS if size else min(idle * 2, IDLE_SECONDS)
        metrics.OUTBOX_SIZE.set(size)
        metrics.OUTBOX_AGE_SECONDS.set(age)
