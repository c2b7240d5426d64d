"""Rules of tasks in requests and answers: as fields, and as the text of RFC 5545."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from backend.tests.conftest import Person
from backend.tests.support import DAILY, Place, ask_for_next, place
from tests.support import Backbone
from todo_backend.tasks.models import Task

MONTHLY = DAILY | {"recurrence_pattern": "monthly"}


@pytest.mark.parametrize(
    ("rule", "rrule"),
    [
        ({}, "FREQ=MONTHLY"),
        ({"weekdays": ["-1FR", "2TU"]}, "FREQ=MONTHLY;BYDAY=2TU,-1FR"),
        ({"month_days": [-1, 1, 15]}, "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        ({"month_days": [31]}, "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD"),
        ({"month_days": [31], "skip": "omit"}, "FREQ=MONTHLY;BYMONTHDAY=31"),
        ({"workday": 1, "months": [7, 1]}, "FREQ=MONTHLY;BYMONTH=1,7;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        ({"times": ["20:00", "08:00"], "count": 3}, "FREQ=MONTHLY;BYHOUR=8,20;BYMINUTE=0;COUNT=3"),
        ({"excluded_dates": ["2026-07-01"], "until": "2026-12-31"}, "FREQ=MONTHLY;UNTIL=20261231T225959Z"),
        ({"mode": "completion"}, None),
    ],
)
async def test_a_rule_is_returned_as_text_wherever_the_task_is(
    person: Person, rule: dict[str, Any], rrule: str | None
) -> None:
    task = await person.create(**MONTHLY, recurrence=rule)
    assert (task["recurrence_pattern"], task["rrule"]) == ("monthly", rrule)
    listed = (await person.call("GET", "/tasks")).json()["items"]
    assert [listed[0], await person.task(1)] == [task, task]


async def test_a_text_stands_for_pattern_and_details(person: Person) -> None:
    due = {"due_date": "2026-06-01"}
    task = await person.create(**due, recurrence={"rrule": "FREQ=MONTHLY;BYDAY=2TU;COUNT=5"})
    assert (task["recurrence_pattern"], task["recurrence"]["weekdays"], task["recurrence"]["count"]) == (
        "monthly", ["2TU"], 5,
    )  # fmt: skip
    task = await person.patch(1, recurrence={"rrule": "FREQ=DAILY"})
    assert (task["recurrence_pattern"], task["rrule"]) == ("daily", "FREQ=DAILY")
    bulk = {"operations": [{"op": "update", "id": 1, "data": {"recurrence": {"rrule": "FREQ=WEEKLY;BYDAY=FR"}}}]}
    [result] = (await person.call("POST", "/tasks/bulk", json=bulk)).json()["results"]
    assert result["task"]["rrule"] == "FREQ=WEEKLY;BYDAY=FR"


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"recurrence": {"rrule": "FREQ=SECONDLY"}}, "recurrence.rrule", "FREQ must be one of"),
    ({"recurrence": {"rrule": "FREQ=DAILY", "interval": 2}}, "recurrence", "instead of the other details"),
    ({"recurrence": {"rrule": "FREQ=DAILY"}, "recurrence_pattern": "weekly"}, "body", "contradicts recurrence.rrule"),
    ({"recurrence": {"weekdays": ["2TU"]}, "recurrence_pattern": "weekly"}, "recurrence.weekdays", "no ordinal"),
    ({"recurrence": {"weekdays": ["TU"]}, "recurrence_pattern": "monthly"}, "recurrence.weekdays", "have an ordinal"),
    ({"recurrence": {"weekdays": ["1MO"]}, "recurrence_pattern": "yearly"}, "recurrence.months", "must be given"),
    ({"recurrence": {"workday": 1, "last_day": True}, "recurrence_pattern": "monthly"},
     "recurrence.last_day", "together"),
    ({"recurrence": {"month_days": [0]}, "recurrence_pattern": "monthly"}, "recurrence.month_days.0", "must not be 0"),
    ({"recurrence": {"month_days": [32]}, "recurrence_pattern": "monthly"}, "recurrence.month_days.0", "31"),
    ({"recurrence": {"skip": "omit"}, "recurrence_pattern": "daily"}, "recurrence.skip", "monthly and yearly"),
    ({"recurrence": {"excluded_dates": ["2026-07-01T09:00"]}, "recurrence_pattern": "daily"},
     "recurrence.excluded_dates.0", "must be a date such as"),
    ({"recurrence": {"times": ["08:00", "20:00"], "mode": "completion"}, "recurrence_pattern": "daily"},
     "recurrence.times", "cannot be counted from the completion"),
    ({"recurrence": {"times": ["08:00"]}, "recurrence_pattern": "daily", "due_date": "2026-06-01"},
     "recurrence.times", "need a due date with a time"),
    ({"recurrence_pattern": "hourly", "due_date": "2026-06-01"}, "recurrence_pattern", "hourly needs a due date"),
    ({"recurrence": {"months": [1]}, "recurrence_pattern": "hourly"}, "recurrence.months",
     "not for the hourly pattern"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field", "message"), REFUSED)
async def test_a_rule_that_means_nothing_is_refused_by_its_field(
    person: Person, fields: dict[str, Any], field: str, message: str
) -> None:
    body = {"title": "x", "due_date": "2026-06-01T09:00:00"} | fields
    answer = await person.call("POST", "/tasks", json=body)
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error["field"] == field
    assert message in error["message"]


@pytest.mark.parametrize(
    ("pattern", "rule", "due"),
    [
        ("monthly", {}, "2026-06-15T09:00:00"),
        ("monthly", {}, "2026-05-31T09:00:00"),
        ("monthly", {"last_day": True}, "2026-05-31"),
        ("monthly", {"month_days": [31], "skip": "omit"}, "2026-05-31"),
        ("yearly", {}, "2026-06-15"),
        ("weekly", {"weekdays": ["MO", "FR"], "interval": 2}, "2026-06-15"),
    ],
)
async def test_the_text_of_a_rule_is_the_same_rule(
    person: Person, pattern: str, rule: dict[str, Any], due: str
) -> None:
    task = await person.create(due_date=due, recurrence_pattern=pattern, recurrence=rule)
    again = await person.patch(1, recurrence={"rrule": task["rrule"]})
    assert (again["rrule"], again["series_id"]) == (task["rrule"], task["series_id"])


async def test_what_a_new_pattern_or_date_cannot_have_is_dropped(person: Person) -> None:
    await person.create(**MONTHLY, recurrence={"weekdays": ["2TU"], "months": [1, 7], "times": ["08:00", "20:00"]})
    task = await person.patch(1, recurrence_pattern="weekly")
    assert task["rrule"] == "FREQ=WEEKLY;BYMONTH=1,7;BYHOUR=8,20;BYMINUTE=0"
    assert (await person.patch(1, due_date="2026-06-08"))["rrule"] == "FREQ=WEEKLY;BYMONTH=1,7"
    assert (await person.patch(1, recurrence_pattern="yearly"))["rrule"] == "FREQ=YEARLY"


async def test_a_rule_that_was_saved_before_a_detail_existed_is_the_same_rule(
    person: Person, backbone: Backbone
) -> None:
    old = {"interval": 2, "weekdays": [], "last_day": False, "until": None, "count": None, "mode": "schedule"}
    task = await person.create(**DAILY, recurrence={"interval": 2})
    async with person.service.runtime.database.transaction() as session:
        saved = update(Task).where(col(Task.user_id) == person.id)
        await session.execute(saved.values(recurrence={"interval": 2, "last_day": False}))
    assert (await person.task(1))["recurrence"] == task["recurrence"]
    changed = await person.patch(1, recurrence=old, title="Still the same")
    assert await place(person, backbone, 1) == Place(task["series_id"], 0, "2026-06-01T09:00:00", 0)
    assert changed["series_id"] == task["series_id"]


async def test_a_new_time_of_the_series_replaces_the_former_one(person: Person) -> None:
    await person.create(**DAILY, recurrence={"times": ["09:00", "20:00"]})
    alone = await person.patch(1, due_date="2026-06-01T09:30:00")
    assert alone["recurrence"]["times"] == ["09:00", "20:00"]
    await person.patch(1, due_date="2026-06-01T09:00:00")
    moved = await person.patch(1, "?scope=series", due_date="2026-06-01T10:00:00")
    assert moved["recurrence"]["times"] == ["10:00", "20:00"]


async def test_a_rule_is_counted_from_the_anchor_also_when_the_series_was_moved(person: Person) -> None:
    await person.create(**DAILY, recurrence={"count": 10})
    await person.do("complete", 1)
    task = await person.task(1)
    await ask_for_next(person, task)
    moved = await person.patch(2, "?scope=series", due_date="2026-06-05T09:00:00")
    assert (moved["rrule"], moved["anchor"]) == ("FREQ=DAILY;COUNT=9", "2026-06-05T09:00:00")
