"""Reminders of all-day tasks come at a time of day that the person sets, 09:00 by default."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from recurring_tasks_service.main import service
from recurring_tasks_service.schedules import rebuild
from recurring_tasks_service.schedules.clock import trigger_due
from recurring_tasks_service.schedules.models import Reminder
from tests.support import ManualClock, Opener, OpenService, eventually
from tests.tasks import START, Task, in_minutes, settings_changed
from todo_kit.events.reminders import ReminderPayload, ReminderTriggered
from todo_kit.events.tasks import TOPIC
from todo_kit.ids import uuid7

TOMORROW = date(2026, 6, 2)


def all_day(user: str, task_id: int = 1, **fields: Any) -> Task:
    return Task(user, task_id=task_id, **{"due_date": TOMORROW, "reminder_lead_time": 0} | fields)


async def reminders(recurring: OpenService, user: str) -> list[tuple[str, str]]:
    """State and instant, by task."""
    async with recurring.runtime.database.transaction() as session:
        query = select(Reminder).where(col(Reminder.user_id) == user).order_by(col(Reminder.task_id))
        rows = (await session.execute(query)).scalars().all()
    for row in rows:
        assert ReminderPayload.model_validate(row.payload).remind_at == row.remind_at
    return [(row.state, f"{row.remind_at:%m-%d %H:%M}") for row in rows]


async def send_due(recurring: OpenService, user: str) -> list[tuple[str, str]]:
    """Sends what is due and returns the reminders, once one is sent: the service's own loop may have claimed it."""
    await trigger_due(recurring.runtime)

    async def sent() -> list[tuple[str, str]]:
        found = await reminders(recurring, user)
        return found if "triggered" in dict(found) else []

    found: list[tuple[str, str]] = await eventually(sent)
    return found


async def test_the_lead_time_counts_from_nine_in_the_tasks_zone(recurring: OpenService, user: str) -> None:
    leads = [0, 60, 1440, 7 * 1440]
    for task_id, lead in enumerate(leads, 1):
        task = all_day(user, task_id, time_zone="Asia/Tokyo", reminder_lead_time=lead, due_date=date(2026, 6, 20))
        await recurring.deliver(TOPIC, task.created())
    expected = ["06-20 00:00", "06-19 23:00", "06-19 00:00", "06-13 00:00"]
    assert await reminders(recurring, user) == [("scheduled", at) for at in expected]


async def test_another_time_moves_what_is_scheduled_and_holds_for_what_follows(
    recurring: OpenService, user: str
) -> None:
    timed = Task(user, task_id=2, due_date=in_minutes(180), reminder_lead_time=0)
    await recurring.deliver(TOPIC, all_day(user).created(), timed.created())
    await recurring.deliver(TOPIC, settings_changed(user, 2, "18:30"))
    await recurring.deliver(
        TOPIC, settings_changed(user, 1, "07:00"), all_day(user, 3, reminder_lead_time=1440).created()
    )
    expected = ["06-02 18:30", "06-01 09:00", "06-01 18:30"]
    assert await reminders(recurring, user) == [("scheduled", at) for at in expected]


async def test_settings_and_tasks_that_arrive_together_end_at_the_same_time(
    recurring: OpenService, open_service: Opener, clock: ManualClock, user: str
) -> None:
    async with open_service(service, clock) as other:
        for seq in range(1, 6):
            at = f"{9 + seq}:00"
            tasks = [all_day(user, 10 * seq + number) for number in range(5)]
            await asyncio.gather(
                recurring.deliver(TOPIC, *(task.created() for task in tasks)),
                other.deliver(TOPIC, settings_changed(user, seq, at)),
            )
            assert set(await reminders(recurring, user)) == {("scheduled", f"06-02 {at}")}


async def test_a_sent_reminder_is_not_sent_again_at_the_new_time(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    task = all_day(user)
    await recurring.deliver(TOPIC, task.created())
    clock.set(START + timedelta(days=1, hours=4))
    await send_due(recurring, user)
    task.now = clock.now()
    await recurring.deliver(TOPIC, settings_changed(user, 1, "18:00"), task.updated(title="Renamed"))
    assert await reminders(recurring, user) == [("triggered", "06-02 09:00")]


async def test_a_reminder_of_today_is_sent_at_once_after_its_time_but_not_after_its_day(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    clock.set(START + timedelta(hours=6))
    today, yesterday = all_day(user, 1, due_date=START.date()), all_day(user, 2, due_date=date(2026, 5, 31))
    today.now = yesterday.now = clock.now()
    await recurring.deliver(TOPIC, today.created(), yesterday.created())
    assert await send_due(recurring, user) == [("triggered", "06-01 09:00")]


@pytest.mark.parametrize("settings_are_known", [True, False])
async def test_a_rebuild_schedules_by_the_settings_and_sends_nothing_twice(
    recurring: OpenService, clock: ManualClock, user: str, *, settings_are_known: bool
) -> None:
    task, sent = all_day(user), all_day(user, 2, due_date=START.date())
    history = [task.created(), sent.created(), settings_changed(user, 1, "18:00", in_minutes(300))]
    if settings_are_known:
        await recurring.deliver(TOPIC, *history)
    clock.set(START + timedelta(hours=5))
    triggered = ReminderTriggered.model_validate(
        history[1].model_dump() | {
            "event_type": "ReminderTriggered", "event_id": uuid7(),
            "payload": ReminderPayload(
                title="x", due_date=START.date(), time_zone="UTC", remind_at=in_minutes(180), lead_time=0
            ),
        }
    )  # fmt: skip
    async with recurring.runtime.database.transaction() as session:
        await rebuild.versions(session, user)
        await rebuild.forget(session, user, [1, 2])
        await rebuild.replay(recurring.runtime, session, history)
        await rebuild.replay(recurring.runtime, session, [triggered])
        await rebuild.finish(session, user, [1, 2])
    assert await reminders(recurring, user) == [("scheduled", "06-02 18:00"), ("triggered", "06-01 18:00")]


async def test_the_preview_says_when_the_person_is_reminded(recurring: OpenService, user: str) -> None:
    await recurring.deliver(TOPIC, settings_changed(user, 1, "18:30"))
    request = {"due_date": "2026-03-28", "time_zone": "Europe/Berlin", "recurrence_pattern": "daily", "count": 2}
    answer = await recurring.client.post(
        f"/api/{user}/recurrence/preview", json=request | {"reminder_lead_time": 1440}, headers=recurring.auth(user)
    )
    assert [each["remind_at"] for each in answer.json()["occurrences"]] == [
        "2026-03-28T17:30:00Z",
        "2026-03-29T16:30:00Z",
    ]
