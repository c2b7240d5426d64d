"""Parts die under load, on the local sidecar and on Dapr and Kafka; nothing is lost and no effect is doubled."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from tests.faults.load import under_load
from tests.suite import RunningSuite
from tests.support import eventually

pytestmark = pytest.mark.timeout(240)


@pytest.mark.parametrize(
    "part",
    [
        "todo-backend",
        "notification-service",
        "recurring-tasks-service",
        "audit-service",
        "sidecars",
        "postgres",
    ],
)
async def test_a_killed_part_loses_and_doubles_nothing(suite: RunningSuite, user: str, part: str) -> None:
    prefix = part if part != "sidecars" else "daprd-" if suite.dapr else "sidecar"
    before = suite.restarts(prefix)

    async def kill() -> None:
        suite.kill(prefix)

    await under_load(suite, user, kill)
    await suite.all_ready()
    assert suite.restarts(prefix) == [restarts + 1 for restarts in before]


async def test_what_fails_for_good_is_put_aside_the_rest_flows_on_and_replay_repairs_it(
    suite: RunningSuite, user: str
) -> None:
    superuser = await asyncpg.connect(suite.database_url("postgres"))
    await superuser.execute(
        "ALTER TABLE audit.audit_logs ADD CONSTRAINT a_bug CHECK (payload->>'title' <> 'poison') NOT VALID"
    )
    try:
        async with suite.client(user) as client:
            for title in ("before", "poison", "after"):
                await client.post("/tasks", json={"title": title, "due_date": datetime.now(UTC).isoformat()})

            async def recorded(count: int) -> list[int]:
                answer = await client.get("/audit_logs")
                items = answer.json()["items"] if answer.status_code == 200 else []
                return [item["resource_id"] for item in items] if len(items) == count else []

            assert sorted(await eventually(lambda: recorded(2), 30)) == [1, 3]
            letters = await eventually(lambda: dead_letters(suite, "list"), 30)
            assert (letters[0]["attempts"], "a_bug" in letters[0]["reason"]) == (3, True)
            await superuser.execute("ALTER TABLE audit.audit_logs DROP CONSTRAINT a_bug")
            assert [letter["result"] for letter in dead_letters(suite, "replay")] == ["handled"]
            assert sorted(await recorded(3)) == [1, 2, 3]
            assert dead_letters(suite, "list") == []
    finally:
        await superuser.execute("ALTER TABLE audit.audit_logs DROP CONSTRAINT IF EXISTS a_bug")
        await superuser.close()


def dead_letters(suite: RunningSuite, action: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "todo_local", "exec", "audit-service"]
    command += ["todo_kit", "dead-letters", action, "audit_service"]
    result = subprocess.run(command, env=suite.environment, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
