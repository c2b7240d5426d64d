"""A task may have several reminders: minutes before, a time on an earlier day, and an instant."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from recurring_tasks_service.schedules.clock import TABLES, trigger_due
from recurring_tasks_service.schedules.models import FurtherReminder, Reminder, Scheduled
from recurring_tasks_service.schedules.rebuild import projection
from tests.support import Backbone, ManualClock, OpenService, eventually
from tests.tasks import START, Task, in_minutes, settings_changed
from todo_kit.events.tasks import TOPIC, TaskEvent

DUE = in_minutes(3 * 24 * 60)
"""Thursday, 4 June 2026, 6:00 UTC."""
DAY = {"minutes_before": 1440}
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


async def sent_at(recurring: OpenService, user: str, clock: ManualClock, *instants: datetime) -> list[int]:
    """The number of the user's reminders that are sent at each instant."""
    counts = []
    for instant in instants:
        clock.set(instant)
        async with recurring.runtime.database.autocommit() as session:
            counts.append(sum([await due(session, table, user, instant) for table in TABLES]))
        await trigger_due(recurring.runtime)
    return counts


async def due(session: AsyncSession, table: type[Scheduled], user: str, instant: datetime) -> int:
    query = select(func.count()).select_from(table).where(col(table.user_id) == user, col(table.state) == "scheduled")
    return int((await session.execute(query.where(col(table.remind_at) <= instant))).scalar_one())


async def rebuilt(recurring: OpenService, user: str, *events: TaskEvent) -> None:
    async with recurring.runtime.database.transaction() as session:
        await projection.versions(session, user)
        await projection.forget(session, user, [1])
        await projection.replay(recurring.runtime, session, events)
        assert projection.finish
        await projection.finish(session, user, [1])


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-06-0{text}+00:00")


async def test_each_of_them_is_sent_once_at_its_instant(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    await recurring.deliver(TOPIC, timed(user, HOUR, EVENING, NOON, time_zone="Europe/Berlin").created())
    scheduled = {"2026-06-04T05:00:00Z", "2026-06-03T16:00:00Z", "2026-06-02T12:00:00Z"}
    assert set(await told(backbone, user, 3)) == {("Scheduled", instant) for instant in scheduled}
    instants = [at("2T11:59"), at("2T12:00"), at("3T15:59"), at("3T16:00"), at("4T04:59"), at("4T05:00"), at("5T06:00")]
    assert await sent_at(recurring, user, clock, *instants) == [0, 1, 0, 1, 0, 1, 0]


async def test_a_new_date_moves_all_but_the_instant(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    task = timed(user, HOUR, EVENING, NOON)
    await recurring.deliver(TOPIC, task.created())
    assert await sent_at(recurring, user, clock, at("2T12:00")) == [1]
    task.now = at("2T13:00")
    await recurring.deliver(TOPIC, task.updated(due_date=at("5T06:00")))
    assert (await told(backbone, user, 6))[-2:] == [
        ("Scheduled", "2026-06-05T05:00:00Z"), ("Scheduled", "2026-06-04T18:00:00Z"),
    ]  # fmt: skip
    instants = [at("3T18:00"), at("4T05:00"), at("4T18:00"), at("5T05:00")]
    assert await sent_at(recurring, user, clock, *instants) == [0, 0, 1, 1]


async def test_one_that_is_taken_away_is_cancelled_and_the_others_stay(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    task = timed(user, HOUR, EVENING)
    await recurring.deliver(TOPIC, task.created())
    await recurring.deliver(TOPIC, task.updated(**listed(EVENING)))
    assert (await told(backbone, user, 3))[-1] == ("Cancelled", "2026-06-04T05:00:00Z")
    assert await sent_at(recurring, user, clock, at("3T18:00"), at("5T06:00")) == [1, 0]


@pytest.mark.parametrize("over", ["completed", "deleted"])
async def test_none_is_sent_for_a_task_that_is_over(
    recurring: OpenService, clock: ManualClock, user: str, over: str
) -> None:
    task = timed(user, HOUR, EVENING, NOON)
    await recurring.deliver(TOPIC, task.created())
    await recurring.deliver(TOPIC, getattr(task, over)())
    assert await sent_at(recurring, user, clock, at("5T06:00")) == [0]


async def test_two_at_the_same_instant_are_sent_as_one(recurring: OpenService, clock: ManualClock, user: str) -> None:
    same = {"days_before": 0, "time": "05:00"}, {"at": "2026-06-04T05:00:00Z"}
    await recurring.deliver(TOPIC, timed(user, HOUR, *same).created())
    assert await sent_at(recurring, user, clock, at("4T05:00")) == [1]


async def test_of_those_that_have_passed_when_the_task_is_made_none_is_sent_if_another_lies_ahead(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    week, month = {"minutes_before": 7 * 24 * 60}, {"minutes_before": 30 * 24 * 60}
    await recurring.deliver(TOPIC, timed(user, month, week, HOUR).created())
    assert await sent_at(recurring, user, clock, START, at("4T05:00")) == [0, 1]


async def test_if_all_have_passed_the_latest_is_sent_at_once(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    week, month = {"minutes_before": 7 * 24 * 60}, {"minutes_before": 30 * 24 * 60}
    await recurring.deliver(TOPIC, timed(user, month, week).created())
    once = [("Scheduled", "2026-05-28T06:00:00Z"), ("Triggered", "2026-05-28T06:00:00Z")]
    assert await told(backbone, user, 2) == once
    assert await sent_at(recurring, user, clock, at("5T06:00")) == [0]


async def test_the_time_for_all_day_tasks_moves_only_those_in_minutes(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    task = timed(user, {"minutes_before": 0}, {"minutes_before": 1440}, EVENING, due_date=date(2026, 6, 4))
    await recurring.deliver(TOPIC, task.created())
    await recurring.deliver(TOPIC, settings_changed(user, 1, "07:00"))
    instants = [at("3T06:59"), at("3T07:00"), at("3T17:59"), at("3T18:00"), at("4T06:59"), at("4T07:00")]
    assert await sent_at(recurring, user, clock, *instants) == [0, 1, 0, 1, 0, 1]


async def test_the_latest_one_is_snoozed(recurring: OpenService, clock: ManualClock, user: str) -> None:
    task = timed(user, HOUR, EVENING, NOON)
    await recurring.deliver(TOPIC, task.created())
    assert await sent_at(recurring, user, clock, at("2T12:00"), at("3T18:00")) == [1, 1]
    path, until = f"/api/{user}/reminders/1/snooze", {"until": "2026-06-03T19:00:00Z"}
    assert (await recurring.client.post(path, json=until, headers=recurring.auth(user))).status_code == 200
    task.now = at("3T18:30")
    await recurring.deliver(TOPIC, task.updated(**listed(HOUR, EVENING)))
    assert await sent_at(recurring, user, clock, at("3T19:00"), at("4T05:00")) == [1, 1]


async def test_a_rebuild_does_not_send_again_what_was_sent(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    created = timed(user, HOUR, EVENING, NOON).created()
    await recurring.deliver(TOPIC, created)
    assert await sent_at(recurring, user, clock, at("2T12:00"), at("3T18:00")) == [1, 1]
    await rebuilt(recurring, user, created)
    assert await sent_at(recurring, user, clock, at("3T18:01"), at("4T05:00")) == [0, 1]


EDITS: dict[str, list[list[dict[str, Any]]]] = {
    "another one is taken away": [[HOUR, DAY], [DAY]],
    "it is taken away and put back": [[HOUR, DAY], [HOUR], [HOUR, DAY]],
    "their order changes": [[DAY, HOUR], [HOUR, DAY], [DAY, HOUR]],
    "one comes in front": [[DAY], [HOUR, DAY], [DAY]],
    "the same instant is said otherwise": [[DAY], [{"days_before": 1, "time": "06:00"}]],
    "two were sent as one": [[DAY, {"at": "2026-06-03T06:00:00Z"}], [{"at": "2026-06-03T06:00:00Z"}]],
}


@pytest.mark.parametrize("edit", EDITS)
async def test_what_was_sent_is_not_sent_again_and_can_be_snoozed(
    recurring: OpenService, clock: ManualClock, user: str, edit: str
) -> None:
    first, *others = EDITS[edit]
    task = timed(user, *first)
    await recurring.deliver(TOPIC, task.created())
    assert await sent_at(recurring, user, clock, at("3T06:00")) == [1]
    for minute, reminders in enumerate(others, 1):
        task.now = at("3T07:00") + timedelta(minutes=minute)
        await recurring.deliver(TOPIC, task.updated(**listed(*reminders)))
        assert await sent_at(recurring, user, clock, task.now) == [0]
    path, until = f"/api/{user}/reminders/1/snooze", {"until": "2026-06-03T09:00:00Z"}
    assert (await recurring.client.post(path, json=until, headers=recurring.auth(user))).status_code == 200
    assert await sent_at(recurring, user, clock, at("3T09:00")) == [1]


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (1,)])
async def test_one_that_was_missed_is_sent_late_though_another_lies_ahead(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str, order: tuple[int, ...]
) -> None:
    task = timed(user, DAY, HOUR)
    events = [task.created()]
    task.now = at("3T07:00")
    events.append(task.updated(title="Renamed"))
    clock.set(at("3T08:00"))
    for place in order:
        await recurring.deliver(TOPIC, events[place])
    [sent] = [instant for kind, instant in await told(backbone, user, 3) if kind == "Triggered"]
    assert sent == "2026-06-03T06:00:00Z"
    assert await sent_at(recurring, user, clock, at("4T05:00")) == [1]


async def test_a_new_date_skips_those_that_have_passed_by_then(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    task = timed(user, DAY, HOUR, due_date=at("9T06:00"))
    await recurring.deliver(TOPIC, task.created())
    task.now = at("3T07:00")
    moved = task.updated(due_date=at("4T06:00"))
    renamed = task.updated(title="Renamed")
    await recurring.deliver(TOPIC, moved)
    await recurring.deliver(TOPIC, renamed)
    assert await sent_at(recurring, user, clock, task.now, at("4T05:00")) == [0, 1]


ALL_DAY = {"due_date": date(2026, 6, 4)}


@pytest.mark.parametrize(("time", "sent"), [("07:00", [1, 1]), ("09:00", [0, 1])])
async def test_reminders_that_coincide_are_one_and_part_with_another_time_for_all_day_tasks(
    recurring: OpenService, clock: ManualClock, user: str, time: str, sent: list[int]
) -> None:
    nine = {"days_before": 0, "time": "09:00"}
    for task_id, first in enumerate(("09:00", "11:00"), 1):
        await recurring.deliver(TOPIC, settings_changed(user, 2 * task_id, first))
        await recurring.deliver(TOPIC, timed(user, {"minutes_before": 0}, nine, task_id=task_id, **ALL_DAY).created())
    await recurring.deliver(TOPIC, settings_changed(user, 9, time))
    assert await sent_at(recurring, user, clock, at("4T07:00"), at("4T09:00")) == [2 * each for each in sent]


async def test_reminders_that_coincided_are_not_sent_one_after_the_other(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    task = timed(user, {"minutes_before": 0}, {"days_before": 0, "time": "09:00"}, **ALL_DAY)
    await recurring.deliver(TOPIC, task.created())
    assert await sent_at(recurring, user, clock, at("4T09:00")) == [1]
    task.now = at("4T10:00")
    await recurring.deliver(TOPIC, task.updated(title="Renamed"))
    assert await sent_at(recurring, user, clock, at("4T10:00")) == [0]


async def test_another_order_is_no_news(
    recurring: OpenService, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    task = timed(user, HOUR, DAY)
    await recurring.deliver(TOPIC, task.created())
    await recurring.deliver(TOPIC, task.updated(**listed(DAY, HOUR)))
    assert await sent_at(recurring, user, clock, at("3T06:00"), at("4T05:00")) == [1, 1]
    assert [kind for kind, _ in await told(backbone, user, 4)] == ["Scheduled"] * 2 + ["Triggered"] * 2


async def test_a_time_for_all_day_tasks_that_has_passed_sends_the_latest(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    await recurring.deliver(TOPIC, settings_changed(user, 1, "18:00"))
    task = timed(user, *({"minutes_before": minutes} for minutes in (0, 30, 60, 90)), **ALL_DAY)
    await recurring.deliver(TOPIC, task.created())
    clock.set(at("4T12:00"))
    await recurring.deliver(TOPIC, settings_changed(user, 2, "08:00", at("4T12:00")))
    async with recurring.runtime.database.autocommit() as session:
        states = [
            row.state
            for table in (Reminder, FurtherReminder)
            for row in (await session.execute(select(table).where(col(table.user_id) == user))).scalars()
        ]
    assert [states[0] in {"scheduled", "triggered"}, *states[1:]] == [True, "skipped", "skipped", "skipped"]


async def test_a_reminder_that_only_looks_like_another_is_another(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    """360 minutes before an all-day task are 3:00, if reminders come at 9:00, and not 18:00 of the day before."""
    created = timed(user, {"minutes_before": 360}, EVENING, **ALL_DAY).created()
    await recurring.deliver(TOPIC, created)
    assert await sent_at(recurring, user, clock, at("3T18:00")) == [1]
    await rebuilt(recurring, user, created)
    assert await sent_at(recurring, user, clock, at("4T03:00")) == [1]


async def test_a_task_that_was_reopened_too_late_sends_nothing_when_it_changes(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    task = timed(user, DAY, HOUR)
    await recurring.deliver(TOPIC, task.created())
    await recurring.deliver(TOPIC, task.completed())
    task.now = at("3T07:00")
    await recurring.deliver(TOPIC, task.reopened())
    await recurring.deliver(TOPIC, task.updated(title="Renamed"))
    assert await sent_at(recurring, user, clock, at("3T07:00"), at("4T05:00")) == [0, 1]


async def test_one_that_is_added_after_a_later_one_was_sent_is_not_sent_at_once(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    task = timed(user, HOUR)
    await recurring.deliver(TOPIC, task.created())
    assert await sent_at(recurring, user, clock, DUE - timedelta(hours=1)) == [1]
    task.now = DUE - timedelta(minutes=30)
    await recurring.deliver(TOPIC, task.updated(**listed(HOUR, DAY)))
    assert await sent_at(recurring, user, clock, task.now, DUE) == [0, 0]


async def test_one_that_is_added_when_only_an_earlier_one_was_sent_is_sent_at_once(
    recurring: OpenService, clock: ManualClock, user: str
) -> None:
    task = timed(user, DAY)
    await recurring.deliver(TOPIC, task.created())
    assert await sent_at(recurring, user, clock, DUE - timedelta(days=1)) == [1]
    task.now = DUE - timedelta(minutes=30)
    await recurring.deliver(TOPIC, task.updated(**listed(DAY, HOUR)))
    assert await sent_at(recurring, user, clock, task.now) == [1]


@pytest.mark.parametrize("reminder", [HOUR, EVENING], ids=["minutes", "time of day"])
async def test_a_date_that_moves_and_moves_back_does_not_send_its_reminder_again(
    recurring: OpenService, clock: ManualClock, user: str, reminder: dict[str, Any]
) -> None:
    task = timed(user, reminder)
    await recurring.deliver(TOPIC, task.created())
    task.now = DUE - timedelta(minutes=30)
    assert await sent_at(recurring, user, clock, task.now) == [1]
    await recurring.deliver(TOPIC, task.updated(due_date=DUE + timedelta(days=7)))
    assert await sent_at(recurring, user, clock, task.now) == [0]
    await recurring.deliver(TOPIC, task.updated(due_date=DUE))
    assert await sent_at(recurring, user, clock, task.now, DUE) == [0, 0]
    await recurring.deliver(TOPIC, task.updated(due_date=DUE + timedelta(days=7)))
    assert await sent_at(recurring, user, clock, DUE + timedelta(days=7)) == [1]
