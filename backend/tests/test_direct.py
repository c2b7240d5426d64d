"""Frequent endpoints answer the same whether they are called directly or by FastAPI."""

import re
from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from tests.support import ManualClock, Opener, OpenService
from todo_backend.main import service

ROOT = "/api/{user}"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DAILY = {"due_date": "2026-06-01T09:00:00", "time_zone": "Europe/Berlin", "recurrence_pattern": "daily"}
JSON = {"content-type": "application/json"}


class Asked(NamedTuple):
    verb: str
    path: str
    body: Any = None
    headers: Mapping[str, str] = MappingProxyType({})
    """They replace the token of the user if they have one."""


ASKED = [
    Asked("POST", "/tasks", {"title": "Plain"}),
    Asked("POST", "/tasks", {"title": "Repeats #1", **DAILY}),
    Asked("POST", "/tasks", {"title": "Tagged", "tags": ["Home", "home", "ÄRGER"], "priority": "High"}),
    Asked("POST", "/tasks", {"title": "Once"}, {"idempotency-key": "a"}),
    Asked("POST", "/tasks", {"title": "Once"}, {"idempotency-key": "a"}),
    Asked("POST", "/tasks", {"title": "Twice"}, {"idempotency-key": "a"}),
    Asked("POST", "/tasks", {"title": "Odd key"}, {"idempotency-key": "with space"}),
    Asked("POST", "/tasks", {"title": ""}),
    Asked("POST", "/tasks", {"title": "x", "unknown": 1}),
    Asked("POST", "/tasks", {"title": "x", "reminder_lead_time": 10**30}),
    Asked("POST", "/tasks", {"title": "x", "recurrence": {"interval": 2}}),
    Asked("POST", "/tasks", None),
    Asked("POST", "/tasks", b"", JSON),
    Asked("POST", "/tasks", b"null", JSON),
    Asked("POST", "/tasks", b"[]", JSON),
    Asked("POST", "/tasks", b'{"title": "x"', JSON),
    Asked("POST", "/tasks", b'{"title": "\\ud800"}', JSON),
    Asked("POST", "/tasks", b'{"title": "a", "title": "b"}', JSON),
    Asked("POST", "/tasks", b'{"title": "x", "priority": NaN}', JSON),
    Asked("POST", "/tasks", '{"title": "sixteen"}'.encode("utf-16"), JSON),
    Asked("POST", "/tasks", b'{"title": "x"}', {"content-type": "text/plain"}),
    Asked("POST", "/tasks", b'{"title": "charset"}', {"content-type": "application/json; charset=UTF-8"}),
    Asked("POST", "/tasks", b'{"title": "suffix"}', {"content-type": "application/merge-patch+json"}),
    Asked("POST", "/tasks", b'"' + b"x" * 1_100_000 + b'"', JSON),
    Asked("POST", "/tasks", {"title": "Step"}, {"undo-step": "not a step"}),
    Asked("GET", "/tasks"),
    Asked("GET", "/tasks?status=pending&sort=title&limit=2"),
    Asked("GET", "/tasks?status=today"),
    Asked("GET", "/tasks?status=nothing"),
    Asked("GET", "/tasks?tags=home&tags=arger&tags_match=all"),
    Asked("GET", "/tasks?priority=High&priority=Low"),
    Asked("GET", "/tasks?due_after=2026-06-01&due_before=2026-06-02T00:00:00"),
    Asked("GET", "/tasks?limit=0"),
    Asked("GET", "/tasks?limit=1&limit=2"),
    Asked("GET", "/tasks?cursor=nonsense"),
    Asked("GET", "/tasks?unknown=1"),
    Asked("GET", "/tasks/"),
    Asked("HEAD", "/tasks"),
    Asked("OPTIONS", "/tasks"),
    Asked("GET", "/tasks/search?q=rep"),
    Asked("GET", "/tasks/search?q=paln"),
    Asked("GET", "/tasks/search?q=%00"),
    Asked("GET", "/tasks/search"),
    Asked("GET", "/tasks/1"),
    Asked("GET", "/tasks/1", None, {"if-none-match": '"1"'}),
    Asked("GET", "/tasks/1", None, {"if-none-match": "x" * 300}),
    Asked("GET", "/tasks/0"),
    Asked("GET", "/tasks/one"),
    Asked("GET", "/tasks/999"),
    Asked("GET", "/tasks/1", None, {"authorization": ""}),
    Asked("GET", "/tasks/1", None, {"authorization": "Basic abc"}),
    Asked("GET", "/tasks/1", None, {"authorization": "Bearer abc"}),
    Asked("PATCH", "/tasks/1", {"title": "Changed"}, {"if-match": '"1"'}),
    Asked("PATCH", "/tasks/1", {"title": "Again"}, {"if-match": '"1"'}),
    Asked("PATCH", "/tasks/1", {"title": "Again"}, {"if-match": "one"}),
    Asked("PATCH", "/tasks/1", {"title": "Changed"}),
    Asked("PATCH", "/tasks/1", {"title": None}),
    Asked("PATCH", "/tasks/1", {}),
    Asked("PATCH", "/tasks/2?scope=series", {"title": "All of them"}),
    Asked("PATCH", "/tasks/2?scope=all", {"title": "All of them"}),
    Asked("PATCH", "/tasks/2", {"due_date": None}),
    Asked("PATCH", "/tasks/1/complete"),
    Asked("PATCH", "/tasks/1/complete"),
    Asked("PATCH", "/tasks/1/reopen", None, {"if-match": '"7"'}),
    Asked("PATCH", "/tasks/1/reopen"),
    Asked("PATCH", "/tasks/2/complete"),
    Asked("PATCH", "/tasks/2/reopen"),
    Asked("PATCH", "/tasks/1/forget"),
    Asked("DELETE", "/tasks/1"),
    Asked("DELETE", "/tasks/1"),
    Asked("GET", "/tasks/1"),
    Asked("PATCH", "/tasks/1", {"title": "Too late"}),
    Asked("DELETE", "/tasks/2?scope=series"),
    Asked("GET", "/overview"),
    Asked("POST", "/overview"),
]


@pytest.fixture(scope="module")
async def both(open_service: Opener) -> AsyncIterator[tuple[OpenService, OpenService]]:
    """The service as it is, and with FastAPI calling every endpoint."""
    clock = ManualClock()
    async with open_service(service, clock) as direct:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("todo_kit.application.direct_routes", lambda _: {})
            async with open_service(service, clock) as plain:
                yield direct, plain


async def test_a_request_is_answered_the_same_on_both_ways(both: tuple[OpenService, OpenService], user: str) -> None:
    direct, plain = both
    for asked in ASKED:
        answers = [await answer(direct, f"{user}-d", asked), await answer(plain, f"{user}-p", asked)]
        assert answers[0] == answers[1], asked


async def answer(opened: OpenService, user: str, asked: Asked) -> tuple[int, dict[str, str], str]:
    content = {"content": asked.body} if isinstance(asked.body, bytes) else {"json": asked.body}
    given: Any = content if asked.body is not None else {}
    url = ROOT.format(user=user) + asked.path
    response = await opened.client.request(asked.verb, url, headers=opened.auth(user) | dict(asked.headers), **given)
    headers = {name: value for name, value in response.headers.items() if name != "x-correlation-id"}
    steps = {name: UUID.sub("a step", value) for name, value in headers.items()}
    return response.status_code, steps, UUID.sub("a UUID", response.text.replace(user, "the user"))


async def test_a_token_of_another_user_is_refused_on_both_ways(both: tuple[OpenService, OpenService]) -> None:
    for opened in both:
        for verb, path in (("GET", "/tasks"), ("POST", "/tasks"), ("PATCH", "/tasks/1/complete")):
            response = await opened.client.request(verb, f"/api/ann{path}", headers=opened.auth("bob"), json={})
            assert response.status_code == 403


async def test_a_scope_that_is_missing_is_named_on_both_ways(both: tuple[OpenService, OpenService], user: str) -> None:
    for opened in both:
        headers = {"authorization": f"Bearer {opened.tokens.token(user, scope='tasks:read')}"}
        response = await opened.client.post(f"/api/{user}/tasks", headers=headers, json={"title": "x"})
        assert (response.status_code, response.json()["scope"]) == (403, "tasks:read tasks:write")
