"""Publishes the outbox in order. One relay per service is active, whatever the number of replicas.

The leader holds an advisory lock on a dedicated connection. If it dies, Postgres releases the lock and another replica
takes it. At most one event per key is in flight, and a failed event is retried before the later ones of its key, so the
events of a task reach the broker in the order of its versions.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import asyncpg
import structlog
from sqlalchemy import text

from todo_kit.errors import Unavailable
from todo_kit.loops import pause, pause_until
from todo_kit.runtime import Runtime
from todo_kit.sidecar import Publication, Sidecar
from todo_kit.telemetry import metrics

log = structlog.get_logger()

CHANNEL = "SELECT current_schema() || '.outbox'"
LOCK = "SELECT pg_try_advisory_lock(hashtext(current_schema() || '.relay'))"
WAITING = "SELECT EXISTS (SELECT FROM outbox)"
NEWEST = "SELECT max(id) FROM outbox"
LOOKED_AT = """(
    SELECT id, topic, key, event_id, body FROM outbox WHERE id <= $2 ORDER BY id LIMIT $3
) AS oldest WHERE topic <> ALL($4::text[]) AND topic || ' ' || key <> ALL($5::text[])"""
OLDEST = f"SELECT * FROM {LOOKED_AT} ORDER BY id LIMIT $1"  # noqa: S608
OLDEST_OF_EACH_KEY = f"""
    SELECT id, topic, key, event_id, body FROM outbox WHERE id IN (
        SELECT min(id) FROM {LOOKED_AT} GROUP BY topic, key ORDER BY 1 LIMIT $1
    ) ORDER BY id
"""  # noqa: S608
PUBLISHED = "DELETE FROM outbox WHERE id = ANY($1::bigint[])"
BACKLOG = text(
    "SELECT count(*), CAST(coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0) AS float) FROM outbox"
)
BATCH = 500
LOOK_AHEAD = 20_000
MAX_REQUEST_BYTES = 2 * 1024 * 1024
"""Half of `daprd`'s limit: it rejects requests of more than 4 MB, and a retry does not help."""
POLL_SECONDS = 1.0
"""First interval between polls of the outbox without a notification. It doubles up to IDLE_SECONDS."""
IDLE_SECONDS = 5.0
"""How long an event waits at most if a process is killed between its commit and its announcement."""
GATHER_SECONDS = 0.05
"""Minimum time between two passes: a single event is published at once, many are published together."""
MAX_BACK_OFF_SECONDS = 5.0


async def run(runtime: Runtime) -> None:
    """Publishes the outbox until the process stops. Fails on a lost connection; `keep_running` restarts it."""
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
                await pause(runtime, back_off)  # back off: do not retry a failing broker on every commit
    finally:
        await connection.close(timeout=2)


async def lead(runtime: Runtime, connection: "asyncpg.Connection[Any]", woken: asyncio.Event) -> bool:
    """Waits for the lock. Returns False if the process is asked to stop.

    Tries every second while the outbox has events, because the leader may be gone. Otherwise it tries less often.
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
    """Publishes what the outbox has now, in rounds. Returns False if an event was refused.

    A refused event holds up the later ones of its key, and of its topic if nothing of the request was taken. Events
    that are added meanwhile are for the next pass: this one ends, and what was refused is tried again.
    """
    newest = await connection.fetchval(NEWEST)
    topics: set[str] = set()
    keys: set[str] = set()
    while len(keys) < BATCH and (rows := await next_round(connection, newest, topics, keys)):
        for topic in dict.fromkeys(row["topic"] for row in rows):
            for request in requests_of(row for row in rows if row["topic"] == topic):
                refused = await _publish(sidecar, topic, request)
                taken = [row["id"] for row in request if str(row["event_id"]) not in refused]
                await connection.execute(PUBLISHED, taken)
                metrics.PUBLISHED.labels(topic).inc(len(taken))
                metrics.PUBLISH_FAILURES.labels(topic).inc(len(refused))
                keys |= {f"{topic} {row['key']}" for row in request if str(row["event_id"]) in refused}
                if not taken and len(request) > 1:
                    topics.add(topic)
    return not keys


async def next_round(
    connection: "asyncpg.Connection[Any]", newest: int | None, topics: set[str], keys: set[str]
) -> list[asyncpg.Record]:
    """Returns the oldest events up to `newest`, without the refused topics and keys.

    At most one per key: if it failed, a later one of its key could overtake it.
    """
    looked_at = (newest, LOOK_AHEAD, topics, keys)
    rows = await connection.fetch(OLDEST, BATCH, *looked_at)
    chosen: dict[tuple[str, str], asyncpg.Record] = {}
    for row in rows:
        chosen.setdefault((row["topic"], row["key"]), row)
    if len(rows) == BATCH and len(chosen) < BATCH // 4:  # do not let a key with many events delay the others
        return list(await connection.fetch(OLDEST_OF_EACH_KEY, BATCH, *looked_at))
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
    """Sets the outbox metrics in every replica, so that the age also grows while no relay runs."""
    idle = POLL_SECONDS
    while not await pause(runtime, idle):
        async with runtime.database.autocommit() as session:
            size, age = (await session.execute(BACKLOG)).one()
        idle = POLL_SECONDS if size else min(idle * 2, IDLE_SECONDS)
        metrics.OUTBOX_SIZE.set(size)
        metrics.OUTBOX_AGE_SECONDS.set(age)
