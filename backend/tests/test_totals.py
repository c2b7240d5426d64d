"""A list says how many tasks there are in all; it is the number of rows, whatever happened to them."""

import asyncio

from sqlalchemy import func, text
from sqlmodel import col, select

from backend.tests.conftest import Person
from todo_backend.tasks import tallies
from todo_backend.tasks.models import TaskTally


async def total(person: Person) -> int:
    return int((await person.call("GET", "/tasks", params={"limit": 1})).json()["total"])


async def test_the_total_is_exact_after_every_kind_of_change(person: Person) -> None:
    await asyncio.gather(*(person.create(f"Task {i}") for i in range(12)))
    operations = [{"op": "create", "data": {"title": "In bulk"}}] * 3 + [{"op": "delete", "id": 1}]
    operations += [{"op": "create", "data": {"title": ""}}, {"op": "delete", "id": 999}]
    await person.call("POST", "/tasks/bulk", json={"operations": operations})
    assert await total(person) == 14
    await asyncio.gather(*(person.call("DELETE", "/tasks/2") for _ in range(4)))
    await person.call("DELETE", "/tasks/3")
    await person.call("POST", "/tasks/3/restore")
    await person.do("complete", 4)
    key = {"Idempotency-Key": "once"}
    await asyncio.gather(*(person.call("POST", "/tasks", json={"title": "Once"}, headers=key) for _ in range(5)))
    assert await total(person) == len(await person.titles(limit=200)) == 14


async def test_an_empty_list_has_a_total_too(person: Person) -> None:
    assert await total(person) == 0
    await person.create("Only")
    await person.call("DELETE", "/tasks/1")
    assert await total(person) == 0


async def test_many_tallies_are_folded_into_one_and_readers_see_the_same_number_throughout(person: Person) -> None:
    numbers = tallies.COMPACTED_FROM + 1
    await asyncio.gather(*(person.create(f"Task {i}") for i in range(numbers)))
    seen = await asyncio.gather(*(total(person) for _ in range(20)))
    assert set(seen) == {numbers}
    async with person.service.runtime.database.transaction() as session:
        query = select(func.count()).select_from(TaskTally).where(col(TaskTally.user_id) == person.id)
        assert (await session.execute(query)).scalar_one() == 1


async def test_tasks_that_are_removed_from_the_table_count_no_more(person: Person) -> None:
    await asyncio.gather(*(person.create(f"Task {i}") for i in range(3)))
    async with person.service.runtime.database.transaction() as session:
        await session.execute(text("DELETE FROM tasks WHERE user_id = :user_id AND id < 3"), {"user_id": person.id})
    assert await total(person) == 1
