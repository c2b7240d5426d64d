"""A reminder is sent once, at its instant, or late when nobody was there; never for what is done or gone."""

import asyncio
import random
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlmodel import col, select

from recurring_tasks_service.main import service
from recurring_tasks_service.schedules import clock as clocks
from recurring_tasks_service.schedules.clock import trigger_due
from recurring_tasks_service.schedules.models import Reminder
from tests.support import Backbone, ManualClock, Opener, OpenService, eventually
from tests.tasks import Task, in_minutes
from todo_kit.events.tasks import TOPIC


def told(backbone: Backbone, user: str) -> list[tuple[str, dict[str, Any]]]:
    """The reminder events of the person, in order: what happened, and the payload."""
    events = [entry["event"] for entry in backbone.log_of("reminders") if entry["key"].startswith(f"{user}/")]
    return [(event["type"], event["data"]["payload"]) for event in events]


async def names(backbone: Backbone, user: str, count: int) -> list[str]:
    found = await eventually(lambda: len(told(backbone, user)) >= count and told(backbone, user))
    return [name for name, _ in found]


async def test_a_reminder_is_planned_and_sent_once_at_its_instant(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    task = Task(user, due_date=in_minutes(60), reminder_lead_time=30)
    await recurring.deliver(TOPIC, task.created())
    clock.set(in_minutes(29.9))
    await trigger_due(recurring.runtime)
    assert await names(backbone, user, 1) == ["ReminderScheduled"]
    clock.set(in_minutes(30))
    await asyncio.gather(*(trigger_due(recurring.runtime) for _ in range(5)))
    assert await names(backbone, user, 2) == ["ReminderScheduled", "ReminderTriggered"]
    _, payload = told(backbone, user)[1]
    assert (payload["remind_at"], payload["late_by_seconds"]) == ("2026-06-01T06:30:00Z", 0)


async def test_what_was_missed_for_an_hour_is_sent_once_and_says_that_it_is_late(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    tasks = [Task(user, task_id=i, due_date=in_minutes(10 + i), reminder_lead_time=10) for i in range(1, 6)]
    await recurring.deliver(TOPIC, *(task.created() for task in tasks))
    clock.set(in_minutes(65))
    await trigger_due(recurring.runtime)
    await trigger_due(recurring.runtime)
    assert (await names(backbone, user, 10)).count("ReminderTriggered") == 5
    late = [payload["late_by_seconds"] for name, payload in told(backbone, user) if name == "ReminderTriggered"]
    assert sorted(late) == [60 * minutes for minutes in (60, 61, 62, 63, 64)]


async def test_two_replicas_that_look_at_once_send_each_reminder_once(
    recurring: OpenService, open_service: Opener, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    async with open_service(service, clock) as other:
        tasks = [Task(user, task_id=i, due_date=in_minutes(5), reminder_lead_time=0) for i in range(1, 101)]
        await recurring.deliver(TOPIC, *(task.created() for task in tasks))
        clock.set(in_minutes(5))
        await asyncio.gather(*(trigger_due(replica.runtime) for replica in (recurring, other) for _ in range(3)))
        found = await names(backbone, user, 200)
        assert (found.count("ReminderTriggered"), len(found)) == (100, 200)


async def test_completion_deletion_and_a_removed_date_call_a_reminder_off(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    tasks = [Task(user, task_id=i, due_date=in_minutes(60), reminder_lead_time=0) for i in (1, 2, 3)]
    await recurring.deliver(TOPIC, *(task.created() for task in tasks))
    await recurring.deliver(
        TOPIC, tasks[0].completed(), tasks[1].deleted(), tasks[2].updated(due_date=None, reminder_lead_time=None)
    )
    clock.set(in_minutes(61))
    await trigger_due(recurring.runtime)
    assert sorted(await names(backbone, user, 6)) == ["ReminderCancelled"] * 3 + ["ReminderScheduled"] * 3


async def test_rescheduling_moves_a_reminder_and_restoring_brings_it_back_while_it_lies_ahead(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    task = Task(user, due_date=in_minutes(60), reminder_lead_time=0)
    await recurring.deliver(TOPIC, task.created())
    await recurring.deliver(TOPIC, task.updated(due_date=in_minutes(90)))
    await recurring.deliver(TOPIC, task.deleted())
    await recurring.deliver(TOPIC, task.restored())
    expected = ["ReminderScheduled", "ReminderScheduled", "ReminderCancelled", "ReminderScheduled"]
    assert await names(backbone, user, 4) == expected
    await recurring.deliver(TOPIC, task.deleted())
    clock.set(in_minutes(91))
    task.now = in_minutes(91)
    await recurring.deliver(TOPIC, task.restored())
    await trigger_due(recurring.runtime)
    assert await names(backbone, user, 5) == [*expected, "ReminderCancelled"]


async def test_a_sent_reminder_is_not_sent_again_by_a_later_change_of_the_title(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    task = Task(user, due_date=in_minutes(60), reminder_lead_time=59)
    await recurring.deliver(TOPIC, task.created())
    clock.set(in_minutes(1))
    await trigger_due(recurring.runtime)
    task.now = in_minutes(2)
    await recurring.deliver(TOPIC, task.updated(title="Another name"), task.updated(title="A third"))
    clock.set(in_minutes(3))
    await trigger_due(recurring.runtime)
    assert await names(backbone, user, 2) == ["ReminderScheduled", "ReminderTriggered"]


async def test_the_order_and_number_of_deliveries_do_not_matter(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    rng = random.Random(7)
    for task_id in range(1, 13):
        task = Task(user, task_id=task_id, due_date=in_minutes(60), reminder_lead_time=0)
        events = [task.created(), task.updated(title="x"), task.completed(), task.reopened(), task.updated(title="y")]
        deliveries = events * 2
        rng.shuffle(deliveries)
        for event in deliveries:
            await recurring.deliver(TOPIC, event)
    clock.set(in_minutes(60))
    await trigger_due(recurring.runtime)
    found = await eventually(
        lambda: [1 for name, _ in told(backbone, user) if name == "ReminderTriggered"].__len__() >= 12
    )
    assert found
    assert [name for name, _ in told(backbone, user)].count("ReminderTriggered") == 12


async def test_due_reminders_that_were_not_sent_can_be_listed_by_the_sidecar_alone(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    body = {"user_id": user, "task_id": 7, "seq": 1, "title": "By hand", "due_date": in_minutes(10).isoformat()}
    answer = await recurring.client.post("/internal/schedules", json=body, headers=recurring.sidecar_headers)
    assert answer.json() == {"planned": True}
    again = await recurring.client.post("/internal/schedules", json=body, headers=recurring.sidecar_headers)
    assert again.json() == {"planned": False}
    other = await recurring.client.post(
        "/internal/schedules", json=body | {"task_id": 8}, headers=recurring.sidecar_headers
    )
    assert other.json() == {"planned": True}
    assert (await recurring.client.get("/internal/schedules/due", headers=recurring.auth(user))).status_code == 401
    async with recurring.runtime.database.transaction() as session:  # the clock leaves alone what somebody else is at
        await session.execute(select(Reminder).where(col(Reminder.user_id) == user).with_for_update())
        assert await due_tasks(recurring, user) == []
        clock.set(in_minutes(10))
        assert await due_tasks(recurring, user) == [7, 8]


async def due_tasks(recurring: OpenService, user: str) -> list[int]:
    found, cursor = [], ""
    while True:
        query = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        answer = await recurring.client.get("/internal/schedules/due", params=query, headers=recurring.sidecar_headers)
        page = answer.json()
        found += [item["task_id"] for item in page["items"] if item["user_id"] == user]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def test_a_missed_reminder_is_sent_although_the_task_was_changed_after_its_instant(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    task = Task(user, due_date=in_minutes(60), reminder_lead_time=0)
    await recurring.deliver(TOPIC, task.created())
    task.now = in_minutes(65)
    await recurring.deliver(TOPIC, task.updated(title="Changed while nobody looked at the clock"))
    clock.set(in_minutes(70))
    await trigger_due(recurring.runtime)
    assert await names(backbone, user, 2) == ["ReminderScheduled", "ReminderTriggered"]
    assert told(backbone, user)[1][1]["late_by_seconds"] == 600


async def test_a_reminder_whose_instant_had_passed_when_it_was_planned_is_sent_at_once_and_is_not_late(
    recurring: OpenService, backbone: Backbone, user: str
) -> None:
    task = Task(user, due_date=in_minutes(10), reminder_lead_time=30)
    await recurring.deliver(TOPIC, task.created())
    await trigger_due(recurring.runtime)
    assert await names(backbone, user, 2) == ["ReminderScheduled", "ReminderTriggered"]
    assert told(backbone, user)[1][1]["late_by_seconds"] == 0


async def test_a_clock_that_stands_is_seen(recurring: OpenService, clock: ManualClock, user: str) -> None:
    """By how long what it should have sent has been due: what is not sent is not late either."""
    await recurring.deliver(TOPIC, Task(user, due_date=in_minutes(10), reminder_lead_time=0).created())
    clock.set(in_minutes(12))
    measuring = asyncio.create_task(clocks.measure_overdue(recurring.runtime))
    await eventually(lambda: (REGISTRY.get_sample_value("todo_reminder_overdue_seconds") or 0) >= 120)
    measuring.cancel()
    await asyncio.wait([measuring])


async def test_the_clock_wakes_its_loop_from_within(recurring: OpenService, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []

    class Event(asyncio.Event):
        def set(self) -> None:
            threads.append(threading.get_ident())
            super().set()

    recurring.runtime.extras["reminders"] = Event()
    monkeypatch.setattr(clocks, "LOOK_EVERY_SECONDS", 0.05)
    looking = asyncio.create_task(clocks.remind(recurring.runtime))
    await eventually(lambda: threads)
    looking.cancel()
    await asyncio.wait([looking])
    assert set(threads) == {threading.get_ident()}


async def test_a_clock_that_would_look_in_half_a_minute_sends_what_is_planned_meanwhile_at_its_instant(
    open_service: Opener, backbone: Backbone, user: str
) -> None:
    async with open_service(service) as opened:
        await eventually(lambda: "reminders" in opened.runtime.extras)
        due = datetime.now(UTC) + timedelta(seconds=2)
        await opened.deliver(TOPIC, Task(user, due_date=due, reminder_lead_time=0).created())
        assert await names(backbone, user, 2) == ["ReminderScheduled", "ReminderTriggered"]
        assert told(backbone, user)[1][1]["late_by_seconds"] == 0
