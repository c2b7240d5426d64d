"""What whoever operates the suite can look at and put right, while it runs."""

import asyncio
import json
import subprocess
import sys
from typing import Any

import asyncpg

from tests.e2e.test_one_tasks_way import create, items, soon
from tests.suite import RunningSuite
from tests.support import eventually

PLANNED = {
    "schedules": "SELECT task_id, seq FROM recurring.schedules WHERE user_id = $1 ORDER BY 1",
    "series": "SELECT task_id, slot, anchor, recurrence_pattern FROM recurring.series WHERE user_id = $1 ORDER BY 1",
    # Whether there ever was one that is cancelled now depends on which events came together.
    "reminders": "SELECT task_id, state, remind_at, seq FROM recurring.reminders"
    " WHERE user_id = $1 AND state <> 'cancelled' ORDER BY 1",
    "task_states": "SELECT task_id, seq, remind_at FROM notifications.task_states WHERE user_id = $1 ORDER BY 1",
    "notifications": "SELECT task_id, title, event_id, read_at IS NULL FROM notifications.notifications"
    " WHERE user_id = $1 ORDER BY event_id",
}
LOST = (
    "DELETE FROM recurring.schedules WHERE user_id = $1",
    "DELETE FROM recurring.series WHERE user_id = $1",
    "DELETE FROM recurring.reminders WHERE user_id = $1",
    "DELETE FROM recurring.occurrence_requests WHERE user_id = $1",
    "DELETE FROM notifications.task_states WHERE user_id = $1",
    "DELETE FROM notifications.notifications WHERE user_id = $1",
)


def operate(suite: RunningSuite, app_id: str, *command: str) -> list[dict[str, Any]]:
    arguments = [sys.executable, "-m", "todo_local", "exec", app_id, "todo_kit", *command]
    result = subprocess.run(arguments, env=suite.environment, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


async def test_lost_projections_are_made_anew_from_the_trail_and_nobody_is_told_twice(
    suite: RunningSuite, user: str
) -> None:
    connection = await asyncpg.connect(suite.database_url("postgres"))

    async def planned() -> dict[str, list[tuple[Any, ...]]]:
        return {name: [tuple(row) for row in await connection.fetch(query, user)] for name, query in PLANNED.items()}

    try:
        async with suite.client(user) as client:
            await create(client, title="now", due_date=soon(0.5), reminder_lead_time=0)
            await create(client, title="later", due_date=soon(5000), reminder_lead_time=0)
            await create(client, title="moved", due_date=soon(6000), reminder_lead_time=1)
            await client.patch("/tasks/3", json={"due_date": soon(9000)})
            await create(client, title="daily", due_date=soon(-90000), recurrence_pattern="daily", reminder_lead_time=0)
            await client.patch("/tasks/4/complete")
            await create(client, title="gone", due_date=soon(7000), reminder_lead_time=0)
            await client.delete("/tasks/5")

            async def settled() -> bool:
                told, trail = await items(client, "/notifications"), await items(client, "/audit_logs", limit=200)
                kinds = [entry["action_type"] for entry in trail]
                return len(told) == 1 and len(await items(client, "/tasks")) == 5 and "ReminderTriggered" in kinds

            await eventually(settled, 15)
            await asyncio.sleep(0.5)  # what the trail does not know yet would be left alone
            before = await planned()
            events = len(await items(client, "/audit_logs", limit=200))
            for statement in LOST:
                await connection.execute(statement, user)
            [recurring] = operate(
                suite, "recurring-tasks-service", "rebuild", "recurring_tasks_service", "--user", user
            )
            [notified] = operate(suite, "notification-service", "rebuild", "notification_service", "--user", user)
            assert (recurring["tasks"], notified["tasks"]) == (6, 6)
            assert await planned() == before
            await asyncio.sleep(2.5)  # the clock has looked for what is due, and the task API was asked again
            assert await planned() == before
            assert len(await items(client, "/tasks")) == 5
            assert len(await items(client, "/audit_logs", limit=200)) == events
    finally:
        await connection.close()


async def test_the_queues_can_be_looked_at(suite: RunningSuite, user: str) -> None:
    async with suite.client(user) as client:
        await create(client)
        await eventually(lambda: items(client, "/audit_logs"))
    taken = operate(suite, "audit-service", "inbox", "audit_service", "--topic", "task-events")
    assert (taken[0]["topic"], taken[0]["last_minute"] > 0) == ("task-events", True)
    assert operate(suite, "todo-backend", "outbox", "todo_backend") == []
    lag = [json.loads(line) for line in suite.launcher("lag").splitlines()]
    assert {(row["consumer"], row["topic"]) for row in lag} >= {
        ("audit-service", "task-events"),
        ("todo-backend", "task-updates"),
    }
    assert all(row["lag"] >= 0 for row in lag)
