"""What whoever operates the suite can look at and put right, while it runs."""

import asyncio
import json
import subprocess
import sys
from typing import Any

import asyncpg
import pytest

from tests.e2e.test_one_tasks_way import create, items, soon
from tests.suite import RunningSuite
from tests.support import eventually
from todo_kit.ids import uuid7

PLANNED = {
    "schedules": "SELECT task_id, seq FROM recurring.schedules WHERE user_id = $1 ORDER BY 1",
    "series": "SELECT task_id, slot, anchor, recurrence_pattern FROM recurring.series WHERE user_id = $1 ORDER BY 1",
    # Whether there ever was one that is cancelled now depends on which events came together.
    "reminders": "SELECT task_id, state, remind_at, seq FROM recurring.reminders"
    " WHERE user_id = $1 AND state <> 'cancelled' ORDER BY 1",
    "further_reminders": "SELECT task_id, key, state, remind_at, seq FROM recurring.further_reminders"
    " WHERE user_id = $1 ORDER BY 1, 2",
    "snoozes": "SELECT task_id, state, remind_at FROM recurring.snoozes WHERE user_id = $1 ORDER BY 1",
    "task_states": "SELECT task_id, seq, reminders FROM notifications.task_states WHERE user_id = $1 ORDER BY 1",
    "notifications": "SELECT task_id, title, event_id, read_at IS NULL FROM notifications.notifications"
    " WHERE user_id = $1 ORDER BY event_id",
}
LOST = (
    "DELETE FROM recurring.schedules WHERE user_id = $1",
    "DELETE FROM recurring.series WHERE user_id = $1",
    "DELETE FROM recurring.reminders WHERE user_id = $1",
    "DELETE FROM recurring.further_reminders WHERE user_id = $1",
    "DELETE FROM recurring.snoozes WHERE user_id = $1",
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
            further = [{"at": soon(4000)}, {"minutes_before": 5}, {"days_before": 0, "time": "00:00"}]
            await create(client, title="later", due_date=soon(5000), reminders=[{"minutes_before": 0}, *further])
            await create(client, title="moved", due_date=soon(6000), reminder_lead_time=1)
            await client.patch("/tasks/3", json={"due_date": soon(9000)})
            await create(client, title="daily", due_date=soon(-90000), recurrence_pattern="daily", reminder_lead_time=0)
            await client.patch("/tasks/4/complete")
            await create(client, title="gone", due_date=soon(7000), reminder_lead_time=0)
            await client.delete("/tasks/5")

            async def snoozed() -> bool:
                trail = await items(client, "/audit_logs", limit=200)
                return "ReminderSnoozed" in [entry["action_type"] for entry in trail]

            async def settled() -> bool:
                told, trail = await items(client, "/notifications"), await items(client, "/audit_logs", limit=200)
                kinds = [entry["action_type"] for entry in trail]
                return len(told) == 1 and len(await items(client, "/tasks")) == 5 and "ReminderTriggered" in kinds

            await eventually(settled, 15)
            assert (await client.post("/tasks/1/snooze", json={"minutes": 50})).status_code == 200
            await eventually(snoozed)
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


async def test_an_operator_tells_a_user_something_and_records_it_in_the_trail(suite: RunningSuite, user: str) -> None:
    wanted = {"UserInformed", "ReminderScheduled", "ReminderTriggered"}

    def call(app_id: str, verb: str, path: str, **body: Any) -> dict[str, Any]:
        module = app_id.replace("-", "_")
        [answer] = operate(suite, app_id, "call", module, verb, path, "--body", json.dumps(body) if body else "")
        return answer

    told = {"user_id": user, "event_id": str(uuid7()), "title": "Maintenance tonight", "body": "From 22:00 to 22:10."}
    assert call("notification-service", "POST", "internal/notifications", **told) == {"created": True}
    assert call("notification-service", "POST", "internal/notifications", **told) == {"created": False}
    entry = {
        "user_id": user,
        "event_id": told["event_id"],
        "action_type": "UserInformed",
        "timestamp": soon(0),
        "actor_client": "operator",
        "correlation_id": "maintenance",
    }
    assert call("audit-service", "POST", "internal/audit_logs", **entry) == {"recorded": True}
    reminder = {"user_id": user, "task_id": 7, "seq": 1, "title": "Lost", "due_date": soon(0.5)}
    assert call("recurring-tasks-service", "POST", "internal/schedules", **reminder) == {"planned": True}
    async with suite.client(user) as client:

        async def settled() -> bool:
            told, trail = await items(client, "/notifications"), await items(client, "/audit_logs", limit=200)
            kinds = {each["action_type"] for each in trail}
            return {each["title"] for each in told} == {"Maintenance tonight", "Lost"} and kinds == wanted

        await eventually(settled)
    due = call("recurring-tasks-service", "GET", "internal/schedules/due")
    assert [each for each in due["items"] if each["user_id"] == user] == []


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (["GET", "internal/schedules/due", "--query", "limit"], "'limit' is not NAME=VALUE"),
        (["GET", "internal/schedules/due", "--query", "limit=0"], "GET internal/schedules/due: 422"),
        (["GET", "internal/../api/alice/tasks"], "only paths under internal/ can be called"),
        (["GET", "api/alice/tasks"], "api/alice/tasks: only paths under internal/ can be called"),
    ],
)
def test_a_call_that_fails_says_why(suite: RunningSuite, command: list[str], why: str) -> None:
    arguments = [sys.executable, "-m", "todo_local", "exec", "recurring-tasks-service", "todo_kit", "call"]
    arguments += ["recurring_tasks_service", *command]
    result = subprocess.run(arguments, env=suite.environment, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode != 0
    assert why in result.stderr
