"""Two people never see or change each other's data: every route of every service, with the wrong person's token."""

from collections.abc import Iterator

import httpx
import pytest

from tests.suite import RunningSuite
from todo_backend.forwarding.endpoints import FORWARDED

SERVICES = range(4)
"""The offsets of the services' ports."""
OPEN = {"/health", "/health/subscriptions", "/ready", "/metrics"}
PARAMETERS = {"task_id": "1", "notification_id": "00000000-0000-7000-8000-000000000000"}


def routes(suite: RunningSuite, offset: int) -> Iterator[tuple[str, str, str]]:
    """Verb, path and URL of everything that a service documents; the backend forwards more than that."""
    base = f"http://127.0.0.1:{suite.port + offset}"
    document = httpx.get(f"{base}/openapi.json").json()
    found = [(verb.upper(), path) for path, verbs in document["paths"].items() for verb in verbs]
    if offset == 0:
        found += [(entry.verb, f"/api/{{user_id}}{entry.path}") for entry in FORWARDED]
    for verb, path in found:
        yield verb, path, base + path.format(user_id="victim", **PARAMETERS)


@pytest.mark.parametrize("offset", SERVICES)
def test_every_route_is_open_internal_or_a_persons_own(suite: RunningSuite, offset: int) -> None:
    for verb, path, _ in routes(suite, offset):
        assert path in OPEN or path.startswith(("/internal/", "/api/{user_id}/")), f"{verb} {path}"


@pytest.mark.parametrize("offset", SERVICES)
def test_the_wrong_persons_token_opens_nothing(suite: RunningSuite, offset: int) -> None:
    attacker = {"Authorization": f"Bearer {suite.token('attacker')}"}
    for verb, path, url in routes(suite, offset):
        if path in OPEN:
            continue
        for headers, expected in (({}, 401), (attacker, 401 if path.startswith("/internal/") else 403)):
            answer = httpx.request(verb, url, headers=headers)
            assert answer.status_code == expected, f"{verb} {path}: {answer.status_code} {answer.text}"
            assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("offset", SERVICES)
@pytest.mark.parametrize("path", ["/events/task-events", "/events/reminders", "/events/task-updates"])
def test_events_come_through_the_sidecar_alone(suite: RunningSuite, offset: int, path: str) -> None:
    for headers in ({}, {"dapr-api-token": "guess"}, {"Authorization": f"Bearer {suite.token('attacker')}"}):
        answer = httpx.post(f"http://127.0.0.1:{suite.port + offset}{path}", json={}, headers=headers)
        assert answer.status_code in {401, 404}, path
