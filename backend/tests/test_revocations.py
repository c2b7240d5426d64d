"""A token that was revoked is refused at once, by every replica, and what it had opened ends."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.requests import Request

from backend.tests.support import post
from tests.support import Backbone, Opener, OpenService, eventually
from todo_backend.live.endpoints import follow_events
from todo_backend.main import service
from todo_kit.events.accounts import TOPIC

PATH = "/api/revocations"


def statement(opened: OpenService, user: str, **claims: Any) -> dict[str, str]:
    token = opened.tokens.token(user, **({"aud": "todo/revocations"} | claims))
    return {"Authorization": f"Bearer {token}"}


async def revoke(opened: OpenService, user: str, **claims: Any) -> None:
    answer = await opened.client.post(PATH, headers=statement(opened, user, **claims))
    assert answer.status_code == 204, answer.text


async def status(opened: OpenService, user: str, token: str) -> int:
    answer = await opened.client.get(f"/api/{user}/tasks", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


@pytest.fixture(scope="module")
async def other(open_service: Opener, backend: OpenService) -> AsyncIterator[OpenService]:  # noqa: ARG001 - the first one
    """A second replica."""
    async with open_service(service) as opened:
        yield opened


async def test_a_session_that_has_ended_opens_nothing_on_any_replica(
    backend: OpenService, other: OpenService, user: str
) -> None:
    ended, kept = backend.tokens.token(user, sid="one"), backend.tokens.token(user, sid="two")
    for replica in (backend, other):
        assert await status(replica, user, ended) == 200
    await revoke(backend, user, sid="one")
    assert await status(backend, user, ended) == 401

    async def refused() -> bool:
        return await status(other, user, ended) == 401

    await eventually(refused, 1)
    later = backend.tokens.token(user, sid="one", iat=int(time.time()) + 5)
    assert await status(other, user, later) == 401, "a session does not come back"
    for replica in (backend, other):
        assert await status(replica, user, kept) == 200
        assert (await post(replica, ended)).status_code == 401
        assert (await post(replica, kept)).status_code == 200


async def test_a_replica_that_starts_later_refuses_it_too(
    backend: OpenService, open_service: Opener, user: str
) -> None:
    token = backend.tokens.token(user, sid="one")
    await revoke(backend, user, sid="one")
    async with open_service(service) as late:
        assert await status(late, user, token) == 401


async def test_an_app_that_is_connected_again_gets_in_with_its_new_tokens(backend: OpenService, user: str) -> None:
    now = int(time.time())
    claims = {"client_id": "app", "scope": "tasks:read"}
    old, new = backend.tokens.token(user, iat=now - 20, **claims), backend.tokens.token(user, iat=now, **claims)
    session = backend.tokens.token(user, sid="one", iat=now - 20)
    await revoke(backend, user, client_id="app", iat=now - 10)
    assert [await status(backend, user, token) for token in (old, new, session)] == [401, 200, 200]
    await revoke(backend, user, client_id="app", iat=now - 15)
    assert await status(backend, user, old) == 401, "what comes late takes nothing back"


async def test_without_a_grant_every_token_of_the_user_is_revoked_and_nobody_elses(
    backend: OpenService, user: str
) -> None:
    tokens = [backend.tokens.token(user), backend.tokens.token(user, sid="one")]
    tokens.append(backend.tokens.token(user, client_id="app", scope="tasks:read"))
    await revoke(backend, user)
    assert [await status(backend, user, token) for token in tokens] == [401, 401, 401]
    assert await status(backend, f"not-{user}", backend.tokens.token(f"not-{user}")) == 200


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"aud": "todo", "sid": "one"}, 401),
        ({"aud": "mcp/revocations"}, 401),
        ({"iss": "https://evil.test"}, 401),
        ({"exp": 1}, 401),
        ({"sid": "one", "client_id": "app"}, 422),
        ({"sid": 7}, 422),
        ({"sid": "x" * 129}, 422),
        ({"session": "one"}, 422),
    ],
    ids=str,
)
async def test_only_the_issuer_of_the_sessions_revokes(
    backend: OpenService, user: str, claims: dict[str, Any], expected: int
) -> None:
    answer = await backend.client.post(PATH, headers=statement(backend, user, **claims))
    assert answer.status_code == expected, answer.text
    assert await status(backend, user, backend.tokens.token(user, sid="one")) == 200


async def test_a_revocation_needs_a_token_and_is_none(backend: OpenService, user: str) -> None:
    assert (await backend.client.post(PATH)).status_code == 401
    token = statement(backend, user)["Authorization"].removeprefix("Bearer ")
    assert await status(backend, user, token) == 401


async def test_an_open_stream_ends(backend: OpenService, other: OpenService, user: str) -> None:
    verified = await other.runtime.tokens.verify(backend.tokens.token(user, sid="one"))
    request = Request({"type": "http", "app": other.app})
    frames = aiter((await follow_events(request, verified)).body_iterator)
    assert "ready" in str([await anext(frames), await anext(frames)])

    async def rest() -> list[Any]:
        return [frame async for frame in frames]

    reading = asyncio.create_task(rest())
    await revoke(backend, user, sid="one")
    assert await asyncio.wait_for(reading, 2) == []


async def test_no_token_is_accepted_before_the_list_has_been_read(other: OpenService, user: str) -> None:
    other.runtime.tokens.revocations.known = False
    try:
        answer = await other.client.get(f"/api/{user}/tasks", headers=other.auth(user))
    finally:
        other.runtime.tokens.revocations.known = True
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


async def test_the_other_services_hear_of_a_session_that_has_ended(
    backend: OpenService, backbone: Backbone, user: str
) -> None:
    await revoke(backend, user, sid="one")
    await revoke(backend, user, client_id="an-app")
    await revoke(backend, user)

    def told() -> list[str]:
        events = [entry["event"] for entry in backbone.log_of(TOPIC) if entry["key"] == f"{user}/0"]
        return [event["data"]["payload"]["grant"] for event in events]

    await eventually(lambda: told() == ["session:one", "app:an-app", ""])
