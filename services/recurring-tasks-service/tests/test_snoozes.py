"""A reminder is sent again when its user wants it; the due date of the task stays as it is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from recurring_tasks_service.schedules.clock import next_within, trigger_due
from recurring_tasks_service.schedules.models import FurtherReminder, Snooze
from recurring_tasks_service.schedules.rebuild import projection
from tests.support import Backbone, ManualClock, OpenService, eventually
from tests.tasks import Task, in_minutes
from todo_kit.events.reminders import ReminderEvent, ReminderSnoozed, ReminderTriggered, SnoozeCancelled
from todo_kit.events.tasks import TOPIC, TaskEvent


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


async def cancel(recurring: OpenService, user: str, task_id: int = 1) -> httpx.Response:
    return await recurring.client.delete(f"/api/{user}/reminders/{task_id}/snooze", headers=recurring.auth(user))


async def pending(recurring: OpenService, user: str, **query: int) -> list[tuple[int, str, str]]:
    answer = await recurring.client.get(f"/api/{user}/reminders/snoozes", params=query, headers=recurring.auth(user))
    return [(each["task_id"], each["until"], each["title"]) for each in answer.json()["items"]]


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


CHANGES: dict[str, Callable[[Task], TaskEvent]] = {
    "completed": Task.completed,
    "deleted": Task.deleted,
    "moved": lambda task: task.updated(due_date=in_minutes(3000)),
    "moved into the past": lambda task: task.updated(due_date=in_minutes(10)),
    "without a reminder": lambda task: task.updated(reminder_lead_time=None),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_it_is_not_sent_for_a_task_that_is_over_or_has_another_date(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str, task: Task, change: str
) -> None:
    await reminded(recurring, clock, task)
    await snooze(recurring, user, in_minutes(40))
    await recurring.deliver(TOPIC, CHANGES[change](task))
    clock.set(in_minutes(45))
    assert await trigger_due(recurring.runtime) == 0
    kinds = [kind for kind, *_ in await told(backbone, user, 4)]
    assert kinds.count("ReminderCancelled") == 1
    assert kinds.count("ReminderTriggered") == 1


@pytest.mark.parametrize("change", CHANGES)
async def test_the_reminder_of_a_task_that_is_over_or_has_another_date_cannot_be_snoozed(
    recurring: OpenService, clock: ManualClock, user: str, task: Task, change: str
) -> None:
    await reminded(recurring, clock, task)
    await recurring.deliver(TOPIC, CHANGES[change](task))
    answer = await snooze(recurring, user, in_minutes(40))
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_snooze")


async def test_a_reopened_task_is_not_reminded_of_again_and_its_reminder_can_be_snoozed(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    await recurring.deliver(TOPIC, task.completed())
    await recurring.deliver(TOPIC, task.reopened())
    assert await trigger_due(recurring.runtime) == 0
    assert (await snooze(recurring, user, in_minutes(40))).status_code == 200
    clock.set(in_minutes(40))
    assert await trigger_due(recurring.runtime) == 1
    assert len(await told(backbone, user, 4)) == 4


async def test_a_pending_one_is_listed_and_can_be_cancelled(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    assert await pending(recurring, user) == []
    await snooze(recurring, user, in_minutes(40))
    assert await pending(recurring, user) == [(1, "2026-06-01T06:40:00Z", task.created().payload.title)]
    assert await pending(recurring, user, task_id=2) == []
    assert (await cancel(recurring, user)).status_code == 204
    assert await pending(recurring, user) == []
    clock.set(in_minutes(45))
    assert await trigger_due(recurring.runtime) == 0
    assert (await told(backbone, user, 4))[-1] == ("SnoozeCancelled", "2026-06-01T06:40:00Z", "2026-06-01T07:00:00Z")
    again = await cancel(recurring, user)
    assert (again.status_code, again.json()["code"]) == (409, "no_snooze")
    assert (await snooze(recurring, user, in_minutes(50))).status_code == 200


async def test_one_that_was_sent_cannot_be_cancelled_and_is_not_listed(
    recurring: OpenService, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    await snooze(recurring, user, in_minutes(40))
    clock.set(in_minutes(40))
    await trigger_due(recurring.runtime)
    assert await pending(recurring, user) == []
    assert (await cancel(recurring, user)).status_code == 409


async def test_what_is_due_and_not_sent_contains_snoozes(
    recurring: OpenService, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    await snooze(recurring, user, in_minutes(40))
    clock.set(in_minutes(41))
    due = (await recurring.client.get("/internal/schedules/due", headers=recurring.sidecar_headers)).json()["items"]
    assert [each["remind_at"] for each in due if each["user_id"] == user] == ["2026-06-01T06:40:00Z"]


async def test_a_rebuild_keeps_what_the_trail_does_not_have_yet(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str, task: Task
) -> None:
    """A snooze, and that one was sent. A snooze that was followed by the completion of its task stays cancelled."""
    history = [task.created()]
    await recurring.deliver(TOPIC, *history)
    clock.set(in_minutes(30))
    await trigger_due(recurring.runtime)
    sent = await last_event(backbone, user, ReminderTriggered)

    async def rebuilt(*events: Any) -> list[tuple[str, datetime]]:
        async with recurring.runtime.database.transaction() as session:
            await projection.versions(session, user)
            await projection.forget(session, user, [1])
            for event in events:
                await projection.replay(recurring.runtime, session, [event])
            assert projection.finish
            await projection.finish(session, user, [1])
        async with recurring.runtime.database.autocommit() as session:
            rows = (await session.execute(select(Snooze).where(col(Snooze.user_id) == user))).scalars()
            return [(row.state, row.remind_at) for row in rows]

    await snooze(recurring, user, in_minutes(40))
    assert await rebuilt(*history, sent) == [("scheduled", in_minutes(40))]
    snoozed = await last_event(backbone, user, ReminderSnoozed)
    await snooze(recurring, user, in_minutes(45))
    assert await rebuilt(*history, sent, snoozed) == [("scheduled", in_minutes(45))]
    clock.set(in_minutes(45))
    await trigger_due(recurring.runtime)
    again = await last_event(backbone, user, ReminderSnoozed, in_minutes(45))
    assert await rebuilt(*history, sent, snoozed, again) == [("triggered", in_minutes(45))]
    assert await rebuilt(*history, sent, task.completed(), snoozed, again) == []


async def test_a_rebuild_does_not_bring_a_cancelled_one_back(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    await snooze(recurring, user, in_minutes(40))
    await cancel(recurring, user)
    cancelled = await last_event(backbone, user, SnoozeCancelled)
    trail = [await last_event(backbone, user, contract) for contract in (ReminderTriggered, ReminderSnoozed)]
    for events in (trail, [*trail, cancelled]):
        async with recurring.runtime.database.transaction() as session:
            await projection.versions(session, user)
            await projection.forget(session, user, [1])
            for event in (task.created(), *events):
                await projection.replay(recurring.runtime, session, [event])
            assert projection.finish
            await projection.finish(session, user, [1])
        assert await pending(recurring, user) == []


async def test_another_change_of_the_task_keeps_it_with_the_new_title(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str, task: Task
) -> None:
    await reminded(recurring, clock, task)
    await recurring.deliver(TOPIC, task.updated(title="A title"))
    await snooze(recurring, user, in_minutes(40))
    assert (await payload_of_last(backbone, user, 3))["title"] == "A title"
    await recurring.deliver(TOPIC, task.updated(title="Another title"))
    clock.set(in_minutes(40))
    await trigger_due(recurring.runtime)
    assert (await payload_of_last(backbone, user, 4))["title"] == "Another title"


async def last_event(
    backbone: Backbone, user: str, contract: type[ReminderEvent], remind_at: datetime | None = None
) -> ReminderEvent:
    def found() -> list[ReminderEvent]:
        entries = [entry["event"] for entry in backbone.log_of("reminders") if entry["key"].startswith(f"{user}/")]
        kind = contract.model_fields["event_type"].default
        events = [contract.model_validate(entry["data"]) for entry in entries if entry["type"] == kind]
        return [event for event in events if remind_at in (None, event.payload.remind_at)]

    return (await eventually(found))[-1]


async def payload_of_last(backbone: Backbone, user: str, count: int) -> dict[str, Any]:
    await told(backbone, user, count)
    entries = [entry["event"] for entry in backbone.log_of("reminders") if entry["key"].startswith(f"{user}/")]
    payload: dict[str, Any] = entries[-1]["data"]["payload"]
    return payload


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


async def snoozed_until_the_next_reminder(recurring: OpenService, clock: ManualClock, user: str) -> None:
    """The first of two reminders was sent and snoozed until the instant of the second, which is now."""
    both = [{"minutes_before": 30}, {"minutes_before": 20}]
    task = Task(user, due_date=in_minutes(60), reminder_lead_time=30, reminders=both)
    await recurring.deliver(TOPIC, task.created())
    clock.set(in_minutes(30))
    await trigger_due(recurring.runtime)
    await snooze(recurring, user, in_minutes(40))
    clock.set(in_minutes(40))


async def test_a_snooze_until_the_instant_of_another_reminder_is_sent_with_it_as_one(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    await snoozed_until_the_next_reminder(recurring, clock, user)
    await trigger_due(recurring.runtime)
    assert await pending(recurring, user) == []
    kinds = [kind for kind, *_ in await told(backbone, user, 5)]
    assert kinds.count("ReminderTriggered") == 2


async def test_a_replica_leaves_a_snooze_to_the_one_that_sends_the_reminder_of_the_same_instant(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    await snoozed_until_the_next_reminder(recurring, clock, user)
    async with recurring.runtime.database.transaction() as other_replica:
        rows = select(FurtherReminder).where(col(FurtherReminder.user_id) == user).with_for_update()
        assert len((await other_replica.execute(rows)).all()) == 1
        await trigger_due(recurring.runtime)
        assert len(await pending(recurring, user)) == 1
    await trigger_due(recurring.runtime)
    assert await pending(recurring, user) == []
    kinds = [kind for kind, *_ in await told(backbone, user, 5)]
    assert kinds.count("ReminderTriggered") == 2
