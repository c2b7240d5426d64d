"""A reminder is sent again when its user wants it; the due date of the task stays as it is."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from recurring_tasks_service.schedules.clock import next_within, trigger_due
from tests.support import Backbone, ManualClock, OpenService, eventually
from tests.tasks import Task, in_minutes
from todo_kit.events.tasks import TOPIC


@pytest.fixture
def task(user: str) -> Task:
    return Task(user, due_date=in_minutes(60), reminder_lead_time=30)


async def reminded(recurring: OpenService, clock: ManualClock, task: Task) -> None:
    """The reminder of the task, 30 minutes before it is due in an hour, has been sent."""
    await recurring.deliver(TOPIC, task.created())
    clock.set(in_minutes(30))
    await trigger_due(recurring.runtime)
    task.now = in_minutes(35)


async def snooze(recurring: OpenService, user: str, until: Any, task_id: int = 1) -> httpx.Response:
    path, body = (
        f"/api/{user}/reminders/{task_id}/snooze",
        {"until": until if isinstance(until, str) else until.isoformat()},
    )
    return await recurring.client.post(path, json=body, headers=recurring.auth(user))


async def told(backbone: Backbone, user: str, count: int) -> list[tuple[str, str, str]]:
    """What happened to reminders, their instants and due dates."""

    def events() -> list[tuple[str, str, str]]:
        entries = [entry["event"] for entry in backbone.log_of("reminders") if entry["key"].startswith(f"{user}/")]
        payloads = [(entry["type"], entry["data"]["payload"]) for entry in entries]
        return [(kind, payload["remind_at"], payload["due_date"]) for kind, payload in payloads]

    await eventually(lambda: len(events()) >= count)
    return events()


async def test_it_is_sent_again_once_at_the_time_that_was_asked_for(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    answer = await snooze(recurring, user, in_minutes(40))
    assert (answer.status_code, answer.json()) == (200, {"task_id": 1, "until": "2026-06-01T06:40:00Z"})
    assert await next_within(recurring.runtime, 601) == in_minutes(40)
    clock.set(in_minutes(39.9))
    assert await trigger_due(recurring.runtime) == 0
    clock.set(in_minutes(40))
    assert await trigger_due(recurring.runtime) == 1
    assert await trigger_due(recurring.runtime) == 0
    assert await told(backbone, user, 4) == [
        ("ReminderScheduled", "2026-06-01T06:30:00Z", "2026-06-01T07:00:00Z"),
        ("ReminderTriggered", "2026-06-01T06:30:00Z", "2026-06-01T07:00:00Z"),
        ("ReminderSnoozed", "2026-06-01T06:40:00Z", "2026-06-01T07:00:00Z"),
        ("ReminderTriggered", "2026-06-01T06:40:00Z", "2026-06-01T07:00:00Z"),
    ]


async def test_it_can_be_snoozed_again_and_the_last_time_counts(
    recurring: OpenService, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    for minutes in (40, 50):
        assert (await snooze(recurring, user, in_minutes(minutes))).status_code == 200
    clock.set(in_minutes(45))
    assert await trigger_due(recurring.runtime) == 0
    clock.set(in_minutes(90))
    assert await trigger_due(recurring.runtime) == 1
    clock.set(in_minutes(91))
    assert (await snooze(recurring, user, in_minutes(120))).status_code == 200
    clock.set(in_minutes(120))
    assert await trigger_due(recurring.runtime) == 1


@pytest.mark.parametrize("change", ["completed", "deleted", "moved", "without a reminder"])
async def test_it_is_not_sent_for_a_task_that_is_over_or_has_another_date(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str, task: Task, change: str
) -> None:
    await reminded(recurring, clock, task)
    await snooze(recurring, user, in_minutes(40))
    match change:
        case "completed":
            event = task.completed()
        case "deleted":
            event = task.deleted()
        case "moved":
            event = task.updated(due_date=in_minutes(3000))
        case _:
            event = task.updated(reminder_lead_time=None)
    await recurring.deliver(TOPIC, event)
    clock.set(in_minutes(45))
    assert await trigger_due(recurring.runtime) == 0
    kinds = [kind for kind, *_ in await told(backbone, user, 4)]
    assert kinds.count("ReminderCancelled") == 1
    assert kinds.count("ReminderTriggered") == 1


async def test_another_change_of_the_task_keeps_it_with_the_new_title(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    await snooze(recurring, user, in_minutes(40))
    await recurring.deliver(TOPIC, task.updated(title="Another title"))
    clock.set(in_minutes(40))
    await trigger_due(recurring.runtime)
    await told(backbone, user, 4)
    last = [entry["event"] for entry in backbone.log_of("reminders") if entry["key"].startswith(f"{user}/")][-1]
    assert last["data"]["payload"]["title"] == "Another title"


async def test_a_reminder_that_was_not_sent_cannot_be_snoozed(recurring: OpenService, user: str, task: Task) -> None:
    await recurring.deliver(TOPIC, task.created())
    for task_id in (1, 2):
        answer = await snooze(recurring, user, in_minutes(40), task_id)
        assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_snooze")


async def test_the_time_is_ahead_and_within_a_year(
    recurring: OpenService, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    for until in (
        in_minutes(30),
        in_minutes(29),
        in_minutes(30) + timedelta(days=366, seconds=1),
        "2026-06-01",
        "soon",
    ):
        answer = await snooze(recurring, user, until)
        assert (answer.status_code, answer.json()["code"]) == (422, "validation_error"), until


async def test_nobody_snoozes_for_another_person(
    recurring: OpenService, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    path, body = f"/api/{user}/reminders/1/snooze", {"until": in_minutes(40).isoformat()}
    assert (await recurring.client.post(path, json=body, headers=recurring.auth(f"not-{user}"))).status_code == 403
    assert (await recurring.client.post(path, json=body)).status_code == 401
