"""A task made through the API gets its reminder, its next occurrence and its audit trail."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.suite import RunningSuite
from tests.support import eventually


def soon(seconds: float = 0.0) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


async def items(client: httpx.AsyncClient, path: str, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def create(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/tasks", json={"title": "Water plants", **fields})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_reminder_arrives_as_a_notification_and_on_the_open_page(suite: RunningSuite, user: str) -> None:
    async with suite.client(user) as client, client.stream("GET", "/events") as page:
        lines = page.aiter_lines()
        await create(client, due_date=soon(1.5), reminder_lead_time=0)

        async def told() -> list[str]:
            names: list[str] = []
            async for line in lines:
                if line.startswith("event: "):
                    names.append(line.removeprefix("event: "))
                if names[-1:] == ["NotificationCreated"]:
                    return names
            return names

        assert await asyncio.wait_for(told(), 10) == ["ready", "TaskChanged", "NotificationCreated"]
        [notification] = await items(client, "/notifications")
        assert (notification["task_id"], notification["late_by_seconds"]) == (1, 0)


async def test_a_snoozed_reminder_arrives_again_and_the_trail_says_who_wanted_it(
    suite: RunningSuite, user: str
) -> None:
    async with suite.client(user) as client:
        due = soon(0.5)
        await create(client, due_date=due, reminder_lead_time=0)
        assert (await client.post("/tasks/1/snooze", json={"minutes": 10})).status_code == 409

        async def told(count: int) -> bool:
            return len(await items(client, "/notifications")) == count

        await eventually(lambda: told(1))
        for words, ahead in (("2 hours", 120), ("10 min", 10), ("an hour", 60)):
            answer = await client.post("/tasks/1/snooze", json={"when": words})
            wait = datetime.fromisoformat(answer.json()["until"]) - datetime.now(UTC)
            # A time in words has no seconds.
            assert timedelta(minutes=ahead - 2) < wait <= timedelta(minutes=ahead), words
        for words in ("tomorrow 9am", "tomorrow"):
            answer = await client.post("/tasks/1/snooze", json={"when": words})
            assert answer.json()["until"].endswith("T09:00:00Z"), words
        again = soon(1)
        assert (await client.post("/tasks/1/snooze", json={"until": again})).status_code == 200
        await eventually(lambda: told(2))
        assert datetime.fromisoformat((await client.get("/tasks/1")).json()["due_date"]) == datetime.fromisoformat(due)

        async def actors() -> list[str]:
            trail = await items(client, "/audit_logs", limit=200)
            kinds = {entry["action_type"]: entry["actor"]["type"] for entry in trail}
            return [kinds[kind] for kind in ("ReminderSnoozed", "ReminderTriggered") if kind in kinds]

        assert await eventually(actors) == ["user", "system"]


async def test_a_snooze_is_one_time_and_nothing_else(suite: RunningSuite, user: str) -> None:
    refused: list[tuple[dict[str, Any], str]] = [
        ({}, "body: "),
        ({"minutes": 10, "when": "tomorrow"}, "body: "),
        ({"minutes": 0}, "minutes: "),
        ({"until": "2020-01-01T00:00:00Z"}, "until: "),
        ({"minutes": True}, "minutes: "),
        ({"until": 1_900_000_000}, "until: "),
        ({"when": "every monday 9am"}, "when: “every monday 9am” is not a time"),
        ({"when": "call mum"}, "when: “call mum” is not a time"),
        ({"when": "tomorrow 9:00"}, "when: “tomorrow 9:00” can mean: "),
        ({"when": "in 400 days"}, "when: must be in the future, at most 366 days from now"),
        ({"when": "tomorrow", "task": 1}, "task: "),
    ]
    async with suite.client(user) as client:
        await create(client, due_date=soon(0.5), reminder_lead_time=0)
        await eventually(lambda: items(client, "/notifications"))
        for body, problem in refused:
            answer = await client.post("/tasks/1/snooze", json=body)
            assert (answer.status_code, answer.json()["detail"][: len(problem)]) == (422, problem)


async def test_a_completed_occurrence_is_followed_by_one_successor_and_all_is_on_the_trail(
    suite: RunningSuite, user: str
) -> None:
    async with suite.client(user) as client:
        fields = {"due_date": "2026-01-31T09:00:00", "time_zone": "Europe/Berlin", "recurrence_pattern": "monthly"}
        task = await create(client, **fields)
        answer = await client.patch("/tasks/1/complete")
        correlation_id = answer.headers["x-correlation-id"]
        assert answer.status_code == 200
        [successor] = await eventually(lambda: items(client, "/tasks", status="pending"))
        assert (successor["series_id"], successor["id"]) == (task["series_id"], 2)
        local = datetime.fromisoformat(successor["due_date"])
        assert local > datetime.now(UTC)

        async def trail() -> list[str]:
            entries = await items(client, "/audit_logs", correlation_id=correlation_id)
            return [entry["action_type"] for entry in entries] if len(entries) == 2 else []

        assert sorted(await eventually(trail)) == ["TaskCompleted", "TaskCreated"]
        assert (await client.get("/audit_logs/verify")).json()["valid"] is True


async def pending(client: httpx.AsyncClient, count: int) -> list[dict[str, Any]]:
    async def look() -> list[dict[str, Any]]:
        found = await items(client, "/tasks", status="pending")
        return found if len(found) == count else []

    found: list[dict[str, Any]] = await eventually(look)
    return found


async def test_complete_reopen_complete_leaves_one_open_successor(suite: RunningSuite, user: str) -> None:
    async with suite.client(user) as client:
        await create(client, due_date="2026-06-01", recurrence_pattern="daily")
        await client.patch("/tasks/1/complete")
        first = await pending(client, 1)
        await client.patch("/tasks/1/reopen")
        assert [task["id"] for task in await pending(client, 1)] == [1]
        await client.patch("/tasks/1/complete")
        second = await pending(client, 1)
        assert [task["id"] for task in first] == [task["id"] for task in second] == [2]
        for _ in range(5):
            await client.patch("/tasks/1/reopen")
            await client.patch("/tasks/1/complete")
        await asyncio.sleep(1)
        assert [task["id"] for task in await pending(client, 1)] == [2]


async def test_rescheduling_one_occurrence_does_not_move_the_series(suite: RunningSuite, user: str) -> None:
    async with suite.client(user) as client:
        year = datetime.now(UTC).year + 1
        await create(client, due_date=f"{year}-03-02T09:00:00", recurrence_pattern="weekly")
        await client.patch("/tasks/1", json={"due_date": f"{year}-03-04T15:00:00"})
        await client.patch("/tasks/1/complete")
        [successor] = await pending(client, 1)
        assert successor["due_date"] == f"{year}-03-09T09:00:00Z"


async def test_moving_the_series_moves_what_follows(suite: RunningSuite, user: str) -> None:
    async with suite.client(user) as client:
        year = datetime.now(UTC).year + 1
        await create(client, due_date=f"{year}-03-02T09:00:00", recurrence_pattern="daily")
        await client.patch("/tasks/1?scope=series", json={"due_date": f"{year}-03-02T18:30:00"})
        await client.patch("/tasks/1/complete")
        [successor] = await pending(client, 1)
        assert successor["due_date"] == f"{year}-03-03T18:30:00Z"


async def test_a_skipped_occurrence_is_followed_and_an_ended_series_is_not(suite: RunningSuite, user: str) -> None:
    async with suite.client(user) as client:
        await create(client, due_date="2026-06-01", recurrence_pattern="daily")
        await client.delete("/tasks/1")
        [successor] = await pending(client, 1)
        await client.delete(f"/tasks/{successor['id']}", params={"scope": "series"})
        await asyncio.sleep(1)
        assert await items(client, "/tasks", status="pending") == []


async def test_what_other_services_own_is_answered_through_the_front_door(suite: RunningSuite, user: str) -> None:
    async with suite.client(user) as client:
        body = {"due_date": "2026-01-31", "recurrence_pattern": "monthly", "count": 1}
        preview = await client.post("/recurrence/preview", json=body)
        assert preview.json()["occurrences"][0]["reason"] == "February has no day 31, so the last day"
        refused = await client.post("/recurrence/preview", json={})
        assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
        unknown = await client.patch("/notifications/00000000-0000-7000-8000-000000000000/mark_read")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "notification_not_found")


@pytest.mark.parametrize("path", ["/notifications", "/audit_logs", "/audit_logs/verify", "/tasks", "/settings"])
async def test_nothing_is_answered_without_a_token_or_with_somebody_elses(
    suite: RunningSuite, user: str, path: str
) -> None:
    async with suite.client(user) as client:
        assert (await client.get(path, headers={"Authorization": ""})).status_code == 401
        other = await client.get(f"{suite.url}/api/mallory{path}")
        assert (other.status_code, other.json()["code"]) == (403, "forbidden")
