"""What every answer says to browsers and proxies, whatever made it."""

import time

import pytest

from backend.tests.conftest import Person

ACCEPT = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        ("GET", "/api/{user}/tasks", 200),
        ("GET", "/api/{user}/tasks/1", 404),
        ("GET", "/api/{user}/tasks?limit=0", 422),
        ("GET", "/api/somebody-else/tasks", 403),
        ("PUT", "/health", 405),
        ("GET", "/nowhere", 404),
        ("GET", "/health", 200),
        ("GET", "/metrics", 200),
        ("POST", "/mcp", 401),
        ("GET", "/.well-known/oauth-protected-resource/mcp", 200),
        ("GET", "/api/{user}/chat", 200),
        ("GET", "/api/{user}/events", 200),
    ],
)
async def test_no_answer_is_kept_or_taken_for_another_type(person: Person, verb: str, path: str, status: int) -> None:
    # Expired within the leeway: it opens a stream, which ends at once.
    expired = person.service.tokens.token(person.id, exp=int(time.time()) - 5)
    headers = ACCEPT | {"authorization": f"Bearer {expired}"}
    answer = await person.service.client.request(verb, path.format(user=person.id), headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers.get_list("cache-control") == ["no-store"]
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]


async def test_an_api_client_still_asks_whether_a_task_has_changed(person: Person) -> None:
    await person.create("Read twice")
    tag = (await person.call("GET", "/tasks/1")).headers["etag"]
    again = await person.call("GET", "/tasks/1", headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["etag"], again.headers["cache-control"]) == (304, tag, "no-store")
