"""A reminder becomes one notification, unless its task has moved on."""

import asyncio
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from notification_service.main import service
from notification_service.notifications import repository, texts
from notification_service.notifications.events import READ_AT_ONCE, notification_of
from tests.support import Backbone, Opener, OpenService, eventually
from tests.tasks import START, Task, in_minutes
from todo_kit.events import tasks
from todo_kit.events.envelope import Actor
from todo_kit.events.reminders import TOPIC, ReminderPayload, ReminderTriggered
from todo_kit.ids import uuid7
from todo_kit.reminders import Reminder


def reminder(
    user: str, seq: int = 1, remind_at: datetime = START, task_id: int = 1, late: int = 0
) -> ReminderTriggered:
    return ReminderTriggered(
        event_id=uuid7(),
        user_id=user,
        task_id=task_id,
        seq=seq,
        timestamp=START,
        actor=Actor(type="system", client="system"),
        correlation_id="test",
        payload=ReminderPayload(
            title="Water plants", due_date=remind_at, time_zone="Europe/Berlin", remind_at=remind_at, lead_time=0,
            late_by_seconds=late,
        ),
    )  # fmt: skip


async def listed(notifications: OpenService, user: str, **query: Any) -> dict[str, Any]:
    path = f"/api/{user}/notifications"
    answer = await notifications.client.get(path, params=query, headers=notifications.auth(user))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_reminder_that_comes_often_makes_one_notification(
    notifications: OpenService, open_service: Opener, backbone: Backbone, user: str
) -> None:
    event = reminder(user)
    async with open_service(service) as other:
        await asyncio.gather(*(replica.deliver(TOPIC, event, event) for replica in (notifications, other) * 3))
    found = await listed(notifications, user)
    assert [item["body"] for item in found["items"]] == ["Due Monday, 1 June 2026 at 08:00"]
    assert (found["items"][0]["task_id"], found["unread_count"], found["items"][0]["read"]) == (1, 1, False)
    told = await eventually(
        lambda: [e for e in backbone.log_of("task-updates") if e["key"] == f"{user}/1"],
    )
    assert [entry["event"]["type"] for entry in told] == ["NotificationCreated"]


async def test_a_late_reminder_says_so(notifications: OpenService, user: str) -> None:
    await notifications.deliver(TOPIC, reminder(user, late=7300))
    assert (await listed(notifications, user))["items"][0]["body"].endswith("This reminder is 2 hours late")


@pytest.mark.parametrize("reminder_first", [True, False])
async def test_the_version_decides_which_of_two_topics_was_right(
    notifications: OpenService, user: str, *, reminder_first: bool
) -> None:
    task = Task(user, due_date=START, reminder_lead_time=0)
    created, completed = task.created(), task.completed()
    late_reminder, newer = reminder(user, seq=1), reminder(user, seq=4)
    if not reminder_first:
        await notifications.deliver(tasks.TOPIC, created, completed)
    await notifications.deliver(TOPIC, late_reminder)
    if reminder_first:
        await notifications.deliver(tasks.TOPIC, completed, created)
    expected = 1 if reminder_first else 0
    assert len((await listed(notifications, user))["items"]) == expected
    await notifications.deliver(TOPIC, newer)
    assert len((await listed(notifications, user))["items"]) == expected + 1


async def test_a_change_that_leaves_the_reminder_as_it_is_does_not_suppress_it(
    notifications: OpenService, user: str
) -> None:
    task = Task(user, due_date=START, reminder_lead_time=0)
    await notifications.deliver(tasks.TOPIC, task.created(), task.updated(title="renamed"))
    await notifications.deliver(TOPIC, reminder(user, seq=1))
    assert len((await listed(notifications, user))["items"]) == 1
    await notifications.deliver(tasks.TOPIC, task.updated(due_date=in_minutes(60)))
    await notifications.deliver(TOPIC, reminder(user, seq=2))
    assert len((await listed(notifications, user))["items"]) == 1


async def test_a_reminder_of_an_older_version_counts_if_it_is_one_of_those_that_the_task_still_wants(
    notifications: OpenService, user: str
) -> None:
    reminders = [{"minutes_before": 60}, {"at": START.isoformat()}]
    task = Task(user, due_date=in_minutes(600), reminder_lead_time=60, reminders=reminders)
    await notifications.deliver(tasks.TOPIC, task.created(), task.updated(title="renamed"))
    event = reminder(user, seq=1)
    at = event.payload.model_copy(update={"due_date": in_minutes(600), "reminder": Reminder(at=START)})
    await notifications.deliver(TOPIC, event.model_copy(update={"payload": at}))
    assert len((await listed(notifications, user))["items"]) == 1
    other = event.model_copy(update={"event_id": uuid7(), "payload": at.model_copy(update={"reminder": None})})
    await notifications.deliver(TOPIC, other)
    assert len((await listed(notifications, user))["items"]) == 1


async def test_reading_is_idempotent_and_told_to_open_pages(
    notifications: OpenService, backbone: Backbone, user: str
) -> None:
    await notifications.deliver(TOPIC, *(reminder(user, task_id=i) for i in range(1, 4)))
    items = (await listed(notifications, user))["items"]
    path, auth = f"/api/{user}/notifications", notifications.auth(user)
    first = await notifications.client.patch(f"{path}/{items[0]['id']}/mark_read", headers=auth)
    again = await notifications.client.patch(f"{path}/{items[0]['id']}/mark_read", headers=auth)
    assert first.json() == again.json()
    assert first.json()["read"] is True
    assert len((await listed(notifications, user, unread_only=True))["items"]) == 2
    assert (await notifications.client.post(f"{path}/mark_all_read", headers=auth)).json() == {"count": 2}
    assert (await notifications.client.post(f"{path}/mark_all_read", headers=auth)).json() == {"count": 0}
    assert (await listed(notifications, user))["unread_count"] == 0
    told = await eventually(
        lambda: len(x := [e for e in backbone.log_of("task-updates") if e["key"] == f"{user}/0"]) == 2 and x
    )
    assert [len(entry["event"]["data"]["payload"]["ids"]) for entry in told] == [1, 2]
    unknown = await notifications.client.patch(f"{path}/{uuid4()}/mark_read", headers=auth)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "notification_not_found")
    theirs = await notifications.client.patch(
        f"/api/mallory/notifications/{items[1]['id']}/mark_read", headers=notifications.auth("mallory")
    )
    assert theirs.status_code == 404


async def test_many_that_are_read_at_once_are_told_in_events_of_a_size_that_a_broker_takes(
    notifications: OpenService, backbone: Backbone, user: str
) -> None:
    count = READ_AT_ONCE * 2 + 1
    async with notifications.runtime.database.transaction() as session:
        await repository.add(session, [notification_of(reminder(user), START) for _ in range(count)])
    path, auth = f"/api/{user}/notifications/mark_all_read", notifications.auth(user)
    assert (await notifications.client.post(path, headers=auth)).json() == {"count": count}
    told = await eventually(
        lambda: len(x := [e for e in backbone.log_of("task-updates") if e["key"] == f"{user}/0"]) == 3 and x
    )
    ids = [entry["event"]["data"]["payload"]["ids"] for entry in told]
    assert [len(some) for some in ids] == [READ_AT_ONCE, READ_AT_ONCE, 1]
    assert len({one for some in ids for one in some}) == count


async def test_pages_stay_right_while_new_ones_come(notifications: OpenService, user: str) -> None:
    await notifications.deliver(TOPIC, *(reminder(user, task_id=i) for i in range(1, 6)))
    first = await listed(notifications, user, limit=3)
    await notifications.deliver(TOPIC, reminder(user, task_id=9))
    second = await listed(notifications, user, limit=3, cursor=first["next_cursor"])
    assert len({item["id"] for page in (first, second) for item in page["items"]}) == 5


async def test_another_service_can_notify_once(notifications: OpenService, user: str) -> None:
    body = {"user_id": user, "event_id": str(uuid4()), "title": "Hello"}
    for created in (True, False):
        answer = await notifications.client.post(
            "/internal/notifications", json=body, headers=notifications.sidecar_headers
        )
        assert answer.json() == {"created": created}
    assert (await notifications.client.post("/internal/notifications", json=body)).status_code == 401


def test_wording() -> None:
    all_day = ReminderPayload(
        title="x", due_date=date(2026, 6, 2), time_zone="Asia/Tokyo", remind_at=START, lead_time=0
    )
    assert texts.body(all_day) == "Due Tuesday, 2 June 2026"
    assert [texts.span(s) for s in (1, 59, 60, 3600, 86400 * 3)] == [
        "1 second",
        "59 seconds",
        "1 minute",
        "1 hour",
        "3 days",
    ]


async def test_what_is_known_of_any_number_of_tasks_is_asked_for_at_once(notifications: OpenService, user: str) -> None:
    await notifications.deliver(tasks.TOPIC, Task(user).created())
    async with notifications.runtime.database.transaction() as session:
        found = await repository.states_of(session, [(user, number) for number in range(40_000)])
    assert list(found) == [(user, 1)]
