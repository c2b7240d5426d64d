from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from backend.tests.conftest import Person
from tests.support import ManualClock
from todo_backend.overview.service import streaks
from todo_backend.tasks.models import Task

TODAY = date(2026, 6, 10)


async def test_open_tasks_are_counted_by_view_and_by_tag(person: Person, clock: ManualClock) -> None:
    clock.set(datetime(2026, 6, 10, 3, 0, tzinfo=UTC))  # in New York it is still the 9th, 23:00
    await person.call("PUT", "/settings", json={"time_zone": "America/New_York"})
    await person.create("overdue", due_date="2026-06-08", tags=["home"])
    await person.create("today", due_date="2026-06-09", tags=["home", "work"])
    await person.create("tomorrow", due_date="2026-06-10T09:00:00", tags=["Zoë"])
    await person.create("some day")
    await person.create("done", due_date="2026-06-09", tags=["home"])
    await person.do("complete", 5)
    await person.create("gone", tags=["home"])
    await person.call("DELETE", "/tasks/6")
    answer = await person.call("GET", "/overview")
    assert answer.json() == {
        "open": 4,
        "today": 1,
        "overdue": 1,
        "upcoming": 2,
        "due": 2,
        "dated": 3,
        "changes_at": "2026-06-10T04:00:00Z",
        "tags": [{"name": "home", "open": 2}, {"name": "work", "open": 1}, {"name": "Zoë", "open": 1}],
        "tag_colors": {},
    }
    clock.set(datetime.now(UTC))


async def test_tags_that_differ_in_case_are_counted_as_one_by_their_first_spelling(person: Person) -> None:
    for tag in ("Zoë", "ZOË", "zoë", "work"):
        await person.create("a", tags=[tag])
    assert (await person.call("GET", "/overview")).json()["tags"] == [
        {"name": "Zoë", "open": 3},
        {"name": "work", "open": 1},
    ]


async def test_a_tag_that_is_not_in_nfc_in_an_older_row_is_the_same_tag(person: Person) -> None:
    await person.create("new", tags=["Caf\u00e9"])
    await person.create("old", tags=["other"])
    async with person.service.runtime.database.transaction() as session:
        older = update(Task).where(col(Task.user_id) == person.id, col(Task.id) == 2)
        await session.execute(older.values(tags=["cafe\u0301"]))
    assert (await person.call("GET", "/overview")).json()["tags"] == [{"name": "Caf\u00e9", "open": 2}]
    assert await person.titles(tags=["caf\u00e9"], sort="title") == ["new", "old"]


async def test_completed_tasks_are_counted_on_the_persons_days(person: Person, clock: ManualClock) -> None:
    await person.call("PUT", "/settings", json={"time_zone": "America/New_York"})
    for number, (day, hour, priority) in enumerate(
        [(8, 12, "Low"), (9, 3, "High"), (9, 12, "None"), (10, 3, "Low")], 1
    ):
        clock.set(datetime(2026, 6, day, hour, tzinfo=UTC))
        await person.create("done", priority=priority)
        await person.do("complete", number)
    await person.create("open", priority="High", due_date="2026-06-01")
    await person.call("DELETE", "/tasks/1")  # what was done stays done
    statistics = (await person.call("GET", "/statistics", params={"days": 3})).json()
    assert statistics == {
        "time_zone": "America/New_York",
        "completed": [
            {"day": "2026-06-07", "high": 0, "medium": 0, "low": 0, "none": 0},
            {"day": "2026-06-08", "high": 1, "medium": 0, "low": 1, "none": 0},
            {"day": "2026-06-09", "high": 0, "medium": 0, "low": 1, "none": 1},
        ],
        "open": {"high": 1, "medium": 0, "low": 0, "none": 0},
        "overdue": 1,
        "current_streak": 2,
        "longest_streak": 2,
    }
    clock.set(datetime.now(UTC))


async def test_numbers_change_by_themselves_at_the_next_due_time_or_at_midnight(
    person: Person, clock: ManualClock
) -> None:
    await person.call("PUT", "/settings", json={"time_zone": "America/New_York"})
    clock.set(datetime(2026, 6, 10, 16, 0, tzinfo=UTC))  # noon there
    await person.create("passed", due_date="2026-06-10T11:00:00")
    await person.create("all day", due_date="2026-06-10")
    await person.create("in the evening", due_date="2026-06-10T20:00:00")
    await person.create("completed", due_date="2026-06-10T13:00:00")
    await person.do("complete", 4)

    async def numbers() -> tuple[int, int, str]:
        overview = (await person.call("GET", "/overview")).json()
        return overview["overdue"], overview["due"], overview["changes_at"]

    assert await numbers() == (1, 3, "2026-06-11T00:00:00Z")
    clock.set(datetime(2026, 6, 11, 0, 0, 1, tzinfo=UTC))
    assert await numbers() == (2, 3, "2026-06-11T04:00:00Z")
    clock.set(datetime(2026, 6, 11, 4, 0, tzinfo=UTC))
    assert await numbers() == (3, 3, "2026-06-12T04:00:00Z")
    clock.set(datetime.now(UTC))


async def test_somebody_without_tasks_has_nothing_anywhere(person: Person, clock: ManualClock) -> None:
    clock.set(datetime(2026, 6, 10, 3, 0, tzinfo=UTC))
    assert (await person.call("GET", "/overview")).json() == {
        "open": 0, "today": 0, "overdue": 0, "upcoming": 0, "due": 0, "dated": 0, "tags": [], "tag_colors": {},
        "changes_at": "2026-06-11T00:00:00Z",
    }  # fmt: skip
    statistics = (await person.call("GET", "/statistics")).json()
    assert len(statistics["completed"]) == 30
    assert (statistics["current_streak"], statistics["longest_streak"]) == (0, 0)
    clock.set(datetime.now(UTC))


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ([], (0, 0)),
        ([0], (1, 1)),
        ([1], (1, 1)),  # today is not over
        ([2], (0, 1)),
        ([0, 1, 2], (3, 3)),
        ([0, 2, 3, 4], (1, 3)),
        ([1, 2, 9, 10, 11], (2, 3)),
    ],
)
def test_a_streak_is_days_in_a_row_and_lasts_through_today(days_ago: list[int], expected: tuple[int, int]) -> None:
    assert streaks([TODAY - timedelta(days=ago) for ago in days_ago], TODAY) == expected
