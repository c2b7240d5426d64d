"""Numbers of new tasks: each is given once, and requests at the same time share a statement."""

import asyncio
from typing import Any

import pytest

from backend.tests.conftest import Person
from todo_backend.accounts.numbers import Numbers
from todo_kit.database import Database
from todo_kit.errors import DatabaseAway


async def test_requests_at_the_same_time_share_few_statements(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    statements, fetch = 0, Database.fetch

    async def counted(*given: Any) -> Any:
        nonlocal statements
        statements += 1
        return await fetch(*given)

    monkeypatch.setattr(Database, "fetch", counted)
    numbers = Numbers(person.service.runtime.database)
    taken = await asyncio.gather(*(numbers.take(person.id, count) for count in [1, 3] * 20))
    ends = [each.last for each in taken]
    given = [number for end, count in zip(ends, [1, 3] * 20, strict=True) for number in range(end - count + 1, end + 1)]
    assert sorted(given) == list(range(1, 81))
    assert statements <= 3


async def test_a_request_that_is_cancelled_takes_nothing_from_the_others(person: Person) -> None:
    numbers = Numbers(person.service.runtime.database)
    waiting = [asyncio.create_task(numbers.take(person.id)) for _ in range(5)]
    await asyncio.sleep(0)
    waiting[2].cancel()
    taken = await asyncio.gather(*waiting, return_exceptions=True)
    found = [each.last for each in taken if not isinstance(each, BaseException)]
    assert len(set(found)) == len(found) == 4


async def test_a_database_that_is_away_fails_those_who_wait_and_nobody_after_them(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> Any:
        raise DatabaseAway("gone")

    numbers = Numbers(person.service.runtime.database)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "fetch", away)
        failed = await asyncio.gather(*(numbers.take(person.id) for _ in range(3)), return_exceptions=True)
    assert [type(each) for each in failed] == [DatabaseAway] * 3
    assert (await numbers.take(person.id)).last == 1
