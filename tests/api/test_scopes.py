"""A token that its owner has given to an app does what was allowed and no more: every route of every service."""

import httpx
import pytest

from tests.api.routes import SERVICES, routes
from tests.suite import RunningSuite
from todo_local import tokens

READING = {"/api/{user_id}/tasks/parse", "/api/{user_id}/recurrence/preview"}
"""What only reads, although its verb is POST."""
NOT_FOR_APPS = (
    "/api/{user_id}/notifications/channels",
    "/api/{user_id}/notifications/digest",
    "/api/{user_id}/webhooks",
    "/api/{user_id}/export",
)
"""Where notifications and events are sent would outlive an app's access; the archive has more than an app may see."""
OPENING_SECONDS = 20.0


def headers(suite: RunningSuite, user: str, scope: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens.make(suite.secrets, user, scope=scope)}"}


def status(verb: str, url: str, head: dict[str, str]) -> httpx.Response:
    """The answer without its body: that of a stream has no end."""
    with httpx.stream(verb, url, headers=head, timeout=OPENING_SECONDS) as answer:
        if not answer.headers.get("content-type", "").startswith("text/event-stream"):
            answer.read()
        return answer


def lacks(answer: httpx.Response, scope: str) -> bool:
    if answer.status_code != 403:
        return False
    problem = answer.json()
    assert (problem["code"], problem["scope"]) == ("insufficient_scope", scope)
    assert answer.headers["WWW-Authenticate"] == f'Bearer error="insufficient_scope", scope="{scope}"'
    return True


@pytest.mark.parametrize("offset", SERVICES)
def test_without_the_scope_for_it_nothing_is_changed_and_nothing_is_read(
    suite: RunningSuite, user: str, offset: int
) -> None:
    reading, writing = headers(suite, user, "tasks:read offline_access"), headers(suite, user, "tasks:write")
    seen = 0
    for verb, path, url in routes(suite, offset, user):
        if not path.startswith("/api/"):
            continue
        seen += 1
        if path.startswith(NOT_FOR_APPS):
            for scope in ("tasks:read tasks:write offline_access", ""):
                answer = status(verb, url, headers(suite, user, scope))
                assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), f"{verb} {path}"
            continue
        reads = verb == "GET" or path in READING
        needed = "tasks:read" if reads else "tasks:read tasks:write"
        assert lacks(status(verb, url, reading), needed) is not reads, f"{verb} {path}"
        assert lacks(status(verb, url, writing), needed), f"{verb} {path}: its answer shows what is there"
        assert lacks(status(verb, url, headers(suite, user, "")), needed), f"{verb} {path}"
    assert seen >= 1


def test_a_token_that_may_read_reads_and_one_that_may_change_changes(suite: RunningSuite, user: str) -> None:
    url = f"{suite.url}/api/{user}/tasks"
    made = httpx.post(url, json={"title": "Written by an app"}, headers=headers(suite, user, "tasks:read tasks:write"))
    assert made.status_code == 201, made.text
    read = httpx.get(url, headers=headers(suite, user, "tasks:read"))
    assert [task["title"] for task in read.json()["items"]] == ["Written by an app"]


def test_a_session_of_our_own_has_no_scopes_and_may_do_everything(suite: RunningSuite, user: str) -> None:
    answer = httpx.post(
        f"{suite.url}/api/{user}/tasks",
        json={"title": "Mine"},
        headers={"Authorization": f"Bearer {suite.token(user)}"},
    )
    assert answer.status_code == 201
