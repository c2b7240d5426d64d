"""What one account may use: its requests are refused or wait, and nobody else notices."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from backend.tests.conftest import Person
from tests.support import Opener, OpenService, eventually
from todo_backend.limits import limiter_of
from todo_backend.limits.errors import TooManyAtOnce, TooManyRequests, TooManyStreams
from todo_backend.limits.limiter import Limiter
from todo_backend.limits.synchronization import share_once
from todo_backend.live.endpoints import follow_events
from todo_backend.main import service
from todo_backend.settings import Settings
from todo_kit.database import Database
from todo_kit.errors import DatabaseAway

FEW: dict[str, Any] = {"requests_per_second": 0.2, "requests_burst": 20}


async def lists(opened: OpenService, user: str, count: int) -> list[httpx.Response]:
    headers = opened.auth(user)
    return list(await asyncio.gather(*(opened.client.get(f"/api/{user}/tasks", headers=headers) for _ in range(count))))


def limiter(**settings: Any) -> tuple[Limiter, list[float]]:
    """With a clock that is moved by hand."""
    now = [100.0]
    return Limiter(Settings.model_construct(**settings), lambda: now[0]), now


def test_a_burst_is_let_in_and_then_as_much_as_flows_back() -> None:
    limits, now = limiter(requests_per_second=2.0, requests_burst=5)
    for _ in range(5):
        limits.count("ann")
    with pytest.raises(TooManyRequests) as refused:
        limits.count("ann")
    assert refused.value.answer_headers() == {"Retry-After": "1"}
    limits.count("bob")
    now[0] += 1
    limits.count("ann")
    limits.count("ann")
    with pytest.raises(TooManyRequests):
        limits.count("ann")


def test_an_account_that_has_nothing_left_to_tell_is_forgotten() -> None:
    limits, now = limiter(requests_per_second=1.0, requests_burst=5)
    limits.count("ann")
    assert limits.news() == [("ann", 1, 0, 0)]
    assert "ann" in limits.accounts
    now[0] += 1
    assert limits.news() == []
    assert limits.accounts == {}


def test_an_open_stream_is_told_of_again_while_it_lasts() -> None:
    limits, now = limiter(requests_per_second=1.0, requests_burst=5, streams_at_once=2)
    with limits.stream("ann"):
        assert limits.news() == [("ann", 0, 0, 1)]
        now[0] += 10
        assert limits.news() == []
        now[0] += 20
        assert limits.news() == [("ann", 0, 0, 1)]
        limits.hear("ann", 5, 0, 1)
        with pytest.raises(TooManyStreams), limits.stream("ann"):
            pass
    assert limits.news() == [("ann", 0, 0, 0)]


async def test_requests_of_an_account_take_turns_in_order() -> None:
    limits, _ = limiter(
        requests_per_second=1.0, requests_burst=99, requests_at_once=2, requests_waiting=3, requests_wait_seconds=5.0
    )
    account = limits.account("ann")
    order: list[int] = []

    async def ask(number: int) -> None:
        await limits.enter(account)
        order.append(number)

    await ask(0)
    await ask(1)
    waiting = [asyncio.create_task(ask(number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyAtOnce):
        await limits.enter(account)
    waiting[0].cancel()
    await asyncio.wait(waiting[:1])
    limits.leave(account)
    limits.leave(account)
    await asyncio.gather(*waiting[1:])
    assert order == [0, 1, 3, 4]
    assert (account.open, len(account.waiting)) == (2, 0)


async def test_who_waits_too_long_is_told_so_and_leaves_no_trace() -> None:
    limits, _ = limiter(
        requests_per_second=1.0, requests_burst=9, requests_at_once=1, requests_waiting=3, requests_wait_seconds=0.01
    )
    account = limits.account("ann")
    await limits.enter(account)
    with pytest.raises(TooManyAtOnce):
        await limits.enter(account)
    limits.leave(account)
    assert (account.open, len(account.waiting)) == (0, 0)


async def test_replicas_count_together(open_service: Opener, user: str) -> None:
    async with open_service(service, **FEW) as one, open_service(service, **FEW) as other:
        assert [answer.status_code for answer in await lists(one, user, 20)] == [200] * 20
        [refused] = await lists(one, user, 1)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
        assert 1 <= int(refused.headers["retry-after"]) <= 5
        assert refused.headers["content-type"] == "application/problem+json"

        async def is_refused_there() -> bool:
            return (await lists(other, user, 1))[0].status_code == 429

        await eventually(is_refused_there, 5)
        assert [answer.status_code for answer in await lists(other, f"not-{user}", 1)] == [200]
        assert (await other.client.post("/mcp", headers=other.auth(user), json={})).status_code == 429


async def test_without_the_shared_storage_the_limits_hold_in_each_replica(open_service: Opener, user: str) -> None:
    async with open_service(service, **FEW) as opened:
        limits, there = limiter_of(opened.runtime), opened.runtime.database
        opened.runtime.database = Database("postgresql://u:p@no-such-host.invalid/x", application_name="test")
        limits.count(user)
        before = limits.accounts[user].unshared
        with pytest.raises(DatabaseAway):
            await share_once(opened.runtime, "me")
        assert limits.accounts[user].unshared == before, "it is charged later"
        for _ in range(19):
            limits.count(user)
        with pytest.raises(TooManyRequests):
            limits.count(user)
        opened.runtime.database = there


async def test_of_many_streams_that_are_opened_at_once_no_more_than_the_limit_are(
    backend: OpenService, user: str
) -> None:
    verified = await backend.runtime.tokens.verify(backend.tokens.token(user))
    request = Request({"type": "http", "app": backend.app})
    opened = await asyncio.gather(*(follow_events(request, verified) for _ in range(150)), return_exceptions=True)
    refused = [answer for answer in opened if isinstance(answer, TooManyStreams)]
    streams: list[Any] = [answer for answer in opened if not isinstance(answer, BaseException)]
    assert (len(streams), len(refused)) == (20, 130)
    assert refused[0].answer_headers() == {"Retry-After": "10"}

    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def nowhere(_: Any) -> None:
        pass

    await asyncio.gather(*(stream({"type": "http"}, gone, nowhere) for stream in streams))
    assert backend.runtime.extras["limits"].accounts[user].streams == 0
    assert not isinstance(await follow_events(request, verified), BaseException)


async def test_an_account_with_many_requests_lets_others_pass(backend: OpenService, person: Person, user: str) -> None:
    hostile = Person(backend, f"hostile-{user}")
    await hostile.create("Something to look through", description="word " * 1900)
    limits = backend.runtime.extras["limits"]
    most = 0

    async def search() -> int:
        nonlocal most
        answer = await hostile.call("GET", "/tasks/search", params={"q": "xyzzyx"})
        most = max(most, limits.accounts[hostile.id].open)
        return answer.status_code

    searches = [asyncio.create_task(search()) for _ in range(48)]
    await asyncio.sleep(0)
    assert await person.titles() == []
    assert sum(search.done() for search in searches) < 48, "the list has not waited for them"
    assert set(await asyncio.gather(*searches)) == {200}
    assert most <= 8
