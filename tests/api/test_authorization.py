"""Two people never see or change each other's data: every route of every service, with the wrong person's token."""

import httpx
import pytest

from tests.api.routes import OPEN, SERVICES, routes
from tests.suite import RunningSuite


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
