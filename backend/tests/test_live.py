"""Live push: what a page sees, and that it misses nothing."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from starlette.requests import Request

from backend.tests.conftest import Person
from tests.support import Opener, OpenService
from todo_backend.live.endpoints import follow_events, stream
from todo_backend.main import service
from todo_kit.auth.users import User
from todo_kit.events.envelope import Actor
from todo_kit.events.updates import TOPIC, TaskChange, TaskChanged
from todo_kit.ids import uuid7

FAR = 2**40


def change(user_id: str, version: int) -> TaskChanged:
    return TaskChanged(
        event_id=uuid7(),
        user_id=user_id,
        task_id=1,
        seq=version,
        timestamp=datetime.now(UTC),
        actor=Actor(type="user", client="api"),
        correlation_id="test",
        payload=TaskChange(change="TaskUpdated", version=version, status="pending"),
    )


def page(opened: OpenService, user_id: str, last: int) -> AsyncIterator[bytes]:
    return stream(opened.runtime, User(user_id, "web", None, FAR), last, reset=False)


async def read(frames: AsyncIterator[bytes], count: int) -> list[tuple[int, str]]:
    """The ids and names of the next events, the opening ones left out."""
    found: list[tuple[int, str]] = []
    while len(found) < count:
        frame = await asyncio.wait_for(anext(frames), 5)
        lines = dict(line.split(": ", 1) for line in frame.decode().splitlines() if ": " in line)
        if lines.get("event") not in {None, "ready"}:
            found.append((int(lines["id"]), lines["event"]))
    return found


async def test_an_open_page_is_told_at_once_by_whichever_replica_got_the_event(
    backend: OpenService, open_service: Opener, user: str
) -> None:
    async with open_service(service) as other:
        here, there = page(backend, user, 0), page(other, user, 0)
        reads = asyncio.gather(read(here, 1), read(there, 1))
        await asyncio.sleep(0)
        assert await backend.deliver(TOPIC, change(user, 1)) == ["SUCCESS"]
        assert [names for [(_, names)] in await reads] == ["TaskChanged", "TaskChanged"]


async def test_a_page_that_comes_back_goes_on_where_it_was(backend: OpenService, user: str) -> None:
    await backend.deliver(TOPIC, *(change(user, i) for i in range(1, 6)))
    everything = await read(page(backend, user, 0), 5)
    assert await read(page(backend, user, everything[2][0]), 2) == everything[3:]


async def test_concurrent_writers_leave_no_gap_behind_a_reader(
    backend: OpenService, open_service: Opener, user: str
) -> None:
    async with open_service(service) as other:
        frames = page(backend, user, 0)
        reading = asyncio.ensure_future(read(frames, 60))
        for i in range(30):
            await asyncio.gather(
                backend.deliver(TOPIC, change(user, 2 * i)), other.deliver(TOPIC, change(user, 2 * i + 1))
            )
        ids = [event_id for event_id, _ in await reading]
        assert ids == sorted(set(ids))
        assert len(ids) == 60


async def test_an_event_that_comes_twice_is_shown_once(backend: OpenService, user: str) -> None:
    event = change(user, 1)
    await asyncio.gather(*(backend.deliver(TOPIC, event) for _ in range(4)))
    await backend.deliver(TOPIC, change(user, 2))
    assert len(await read(page(backend, user, 0), 2)) == 2


async def test_the_stream_over_http_opens_with_ready_and_belongs_to_its_user(person: Person) -> None:
    answer = await person.service.client.get(f"/api/{person.id}-else/events", headers=person.service.auth(person.id))
    assert answer.status_code == 403
    bad = await person.call("GET", "/events", headers={"Last-Event-ID": "abc"})
    assert bad.status_code == 422


async def test_a_page_whose_place_was_pruned_is_told_to_load_anew(backend: OpenService, user: str) -> None:
    frames: Any = stream(backend.runtime, User(user, "web", None, FAR), 7, reset=True)
    opening = [await anext(frames), await anext(frames)]
    assert b"event: reset" in opening[1]


async def opening(opened: OpenService, user_id: str, last: int | None) -> tuple[int, str]:
    """The id and the name of the first event of a page that was at `last`."""
    request = Request({"type": "http", "app": opened.app})
    answer = await follow_events(request, User(user_id, "web", None, FAR), last)
    frames: Any = answer.body_iterator
    await anext(frames)
    number, name, *_ = (await anext(frames)).decode().splitlines()
    return int(number.removeprefix("id: ")), name.removeprefix("event: ")


async def prune(opened: OpenService, user_id: str, last: int) -> None:
    async with opened.runtime.database.transaction() as session:
        statement = text("DELETE FROM live_events WHERE user_id = :user AND id <= :last")
        await session.execute(statement, {"user": user_id, "last": last})


async def test_a_page_loads_again_when_events_after_its_position_were_pruned(backend: OpenService, user: str) -> None:
    await backend.deliver(TOPIC, *(change(user, i) for i in range(3)))
    [first, second, third] = [number for number, _ in await read(page(backend, user, 0), 3)]
    assert await opening(backend, user, None) == (third, "ready")
    assert await opening(backend, user, second) == (second, "ready")
    # A position of another log, from before the database was restored.
    assert await opening(backend, user, third + 1000) == (third, "reset")
    assert await opening(backend, user, 2**63 - 1) == (third, "reset")
    await prune(backend, user, second)
    assert await opening(backend, user, second) == (second, "ready")
    assert await opening(backend, user, first) == (third, "reset")
    assert await opening(backend, user, 0) == (third, "reset")


async def test_an_idle_page_does_not_load_again_once_all_its_events_were_pruned(
    backend: OpenService, user: str
) -> None:
    await backend.deliver(TOPIC, *(change(user, i) for i in range(2)))
    [first, second] = [number for number, _ in await read(page(backend, user, 0), 2)]
    await prune(backend, user, second)
    await backend.deliver(TOPIC, change(f"{user}-else", 1))
    assert await opening(backend, user, second) == (second, "ready")
    assert await opening(backend, user, None) == (second, "ready")
    assert await opening(backend, user, first) == (second, "reset")
    await backend.deliver(TOPIC, change(user, 3))
    assert await opening(backend, user, second) == (second, "ready")
    assert len(await read(page(backend, user, second), 1)) == 1


async def test_a_page_without_events_yet_does_not_load_again_and_misses_none(backend: OpenService, user: str) -> None:
    await backend.deliver(TOPIC, change(f"{user}-else", 1))
    assert await opening(backend, user, None) == (0, "ready")
    assert await opening(backend, user, 0) == (0, "ready")
    await backend.deliver(TOPIC, change(user, 1))
    assert await opening(backend, user, 0) == (0, "ready")
    [(first, _)] = await read(page(backend, user, 0), 1)
    await prune(backend, user, first)
    assert await opening(backend, user, 0) == (first, "reset")
