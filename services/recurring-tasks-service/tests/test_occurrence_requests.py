"""What follows a completed or skipped task is computed once and kept until the task API has made it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from recurring_tasks_service.schedules.models import OccurrenceRequest
from recurring_tasks_service.schedules.requests import outcome
from tests.support import OpenService
from tests.tasks import START, Task, in_minutes
from todo_kit.events.tasks import TOPIC
from todo_kit.sidecar import Answer


async def requested(recurring: OpenService, user: str) -> list[OccurrenceRequest]:
    async with recurring.runtime.database.transaction() as session:
        query = select(OccurrenceRequest).where(col(OccurrenceRequest.user_id) == user)
        return list((await session.execute(query)).scalars())


def daily(user: str, **fields: Any) -> Task:
    return Task(user, due_date=in_minutes(180), recurrence_pattern="daily", **fields)


async def test_a_completion_calls_for_the_next_slot(recurring: OpenService, user: str) -> None:
    task = daily(user)
    await recurring.deliver(TOPIC, task.created())
    assert await requested(recurring, user) == []
    await recurring.deliver(TOPIC, task.completed())
    [row] = await requested(recurring, user)
    assert (row.slot, row.due_date, row.series_id) == (1, "2026-06-02T09:00:00+00:00", task.series_id)


async def test_the_same_completion_twice_or_an_older_event_after_it_changes_nothing(
    recurring: OpenService, user: str
) -> None:
    task = daily(user)
    created, completed = task.created(), task.completed()
    await recurring.deliver(TOPIC, completed, completed)
    await recurring.deliver(TOPIC, created)
    await recurring.deliver(TOPIC, completed)
    [row] = await requested(recurring, user)
    assert (row.slot, row.state) == (1, "pending")


async def test_reopening_withdraws_the_request_and_completing_again_renews_it(
    recurring: OpenService, user: str
) -> None:
    task = daily(user)
    await recurring.deliver(TOPIC, task.created(), task.completed())
    await recurring.deliver(TOPIC, task.reopened())
    assert [row.state for row in await requested(recurring, user)] == ["withdrawn"]
    await recurring.deliver(TOPIC, task.completed())
    assert [row.state for row in await requested(recurring, user)] == ["pending"]


async def test_a_skipped_occurrence_calls_for_the_next_and_an_ended_series_does_not(
    recurring: OpenService, user: str
) -> None:
    skipped, ended = daily(user, task_id=1), daily(user, task_id=2)
    await recurring.deliver(TOPIC, skipped.created(), ended.created())
    await recurring.deliver(TOPIC, skipped.deleted("this"), ended.deleted("series"))
    assert [row.task_id for row in await requested(recurring, user)] == [1]


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [({"count": 1}, []), ({"count": 2}, [1]), ({"until": "2026-06-01"}, []), ({"until": "2026-06-02"}, [1])],
)
async def test_a_series_ends_where_its_rule_says(
    recurring: OpenService, user: str, recurrence: dict[str, Any], expected: list[int]
) -> None:
    task = daily(user, recurrence=recurrence)
    await recurring.deliver(TOPIC, task.created(), task.completed())
    assert [row.slot for row in await requested(recurring, user)] == expected


async def test_a_late_completion_skips_what_was_missed(recurring: OpenService, user: str) -> None:
    task = daily(user)
    await recurring.deliver(TOPIC, task.created())
    task.now = START + timedelta(days=4, hours=8)
    await recurring.deliver(TOPIC, task.completed())
    [row] = await requested(recurring, user)
    assert (row.slot, row.due_date) == (5, "2026-06-06T09:00:00+00:00")


def test_a_failed_request_is_retried_with_back_off_and_a_refused_one_is_not() -> None:
    def request(attempts: int = 0) -> OccurrenceRequest:
        return OccurrenceRequest(
            user_id="x", task_id=1, series_id=daily("x").series_id, slot=1, due_date="2026-06-02", state="pending",
            attempts=attempts, next_attempt_at=START, correlation_id="c",
        )  # fmt: skip

    assert outcome(request(20), None, START) == {"attempts": 21, "next_attempt_at": START + timedelta(seconds=30)}
    for status in (401, 404, 429, 500, 503):
        assert "state" not in outcome(request(), Answer(status, b"{}", "application/problem+json"), START), status
    assert outcome(request(), Answer(422, b"{}", "application/problem+json"), START)["state"] == "failed"
    done = outcome(request(), Answer(200, b'{"result":"created","task_id":2}', "application/json"), START)
    assert done["state"] == "done"
    late = outcome(request(), Answer(200, b'{"result":"not_needed","task_id":null}', "application/json"), START)
    assert late["state"] == "withdrawn"


@pytest.mark.parametrize("together", [True, False])
async def test_a_completion_after_a_reopening_that_was_not_seen_asks_again(
    recurring: OpenService, user: str, *, together: bool
) -> None:
    task = daily(user)
    await recurring.deliver(TOPIC, task.created(), task.completed())
    async with recurring.runtime.database.transaction() as session:
        row = await session.get_one(OccurrenceRequest, (user, 1))
        row.state = "done"
    reopened = task.reopened()
    task.now = START + timedelta(days=4, hours=8)
    completed = task.completed()
    if together:
        await recurring.deliver(TOPIC, reopened, completed)
    else:
        await recurring.deliver(TOPIC, completed)
        await recurring.deliver(TOPIC, reopened)
    [row] = await requested(recurring, user)
    assert (row.state, row.slot, row.due_date) == ("pending", 5, "2026-06-06T09:00:00+00:00")


@pytest.mark.parametrize("mode", ["schedule", "completion"])
async def test_an_occurrence_that_is_skipped_ahead_of_time_does_not_come_again_on_its_day(
    recurring: OpenService, user: str, mode: str
) -> None:
    task = daily(user, recurrence={"mode": mode})
    task.now = START - timedelta(days=1)
    await recurring.deliver(TOPIC, task.created(), task.deleted("this"))
    [row] = await requested(recurring, user)
    assert row.due_date == "2026-06-02T09:00:00+00:00"
