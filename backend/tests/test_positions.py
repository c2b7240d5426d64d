"""Tasks that are ordered by hand: lists sorted by `position`."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from backend.tests.conftest import Person
from backend.tests.steps import pages
from backend.tests.support import DAILY, ask_for_next, told
from tests.load.seed import one_person
from tests.support import Backbone
from todo_backend.tasks.filters import parameters, shape_of
from todo_backend.tasks.listing import ListQuery, PageShape, page_statement
from todo_backend.tasks.positions import MAX_LENGTH
from todo_kit.events.tasks import TaskUpdated

DAY = {"due_date": "2031-05-01", "time_zone": "Europe/Berlin"}


async def order(person: Person, **query: Any) -> str:
    return "".join(await person.titles(sort="position", **query))


async def positions(person: Person) -> dict[str, str]:
    items = (await person.call("GET", "/tasks", params={"limit": 200})).json()["items"]
    return {item["title"]: item["position"] for item in items}


def between(low: str, high: str) -> str:
    """Enough for these tests: `low` is no beginning of `high`."""
    middle = low + "V"
    assert low < middle < high
    return middle


async def five(person: Person) -> None:
    await person.create("c", due_date="2031-05-01T10:00:00", time_zone="Europe/Berlin")
    await person.create("a", **DAY)
    await person.create("d", due_date="2031-05-02", time_zone="Europe/Berlin")
    await person.create("b", **DAY)
    await person.create("e")


async def test_a_task_that_was_not_moved_is_where_its_due_date_and_number_put_it(person: Person) -> None:
    await five(person)
    assert await order(person) == "abcde"
    assert await order(person, order="desc") == "edcba"


async def test_a_moved_task_stays_where_it_was_put_and_a_new_one_is_where_the_rule_puts_it(person: Person) -> None:
    await five(person)
    at = await positions(person)
    moved = await person.patch(1, position=between(at["a"], at["b"]))
    assert await order(person) == "acbde"
    await person.create("n", **DAY)
    assert await order(person) == "acbnde"
    assert (await person.task(1))["position"] == moved["position"] == between(at["a"], at["b"])
    assert moved["due_date"] == "2031-05-01T08:00:00Z"
    await person.patch(1, position=None)
    assert await order(person) == "abncde", "null puts it where the rule does"


async def test_a_task_keeps_its_place_on_its_day_and_loses_it_on_another(person: Person) -> None:
    await five(person)
    at = await positions(person)
    await person.patch(1, position=between(at["a"], at["b"]))
    await person.patch(1, due_date="2031-05-01T23:30:00")
    assert await order(person) == "acbde"
    await person.patch(1, due_date="2031-05-02T08:00:00")
    assert await order(person) == "abdce"
    first = between(at["c"], at["d"])
    await person.patch(4, due_date="2031-05-02", position=first)
    assert await order(person) == "abdce", "another day and a place in one request"
    await person.patch(4, due_date=None)
    assert await order(person) == "adcbe", "by number among the tasks without a date"


async def test_pages_follow_the_positions_and_equal_ones_follow_the_number(person: Person) -> None:
    for title in "abcdefg":
        await person.create(title, **DAY)
    at = await positions(person)
    for number in (7, 6, 1):
        await person.patch(number, position=between(at["c"], at["d"]))
    whole = "bcafgde"
    assert await order(person, status="dated") == whole
    for direction, expected in (("asc", whole), ("desc", whole[::-1])):
        paged = await pages(person, sort="position", order=direction, limit=2)
        assert "".join(title for page in paged for title in page) == expected


async def test_positions_are_compared_by_bytes(person: Person) -> None:
    at = (await person.create("start", **DAY))["position"]
    for suffix in "1AZaz":
        await person.create(suffix, **DAY, position=at + suffix)
    assert await person.titles(sort="position") == ["start", "1", "A", "Z", "a", "z"]


@pytest.mark.parametrize("bad", ["", "a0", "l123", "l" + "0" * 13, "l" + "1" * 12 + "é", "l" + "1" * MAX_LENGTH, 7])
async def test_a_position_of_another_form_is_refused(person: Person, bad: Any) -> None:
    await person.create("a")
    for verb, path, body in (("PATCH", "/tasks/1", {}), ("POST", "/tasks", {"title": "b"})):
        answer = await person.call(verb, path, json=body | {"position": bad})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "position"


async def test_of_two_devices_that_move_at_once_both_are_kept(person: Person) -> None:
    await five(person)
    at = await positions(person)
    gap = between(at["a"], at["b"])
    await asyncio.gather(person.patch(1, position=gap), person.patch(3, position=gap))
    assert await order(person) == "acdbe", "in the same gap they follow the number"
    await asyncio.gather(*(person.patch(5, position=at[other] + "V") for other in "abcd"))
    assert (await person.task(5))["position"] in {at[other] + "V" for other in "abcd"}


async def test_a_move_is_one_step_and_does_not_keep_others_from_being_undone(person: Person) -> None:
    await five(person)
    at = await positions(person)
    renaming, moving = str(uuid4()), str(uuid4())
    await person.call("PATCH", "/tasks/1", json={"title": "C"}, headers={"Undo-Step": renaming})
    await person.call("PATCH", "/tasks/1", json={"position": at["a"] + "V"}, headers={"Undo-Step": moving})
    assert (await person.call("POST", "/undo", json={"step": renaming})).status_code == 200
    assert await order(person) == "acbde"
    await person.patch(1, position=None)
    again = str(uuid4())
    body = {"due_date": "2031-05-02", "position": at["c"] + "V"}
    await person.call("PATCH", "/tasks/4", json=body, headers={"Undo-Step": again})
    assert await order(person) == "acbde"
    await person.call("POST", "/undo", json={"step": again})
    assert (await person.task(4))["position"] == at["b"]
    first = {"Undo-Step": str(uuid4())}
    await person.call("PATCH", "/tasks/4", json={"position": at["c"] + "V"}, headers=first)
    await person.patch(4, position=at["d"] + "V")
    assert (await person.call("POST", "/undo", json={"step": first["Undo-Step"]})).status_code == 409


async def test_a_move_is_an_event_and_another_due_date_does_not_name_the_position(
    person: Person, backbone: Backbone
) -> None:
    at = (await person.create("a", **DAY))["position"]
    await person.patch(1, position=at + "V")
    await person.patch(1, position=at + "V")
    await person.patch(1, due_date="2031-05-02")
    created, moved, dated = [event["data"]["payload"] for event in await told(backbone, person, 3)]
    assert created["position"] == at
    assert (moved["position"], moved["changes"]) == (at + "V", {"position": [at, at + "V"]})
    assert list(dated["changes"]) == ["due_date"]
    assert dated["position"] > at + "V"


async def test_an_event_of_an_older_publisher_has_no_position(person: Person, backbone: Backbone) -> None:
    await person.create("a")
    await person.patch(1, title="b")
    event = (await told(backbone, person, 2))[1]["data"]
    del event["payload"]["position"]
    assert TaskUpdated.model_validate(event).payload.position is None


async def test_the_next_occurrence_of_a_moved_task_is_where_the_rule_puts_it(person: Person) -> None:
    task = await person.create("Bins", **DAILY)
    await person.patch(1, "?scope=series", position=task["position"] + "V")
    await person.do("complete", 1)
    await ask_for_next(person, await person.task(1))
    assert (await person.task(2))["position"] > task["position"] + "V"
    assert (await person.task(2))["position"].endswith("00000000021")


async def test_a_list_of_ten_thousand_tasks_reads_its_first_page_from_the_index(
    person: Person, backbone: Backbone
) -> None:
    await one_person(backbone.url("backend_owner"), person.id, 10_000)
    query = ListQuery(status="dated", sort="position", limit=100)
    shape = PageShape(shape_of(query), query.narrow, query.sort, query.direction, None)
    values = parameters(query, person.id, datetime.now(UTC), ZoneInfo("UTC")) | {"limit": 101}
    statement = page_statement(shape)
    async with person.service.runtime.database.driver() as driver:
        plan = await driver.fetch(f"EXPLAIN {statement.sql}", *statement.arguments(values))
    text = "\n".join(line for (line,) in plan)
    assert "ix_tasks_position" in text, text
    assert "Sort" not in text, text
