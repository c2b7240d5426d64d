"""Calling another app: what arrives there, what comes back, and who may not."""

import asyncio

import httpx
import pytest
from dapr.clients.exceptions import DaprGrpcError

from tests.sidecars.stage import Stage
from tests.support import eventually
from todo_kit.errors import Unavailable
from todo_kit.sidecar import INVOCATION_SECONDS

NOTIFICATIONS = "/invoke/notification-service/method/api/somebody/notifications"


async def reached(http: httpx.AsyncClient) -> bool:
    return (await http.get(NOTIFICATIONS)).status_code == 200


async def test_a_call_arrives_with_what_proves_that_it_came_through_a_sidecar(stage: Stage) -> None:
    async with stage.http() as http:
        await eventually(lambda: reached(http))
        answer = await http.post(f"{NOTIFICATIONS}/x?a=1&b=%2F", json={"c": 2}, headers={"authorization": "Bearer me"})
    assert (answer.status_code, answer.json()) == (200, {"path": "/api/somebody/notifications/x?a=1&b=%2F"})
    assert answer.headers["x-own"] == "kept"
    received = stage.notification.invoked[-1]
    assert received.body == {"c": 2}
    assert received.headers["authorization"] == "Bearer me"
    assert received.headers["dapr-api-token"] == stage.app_token("notification-service")
    assert received.headers["dapr-caller-app-id"] == "todo-backend"


@pytest.mark.parametrize("status", [204, 400, 404, 409, 422])
async def test_the_other_apps_answer_comes_back_as_it_is(stage: Stage, status: int) -> None:
    async with stage.http() as http:
        await eventually(lambda: reached(http))
        assert (await http.get(f"{NOTIFICATIONS}?status={status}")).status_code == status


async def test_nobody_calls_what_the_other_apps_configuration_does_not_allow(stage: Stage) -> None:
    async with stage.http() as http:
        for path in ("metrics", "events/task-events", "api/../metrics", "api/%2e%2e/metrics"):
            answer = await http.get(f"/invoke/notification-service/method/{path}")
            assert (answer.status_code, answer.json()["errorCode"]) == (403, "ERR_DIRECT_INVOKE"), path
        only_post = "/invoke/notification-service/method/internal/unsubscriptions/A"
        assert (await http.get(only_post)).status_code == 403
    async with stage.http("recurring-tasks-service") as http:
        assert (await http.get(NOTIFICATIONS)).status_code == 403
        assert (await http.post("/invoke/todo-backend/method/internal/occurrences", json={})).status_code == 200
        assert (await http.post("/invoke/todo-backend/method/api/somebody/tasks", json={})).status_code == 403


async def test_an_app_reaches_its_own_internal_endpoints_and_no_other_app_does(stage: Stage) -> None:
    path = "/invoke/notification-service/method/internal/notifications"
    async with stage.http("notification-service") as http:
        answer = await http.post(path, json={"a": 1})
    assert (answer.status_code, answer.json()) == (200, {"path": "/internal/notifications"})
    received = stage.notification.invoked[-1]
    assert received.headers["dapr-api-token"] == stage.app_token("notification-service")
    for caller in ("todo-backend", "recurring-tasks-service"):
        async with stage.http(caller) as http:
            assert (await http.post(path, json={})).status_code == 403


async def test_an_app_that_does_not_answer_is_not_waited_for_for_ever(stage: Stage) -> None:
    async with stage.http() as http:
        await eventually(lambda: reached(http))
    sidecar = stage.kit()
    path, before = NOTIFICATIONS.split("/method/")[1], len(stage.notification.invoked)
    try:
        async with asyncio.timeout(INVOCATION_SECONDS + 2):
            with pytest.raises(Unavailable, match="notification-service"):
                await sidecar.invoke("notification-service", path, verb="GET", query=[("seconds", "60")])
        attempts = len(stage.notification.invoked) - before
        await asyncio.sleep(6)
        assert len(stage.notification.invoked) - before == attempts, "it is not asked again for somebody who has gone"
    finally:
        await sidecar.close()


async def test_an_app_that_nobody_knows_cannot_be_called(stage: Stage) -> None:
    async with stage.http() as http:
        answer = await http.get("/invoke/nobody/method/x")
    assert (answer.status_code, answer.json()["errorCode"]) == (500, "ERR_DIRECT_INVOKE")


async def test_whoever_has_not_the_token_is_not_the_app(stage: Stage) -> None:
    async with stage.http(token="guess") as http:
        assert (await http.get("/metadata")).status_code == 401
        assert (await http.get("/healthz/outbound")).status_code == 204
    async with stage.sdk(token="guess") as client:
        with pytest.raises(DaprGrpcError):
            await client.get_metadata()
