"""Who may use the server is in the token, and nothing else says it."""

from typing import Any

import pytest

from backend.tests.conftest import Person
from backend.tests.mcp.conftest import assistant_of
from backend.tests.support import ACCEPT, post
from tests.support import OpenService


async def test_without_a_token_it_is_said_where_one_is_given(backend: OpenService) -> None:
    answer = await post(backend, None)
    assert answer.status_code == 401
    metadata = "http://127.0.0.1:3000/.well-known/oauth-protected-resource/mcp"
    assert f'resource_metadata="{metadata}"' in answer.headers["www-authenticate"]
    document = (await backend.client.get("/.well-known/oauth-protected-resource/mcp")).json()
    assert document["resource"] == "http://127.0.0.1:3000/mcp"
    assert document["authorization_servers"] == ["http://127.0.0.1:3000"]
    assert document["scopes_supported"] == ["tasks:read", "tasks:write"]


@pytest.mark.parametrize(
    "claims", [{"aud": "other"}, {"iss": "https://evil.test"}, {"exp": 1}, {"sub": "../x"}], ids=lambda c: next(iter(c))
)
async def test_a_token_that_is_not_for_it_is_refused(backend: OpenService, user: str, claims: dict[str, Any]) -> None:
    assert (await post(backend, backend.tokens.token(user, **claims))).status_code == 401


async def test_a_token_without_the_scope_to_read_is_told_so(backend: OpenService, user: str) -> None:
    answer = await post(backend, backend.tokens.token(user, scope="openid"))
    assert answer.status_code == 403
    assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]


async def test_a_token_that_may_only_read_changes_nothing(person: Person) -> None:
    await person.create("Here")
    async with assistant_of(person, scope="tasks:read") as reader:
        assert (await reader.call("list_tasks"))["total"] == 1
        changes: list[tuple[str, dict[str, Any]]] = [
            ("add_task", {"tasks": [{"title": "x"}]}),
            ("update_task", {"changes": [{"id": 1, "title": "x"}]}),
            ("complete_task", {"ids": [1]}),
            ("delete_task", {"ids": [1]}),
            ("restore_task", {"ids": [1]}),
            ("undo_last_change", {}),
        ]
        for tool, arguments in changes:
            assert "may only read" in await reader.fail(tool, **arguments)
    assert await person.titles() == ["Here"]
    assert (await person.task(1))["version"] == 1


async def test_one_persons_tasks_are_not_anothers(person: Person, stranger: Person) -> None:
    await person.create("Mine")
    async with assistant_of(stranger) as other:
        assert (await other.call("list_tasks", view="all"))["total"] == 0
        assert (await other.call("list_tasks", ids=[1]))["total"] == 0
        assert (await other.call("search_tasks", query="Mine"))["total"] == 0
        await other.fail("complete_task", ids=[1])
        await other.fail("undo_last_change")
    assert not (await person.task(1))["completed"]


async def test_there_is_no_stream_to_keep_open(backend: OpenService, user: str) -> None:
    headers = ACCEPT | {"authorization": f"Bearer {backend.tokens.token(user)}"}
    assert (await backend.client.get("/mcp", headers=headers)).status_code == 405


async def test_a_large_body_is_refused(backend: OpenService, user: str) -> None:
    headers = ACCEPT | {"authorization": f"Bearer {backend.tokens.token(user)}", "content-type": "application/json"}
    answer = await backend.client.post("/mcp", content=b"x" * 300_000, headers=headers)
    assert answer.status_code == 413
