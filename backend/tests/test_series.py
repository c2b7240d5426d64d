"""What a change of one occurrence does to its series, seen from the task API."""

import asyncio
from typing import Any

import pytest

from backend.tests.conftest import Person
from backend.tests.support import DAILY, ask_for_next, from_trash, place, told
from tests.support import Backbone


async def test_the_first_occurrence_is_slot_zero_of_a_new_series(person: Person) -> None:
    task = await person.create(**DAILY)
    assert (task["slot"], task["series_id"] is not None) == (0, True)


async def test_a_completed_occurrence_gets_one_successor_however_often_it_is_asked_for(person: Person) -> None:
    task = await person.create("Water plants", **DAILY, tags=["home"], reminder_lead_time=10)
    await person.do("complete", 1)
    answers = await asyncio.gather(*(ask_for_next(person, task) for _ in range(6)))
    assert sorted(answer["result"] for answer in answers) == ["created"] + ["existing"] * 5
    [number] = {answer["task_id"] for answer in answers}
    assert len(await person.titles()) == 2
    successor = await person.task(number)
    assert (successor["title"], successor["tags"], successor["reminder_lead_time"]) == ("Water plants", ["home"], 10)
    assert (successor["slot"], successor["due_date"], successor["series_id"]) == (
        1,
        "2026-06-02T07:00:00Z",
        task["series_id"],
    )


async def test_the_next_occurrence_has_the_reminders_that_follow_its_date(person: Person) -> None:
    follow = [{"minutes_before": 10}, {"days_before": 1, "time": "18:00"}]
    task = await person.create("Water plants", **DAILY, reminders=[*follow, {"at": "2026-06-01T05:00:00Z"}])
    await person.do("complete", 1)
    assert (await person.task((await ask_for_next(person, task))["task_id"]))["reminders"] == follow


async def test_an_open_occurrence_gets_none(person: Person) -> None:
    task = await person.create(**DAILY)
    assert (await ask_for_next(person, task))["result"] == "not_needed"
    await person.do("complete", 1)
    await person.do("reopen", 1)
    assert (await ask_for_next(person, task))["result"] == "not_needed"


async def test_reopening_withdraws_the_successor_and_completing_again_brings_the_same_one_back(person: Person) -> None:
    task = await person.create(**DAILY)
    await person.do("complete", 1)
    await ask_for_next(person, task)
    await person.do("reopen", 1)
    assert await person.titles(status="pending") == ["Something"]
    assert await person.titles(status="deleted") == []
    await person.do("complete", 1)
    assert await ask_for_next(person, task) == {"result": "brought_back", "task_id": 2}
    assert (await person.task(2))["status"] == "pending"
    assert (await ask_for_next(person, task))["result"] == "existing"


async def test_a_changed_successor_stays_when_its_predecessor_is_reopened(person: Person) -> None:
    task = await person.create(**DAILY)
    await person.do("complete", 1)
    await ask_for_next(person, task)
    await person.patch(2, title="Mine now")
    await person.do("reopen", 1)
    assert sorted(await person.titles(status="pending")) == ["Mine now", "Something"]
    await person.do("complete", 1)
    assert await ask_for_next(person, task) == {"result": "existing", "task_id": 2}


async def test_a_change_of_one_occurrence_is_not_inherited_a_change_of_the_series_is(person: Person) -> None:
    task = await person.create("Plain", **DAILY)
    await person.patch(1, title="Just today", due_date="2026-06-01T15:00:00")
    await person.do("complete", 1)
    await ask_for_next(person, task)
    assert (await person.task(2))["title"] == "Plain"
    await person.patch(2, "?scope=series", title="From now on")
    await person.do("complete", 2)
    await ask_for_next(person, await person.task(2), slot=2, due="2026-06-03T07:00:00Z")
    assert (await person.task(3))["title"] == "From now on"


async def test_what_was_changed_for_one_occurrence_can_be_given_to_its_series(person: Person) -> None:
    task = await person.create("Plain", **DAILY)
    changed = await person.patch(1, title="Better")
    same = await person.patch(1, "?scope=series", title="Better")
    assert same["version"] == changed["version"]
    await person.do("complete", 1)
    await ask_for_next(person, task)
    assert (await person.task(2))["title"] == "Better"


async def test_rescheduling_never_wipes_a_recurrence_and_a_new_rule_starts_the_series_anew(person: Person) -> None:
    task = await person.create(**DAILY)
    moved = await person.patch(1, due_date="2026-06-05T09:00:00")
    assert (moved["recurrence_pattern"], moved["series_id"], moved["slot"]) == ("daily", task["series_id"], 0)
    changed = await person.patch(1, recurrence_pattern="weekly")
    assert changed["series_id"] not in {None, task["series_id"]}
    assert changed["slot"] == 0


async def test_skipping_an_occurrence_calls_for_the_next_and_ending_the_series_does_not(person: Person) -> None:
    task = await person.create(**DAILY)
    await person.call("DELETE", "/tasks/1")
    assert (await ask_for_next(person, task))["result"] == "created"
    await person.call("DELETE", "/tasks/2?scope=series")
    assert (await ask_for_next(person, await from_trash(person, 2), slot=2))["result"] == "not_needed"
    assert await person.titles(status="pending") == []


async def test_restoring_a_skipped_occurrence_takes_its_successor_back(person: Person) -> None:
    task = await person.create(**DAILY)
    await person.call("DELETE", "/tasks/1")
    await ask_for_next(person, task)
    await person.do("restore", 1)
    pending = (await person.call("GET", "/tasks", params={"status": "pending"})).json()["items"]
    assert [item["id"] for item in pending] == [1]


async def test_only_the_sidecar_may_ask_for_occurrences(person: Person) -> None:
    client = person.service.client
    refused: list[dict[str, str]] = [{}, {"dapr-api-token": "wrong"}, person.service.auth(person.id)]
    for headers in refused:
        answer = await client.post("/internal/occurrences", json={}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


async def test_a_successor_that_starts_a_series_of_its_own_stays_the_successor(person: Person) -> None:
    task = await person.create(**DAILY)
    await person.do("complete", 1)
    await ask_for_next(person, task)
    await person.patch(2, recurrence_pattern="weekly")
    assert await ask_for_next(person, task) == {"result": "existing", "task_id": 2}
    await person.do("reopen", 1)
    await person.do("complete", 1)
    assert await ask_for_next(person, task) == {"result": "existing", "task_id": 2}


async def test_a_successor_that_comes_back_takes_after_its_series_as_it_is_now(
    person: Person, backbone: Backbone
) -> None:
    task = await person.create("Old", **DAILY)
    await person.do("complete", 1)
    await ask_for_next(person, task)
    await person.do("reopen", 1)
    await person.patch(1, "?scope=series", title="New", tags=["a"], due_date="2026-06-01T15:00:00")
    await person.do("complete", 1)
    await ask_for_next(person, task, due="2026-06-02T13:00:00Z")
    back = await person.task(2)
    assert (back["title"], back["tags"], back["due_date"]) == ("New", ["a"], "2026-06-02T13:00:00Z")
    assert await person.titles("/tasks/search", q="new", status="pending") == ["New"]
    restored = [event for event in await told(backbone, person, 8) if event["type"] == "TaskRestored"]
    assert [event["data"]["payload"]["anchor"] for event in restored] == ["2026-06-01T15:00:00"]


async def test_a_series_ended_at_two_of_its_occurrences_at_once_is_ended(person: Person) -> None:
    for _ in range(5):
        task = await person.create(**DAILY)
        await person.do("complete", task["id"])
        later = (await ask_for_next(person, task))["task_id"]
        await person.patch(later, title="Mine, so it stays")
        await person.do("reopen", task["id"])
        answers = await asyncio.gather(
            *(person.call("DELETE", f"/tasks/{task_id}?scope=series") for task_id in (later, task["id"]))
        )
        assert [answer.status_code for answer in answers] == [204, 204]
    assert await person.titles(status="pending") == []


async def test_many_operations_and_the_occurrences_they_reach_do_not_wait_for_each_other(person: Person) -> None:
    for _ in range(5):
        first = await person.create(**DAILY)
        await person.do("complete", first["id"])
        second = await person.task((await ask_for_next(person, first))["task_id"])
        await person.do("complete", second["id"])
        third = (await ask_for_next(person, second, slot=2, due="2026-06-03T07:00:00Z"))["task_id"]
        operations = [{"op": "complete", "id": third}, {"op": "reopen", "id": first["id"]}]
        bulk, single = await asyncio.gather(
            person.call("POST", "/tasks/bulk", json={"operations": operations}),
            person.call("PATCH", f"/tasks/{second['id']}/reopen"),
        )
        assert (bulk.status_code, single.status_code) == (200, 200)


@pytest.mark.parametrize(
    ("rule", "same"),
    [
        ({"recurrence_pattern": "weekly"}, {}),
        ({"recurrence_pattern": "weekly", "recurrence": {"weekdays": ["MO", "WE"]}}, {"weekdays": ["WE", "MO", "MO"]}),
    ],
)
async def test_the_same_rule_in_other_words_does_not_start_the_series_anew(
    person: Person, rule: dict[str, Any], same: dict[str, Any]
) -> None:
    task = await person.create(**DAILY | rule)
    assert (await person.patch(1, recurrence=same))["series_id"] == task["series_id"]


async def test_a_due_date_that_stays_as_it_is_does_not_move_the_anchor(person: Person, backbone: Backbone) -> None:
    monthly = {"time_zone": "UTC", "recurrence_pattern": "monthly", "due_date": "2026-01-31"}
    task = await person.create("Rent", **monthly)
    await person.do("complete", 1)
    await ask_for_next(person, task, due="2026-02-28")
    body = {"title": "The rent", "due_date": "2026-02-28", "recurrence_pattern": "monthly"}
    assert (await person.call("PUT", "/tasks/2?scope=series", json=body)).status_code == 200
    [updated] = [event for event in await told(backbone, person, 4) if event["type"] == "TaskUpdated"]
    assert updated["data"]["payload"]["title"] == "The rent"
    assert (updated["data"]["payload"]["anchor"], updated["data"]["payload"]["anchor_slot"]) == ("2026-01-31", 0)


@pytest.fixture
async def clamped(person: Person) -> int:
    """What is due on the 31st of each month, in a month of 28 days."""
    monthly = {"time_zone": "Europe/Berlin", "recurrence_pattern": "monthly", "due_date": "2026-01-31T09:00:00"}
    task = await person.create("Rent", **monthly)
    await person.do("complete", 1)
    return int((await ask_for_next(person, task, due="2026-02-28T08:00:00Z"))["task_id"])


@pytest.mark.parametrize(
    ("fields", "anchor"),
    [
        ({"due_date": "2026-02-28T10:30:00"}, "2026-01-31T10:30:00"),
        ({"due_date": "2026-02-28"}, "2026-01-31"),
        ({"due_date": "2026-02-27T09:00:00"}, "2026-02-27T09:00:00"),
        ({"recurrence": {"until": "2027-01-31"}}, "2026-01-31T09:00:00"),
        ({"recurrence": {"mode": "completion"}}, "2026-01-31T09:00:00"),
        ({"time_zone": "Europe/London"}, "2026-01-31T08:00:00"),
        ({"time_zone": "Pacific/Honolulu"}, "2026-01-30T22:00:00"),
    ],
)
async def test_a_series_keeps_its_31st_when_a_shorter_month_keeps_its_last_day(
    person: Person, backbone: Backbone, clamped: int, fields: dict[str, Any], anchor: str
) -> None:
    before = await person.task(clamped)
    await person.patch(clamped, "?scope=series", **fields)
    found = await place(person, backbone, clamped)
    assert (found.series_id, found.slot, found.anchor) == (before["series_id"], 1, anchor)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("?scope=series", {"due_date": "2026-02-26T09:00:00"}),
        ("", {"recurrence_pattern": "weekly"}),
        ("", {"recurrence": {"interval": 2}}),
        ("", {"recurrence_pattern": "none"}),
        ("?scope=series", {"due_date": "2026-02-26T09:00:00", "recurrence_pattern": "daily"}),
    ],
)
async def test_a_change_back_leads_back_to_the_same_place_in_the_series(
    person: Person, backbone: Backbone, clamped: int, query: str, fields: dict[str, Any]
) -> None:
    was = await person.patch(clamped, title="Rent!")
    stood = await place(person, backbone, clamped)
    await person.patch(clamped, query, **fields)
    await person.patch(clamped, query, recurrence_pattern="yearly", recurrence=None)
    back = {name: was[name] for name in ("due_date", "recurrence_pattern", "recurrence")}
    await person.patch(clamped, query, **back)
    assert await place(person, backbone, clamped) == stood


async def test_an_older_occurrence_does_not_bring_an_older_anchor_back(person: Person, backbone: Backbone) -> None:
    task = await person.create("Bins", **DAILY | {"recurrence_pattern": "weekly"})
    await person.do("complete", 1)
    await ask_for_next(person, task, due="2026-06-08T07:00:00Z")
    await person.patch(2, "?scope=series", due_date="2026-06-09T09:00:00")
    await person.patch(1, "?scope=series", title="Put the bins out")
    await person.patch(2, priority="High")
    assert (await place(person, backbone, 2)).anchor == "2026-06-09T09:00:00"
    await person.do("complete", 2)
    await ask_for_next(person, await person.task(2), slot=2, due="2026-06-16T07:00:00Z")
    assert (await person.task(3))["title"] == "Put the bins out"


async def test_changes_that_reach_the_same_series_from_all_sides_never_wait_for_each_other(person: Person) -> None:
    for _ in range(6):
        first = await person.create(**DAILY)
        await person.do("complete", first["id"])
        second = (await ask_for_next(person, first))["task_id"]
        await person.patch(second, title="Mine, so it stays")
        bulks = [
            [{"op": "reopen", "id": first["id"]}],
            *2 * [[{"op": "update", "id": n, "data": {"title": "Ours"}} for n in (first["id"], second)]],
        ]
        answers = await asyncio.gather(
            *(person.call("POST", "/tasks/bulk", json={"operations": operations}) for operations in bulks),
            *(person.call("DELETE", f"/tasks/{second}?scope=series") for _ in range(2)),
        )
        assert {answer.status_code for answer in answers} <= {200, 204}


async def test_what_a_series_was_told_to_look_like_meanwhile_stays(
    person: Person, backbone: Backbone, clamped: int
) -> None:
    stood = await place(person, backbone, clamped)
    await person.patch(clamped, recurrence_pattern="weekly")
    await person.patch(clamped, "?scope=series", title="Rent and gas")
    back = await person.patch(clamped, recurrence_pattern="monthly")
    assert await place(person, backbone, clamped) == stood
    await person.do("complete", clamped)
    await ask_for_next(person, back, slot=2, due="2026-03-31T07:00:00Z")
    assert (await person.task(clamped + 1))["title"] == "Rent and gas"


async def test_who_comes_back_to_a_series_leaves_the_others_anchor_alone(person: Person, backbone: Backbone) -> None:
    task = await person.create("Bins", **DAILY | {"recurrence_pattern": "weekly"})
    await person.do("complete", 1)
    await ask_for_next(person, task, due="2026-06-08T07:00:00Z")
    await person.patch(2, title="Mine, so it stays")
    await person.do("reopen", 1)
    await person.patch(1, "?scope=series", recurrence_pattern="daily")
    await person.patch(2, "?scope=series", due_date="2026-06-09T09:00:00")
    await person.patch(1, "?scope=series", recurrence_pattern="weekly")
    await person.patch(2, priority="High")
    assert (await place(person, backbone, 2)).anchor == "2026-06-09T09:00:00"
