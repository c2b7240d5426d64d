"""A task may have several reminders: minutes before, a time on an earlier day, and an instant."""

from datetime import date, datetime
from typing import Any

import pytest

from recurring_tasks_service.schedules.clock import trigger_due
from recurring_tasks_service.schedules.rebuild import projection
from tests.support import Backbone, ManualClock, OpenService, eventually
from tests.tasks import START, Task, in_minutes, settings_changed
from todo_kit.events.tasks import TOPIC

DUE = in_minutes(3 * 24 * 60)
"""Thursday, 4 June 2026, 6:00 UTC."""
HOUR, EVENING, NOON = {"minutes_before": 60}, {"days_before": 1, "time": "18:00"}, {"at": "2026-06-02T12:00:00Z"}


def timed(user: str, *reminders: dict[str, Any], **fields: Any) -> Task:
    return Task(user, **{"due_date": DUE, **listed(*reminders), **fields})


def listed(*reminders: dict[str, Any]) -> dict[str, Any]:
    lead_time = next((each["minutes_before"] for each in reminders if "minutes_before" in each), None)
    return {"reminder_lead_time": lead_time, "reminders": list(reminders)}


async def told(backbone: Backbone, user: str, count: int) -> list[tuple[str, str]]:
    """What happened to reminders, and their instants."""

    def events() -> list[tuple[str, str]]:
        entries = [entry["event"] for entry in backbone.log_of("reminders") if entry["key"].startswith(f"{user}/")]
        return [(entry["type"].removeprefix("Reminder"), entry["data"]["payload"]["remind_at"]) for entry in entries]

    await eventually(lambda: len(events()) >= count)
    return events()


async def sent_at(recurring: OpenService, clock: ManualClock, *instants: datetime) -> list[int]:
    """The number of reminders sent at each instant."""
    counts = []
    for instant in instants:
        clock.set(instant)
        counts.append(await trigger_due(recurring.runtime))
    return counts


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-06-0{text}+00:00")


async def test_each_of_them_is_sent_once_at_its_instant(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    await recurring.deliver(TOPIC, timed(user, HOUR, EVENING, NOON, time_zone="Europe/Berlin").created())
    scheduled = {"2026-06-04T05:00:00Z", "2026-06-03T16:00:00Z", "2026-06-02T12:00:00Z"}
    assert set(await told(backbone, user, 3)) == {("Scheduled", instant) for instant in scheduled}
    instants = [at("2T11:59"), at("2T12:00"), at("3T15:59"), at("3T16:00"), at("4T04:59"), at("4T05:00"), at("5T06:00")]
    assert await sent_at(recurring, clock, *instants) == [0, 1, 0, 1, 0, 1, 0]


async def test_a_new_date_moves_all_but_the_instant(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    task = timed(user, HOUR, EVENING, NOON)
    await recurring.deliver(TOPIC, task.created())
    assert await sent_at(recurring, clock, at("2T12:00")) == [1]
    task.now = at("2T13:00")
    await recurring.deliver(TOPIC, task.updated(due_date=at("5T06:00")))
    assert (await told(backbone, user, 6))[-2:] == [
        ("Scheduled", "2026-06-05T05:00:00Z"), ("Scheduled", "2026-06-04T18:00:00Z"),
    ]  # fmt: skip
    instants = [at("3T18:00"), at("4T05:00"), at("4T18:00"), at("5T05:00")]
    assert await sent_at(recurring, clock, *instants) == [0, 0, 1, 1]


async def test_one_that_is_taken_away_is_cancelled_and_the_others_stay(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    task = timed(user, HOUR, EVENING)
    await recurring.deliver(TOPIC, task.created())
    await recurring.deliver(TOPIC, task.updated(**listed(EVENING)))
    assert (await told(backbone, user, 3))[-1] == ("Cancelled", "2026-06-04T05:00:00Z")
    assert await sent_at(recurring, clock, at("3T18:00"), at("5T06:00")) == [1, 0]


@pytest.mark.parametrize("over", ["completed", "deleted"])
async def test_none_is_sent_for_a_task_that_is_over(
    recurring: OpenService, clock: ManualClock, user: str, over: str
) -> None:
    task = timed(user, HOUR, EVENING, NOON)
    await recurring.deliver(TOPIC, task.created())
    await recurring.deliver(TOPIC, getattr(task, over)())
    assert await sent_at(recurring, clock, at("5T06:00")) == [0]


async def test_two_at_the_same_instant_are_sent_as_one(recurring: OpenService, clock: ManualClock, user: str) -> None:
    same = {"days_before": 0, "time": "05:00"}, {"at": "2026-06-04T05:00:00Z"}
    await recurring.deliver(TOPIC, timed(user, HOUR, *same).created())
    assert await sent_at(recurring, clock, at("4T05:00")) == [1]


async def test_of_those_that_have_passed_when_the_task_is_made_none_is_sent_if_another_lies_ahead(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    week, month = {"minutes_before": 7 * 24 * 60}, {"minutes_before": 30 * 24 * 60}
    await recurring.deliver(TOPIC, timed(user, month, week, HOUR).created())
    assert await sent_at(recurring, clock, START, at("4T05:00")) == [0, 1]


async def test_if_all_have_passed_the_latest_is_sent_at_once(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    week, month = {"minutes_before": 7 * 24 * 60}, {"minutes_before": 30 * 24 * 60}
    await recurring.deliver(TOPIC, timed(user, month, week).created())
    once = [("Scheduled", "2026-05-28T06:00:00Z"), ("Triggered", "2026-05-28T06:00:00Z")]
    assert await told(backbone, user, 2) == once
    assert await sent_at(recurring, clock, at("5T06:00")) == [0]


async def test_the_time_for_all_day_tasks_moves_only_those_in_minutes(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    task = timed(user, {"minutes_before": 0}, {"minutes_before": 1440}, EVENING, due_date=date(2026, 6, 4))
    await recurring.deliver(TOPIC, task.created())
    await recurring.deliver(TOPIC, settings_changed(user, 1, "07:00"))
    instants = [at("3T06:59"), at("3T07:00"), at("3T17:59"), at("3T18:00"), at("4T06:59"), at("4T07:00")]
    assert await sent_at(recurring, clock, *instants) == [0, 1, 0, 1, 0, 1]


async def test_the_latest_one_is_snoozed(recurring: OpenService, clock: ManualClock, user: str) -> None:
    task = timed(user, HOUR, EVENING, NOON)
    await recurring.deliver(TOPIC, task.created())
    assert await sent_at(recurring, clock, at("2T12:00"), at("3T18:00")) == [1, 1]
    path, until = f"/api/{user}/reminders/1/snooze", {"until": "2026-06-03T19:00:00Z"}
    assert (await recurring.client.post(path, json=until, headers=recurring.auth(user))).status_code == 200
    task.now = at("3T18:30")
    await recurring.deliver(TOPIC, task.updated(**listed(HOUR, EVENING)))
    assert await sent_at(recurring, clock, at("3T19:00"), at("4T05:00")) == [1, 1]


async def test_a_rebuild_does_not_send_again_what_was_sent(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    created = timed(user, HOUR, EVENING, NOON).created()
    await recurring.deliver(TOPIC, created)
    assert await sent_at(recurring, clock, at("2T12:00"), at("3T18:00")) == [1, 1]
    async with recurring.runtime.database.transaction() as session:
        await projection.versions(session, user)
        await projection.forget(session, user, [1])
        await projection.replay(recurring.runtime, session, [created])
        assert projection.finish
        await projection.finish(session, user, [1])
    assert await sent_at(recurring, clock, at("3T18:01"), at("4T05:00")) == [0, 1]
