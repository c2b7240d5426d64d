"""How soon an event has its effect, and how many of them are kept up with."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx

from tests.suite import RunningSuite
from tests.support import eventually

AUDIT = "SELECT extract(epoch FROM recorded_at - timestamp) * 1000 AS ms FROM audit.audit_logs WHERE user_id LIKE $1"
NOTIFIED = """
    SELECT extract(epoch FROM n.created_at - r.remind_at) * 1000 AS ms
    FROM notifications.notifications AS n JOIN recurring.reminders AS r USING (user_id, task_id)
    WHERE n.user_id LIKE $1
"""
FOLLOWED = """
    SELECT extract(epoch FROM s.created_at - t.completed_at) * 1000 AS ms
    FROM backend.tasks AS s JOIN backend.tasks AS t ON (t.user_id, t.id) = (s.user_id, s.predecessor)
    WHERE s.user_id LIKE $1
"""
LAG = """
    SELECT (SELECT count(*) FROM backend.outbox) + (SELECT count(*) FROM recurring.outbox)
        + (SELECT count(*) FROM notifications.outbox)
"""


async def latencies(suite: RunningSuite, url: str, rate: int, seconds: int) -> dict[str, list[float]]:
    """Milliseconds from commit (or from a reminder's instant) to effect, with so many requests a second going on."""
    user = f"latency-{time.time_ns()}"
    async with suite.client(user) as client:

        async def one() -> None:
            due = (datetime.now(UTC) + timedelta(seconds=1.5)).isoformat()
            fields = {"title": "t", "due_date": due, "reminder_lead_time": 0, "recurrence_pattern": "daily"}
            task = (await client.post("/tasks", json=fields)).raise_for_status().json()
            await asyncio.sleep(2.5)
            (await client.patch(f"/tasks/{task['id']}/complete")).raise_for_status()

        running = []
        for _ in range(seconds * rate // 2):
            running.append(asyncio.create_task(one()))
            await asyncio.sleep(2 / rate)
        await asyncio.gather(*running)
        await asyncio.sleep(3)
    return {
        "commit to audit row": await column(url, AUDIT, user),
        "reminder's instant to notification": await column(url, NOTIFIED, user),
        "completion to next occurrence": await column(url, FOLLOWED, user),
    }


async def plain(suite: RunningSuite, url: str, rate: int, seconds: int) -> list[float]:
    """Milliseconds from commit to audit row while tasks are made, each of which is two events and nothing more."""
    user = f"plain-{time.time_ns()}"
    async with suite.client(user) as client:

        async def one() -> None:
            (await client.post("/tasks", json={"title": "t"})).raise_for_status()

        running, started = [], time.monotonic()
        for number in range(seconds * rate):
            running.append(asyncio.create_task(one()))
            await asyncio.sleep(max(0.0, started + (number + 1) / rate - time.monotonic()))
        await asyncio.gather(*running)
        await asyncio.sleep(2)
    return await column(url, AUDIT, user)


async def column(url: str, query: str, user: str) -> list[float]:
    connection = await asyncpg.connect(url)
    try:
        return sorted(float(row["ms"]) for row in await connection.fetch(query, f"{user}%"))
    finally:
        await connection.close()


async def kept_up_with(suite: RunningSuite, url: str, tasks: int) -> tuple[float, float]:
    """Tasks a second while they are made, and until every consumer has their events."""
    user = f"flood-{time.time_ns()}"
    operations = [{"op": "create", "data": {"title": f"t{i}"}} for i in range(100)]
    started = time.monotonic()
    async with suite.client(user) as client:
        for _ in range(tasks // 400):
            await asyncio.gather(*(bulk(client, operations) for _ in range(4)))
        made = time.monotonic() - started
    connection = await asyncpg.connect(url)
    try:

        async def caught_up() -> bool:
            recorded = await connection.fetchval("SELECT count(*) FROM audit.audit_logs WHERE user_id = $1", user)
            seen = await connection.fetchval("SELECT count(*) FROM recurring.schedules WHERE user_id = $1", user)
            known = await connection.fetchval("SELECT count(*) FROM notifications.task_states WHERE user_id = $1", user)
            shown = await connection.fetchval("SELECT count(*) FROM backend.live_events WHERE user_id = $1", user)
            waiting = await connection.fetchval(LAG)
            return bool(recorded == seen == known == shown == tasks // 400 * 400 and waiting == 0)

        await eventually(caught_up, 120)
    finally:
        await connection.close()
    return tasks / made, tasks / (time.monotonic() - started)


async def bulk(client: httpx.AsyncClient, operations: list[dict[str, Any]]) -> None:
    (await client.post("/tasks/bulk", json={"operations": operations})).raise_for_status()
