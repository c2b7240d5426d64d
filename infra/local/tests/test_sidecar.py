"""The local sidecar answers Dapr's SDK and HTTP API as a sidecar does."""

import asyncio
import json
from collections.abc import AsyncIterator

import grpc
import httpx
import pytest
from dapr.aio.clients import DaprClient
from dapr.clients import BulkPublishEntry
from dapr.clients.exceptions import DaprGrpcError, DaprInternalError
from dapr.clients.grpc._state import Concurrency, StateOptions
from dapr.conf import settings as dapr_settings

from tests.support import Backbone, eventually
from todo_local.sidecar.delivery import bulk_body, read_statuses
from todo_local.sidecar.log import Entry

STORE = "todo-state"


@pytest.fixture
async def dapr(backbone: Backbone) -> AsyncIterator[DaprClient]:
    http_port, grpc_port = backbone.ports["todo-backend"]
    for name, value in (("DAPR_HTTP_PORT", http_port), ("DAPR_API_TOKEN", "dapr-token")):
        setattr(dapr_settings, name, value)
    client = DaprClient(f"127.0.0.1:{grpc_port}")
    yield client
    await client.close()


@pytest.fixture
async def http(backbone: Backbone) -> AsyncIterator[httpx.AsyncClient]:
    base = f"http://127.0.0.1:{backbone.ports['todo-backend'][0]}"
    async with httpx.AsyncClient(base_url=base, headers={"dapr-api-token": "dapr-token"}) as client:
        yield client


def published(backbone: Backbone, key: str) -> list[dict[str, object]]:
    return [entry for entry in backbone.log_of("task-events") if entry["key"] == key]


async def test_events_of_a_key_stay_in_one_partition_and_in_order(
    dapr: DaprClient, backbone: Backbone, user: str
) -> None:
    for batch in range(5):
        entries = [
            BulkPublishEntry(
                event=json.dumps({"specversion": "1.0", "id": f"{batch}-{i}", "type": "t", "source": "s", "data": i}),
                entry_id=str(i),
                content_type="application/cloudevents+json",
                metadata={"partitionKey": user},
            )
            for i in range(20)
        ]
        assert (await dapr.publish_events("todo-pubsub", "task-events", entries)).failed_entries == []
    found = published(backbone, user)
    assert len({entry["partition"] for entry in found}) == 1
    assert [entry["event"]["id"] for entry in found] == [f"{b}-{i}" for b in range(5) for i in range(20)]  # type: ignore[index]
    assert found[0]["event"]["topic"] == "task-events"  # type: ignore[index]


async def test_what_is_no_cloud_event_is_wrapped_into_one(dapr: DaprClient, backbone: Backbone, user: str) -> None:
    metadata = {"partitionKey": user}
    await dapr.publish_event("todo-pubsub", "task-events", '{"a": 1}', metadata, data_content_type="application/json")
    [entry] = published(backbone, user)
    event: dict[str, object] = entry["event"]  # type: ignore[assignment]
    assert (event["data"], event["type"], event["source"]) == ({"a": 1}, "com.dapr.event.sent", "todo-backend")


async def test_an_app_publishes_to_its_own_topics_alone(dapr: DaprClient, http: httpx.AsyncClient) -> None:
    with pytest.raises(DaprGrpcError):
        await dapr.publish_event("todo-pubsub", "reminders", "{}")
    answer = await http.post("/v1.0/publish/todo-pubsub/reminders", json={})
    assert (answer.status_code, answer.json()["errorCode"]) == (403, "ERR_PUBSUB_FORBIDDEN")
    assert (await http.post("/v1.0/publish/nope/task-events", json={})).status_code == 404


async def test_a_broker_that_is_away_refuses_entry_by_entry(dapr: DaprClient, backbone: Backbone, user: str) -> None:
    admin = httpx.AsyncClient(base_url=backbone.admin_url, headers={"admin-token": backbone.admin_token})
    async with admin:
        await admin.put("/faults", json={"refuse_publish": True, "app_id": "todo-backend"})
        try:
            entry = BulkPublishEntry(event="{}", entry_id="1", metadata={"partitionKey": user})
            answer = await dapr.publish_events("todo-pubsub", "task-events", [entry])
            assert [failed.entry_id for failed in answer.failed_entries] == ["1"]
        finally:
            await admin.delete("/faults")
        assert (await admin.get("/faults", headers={"admin-token": "guess"})).status_code == 401


async def test_whoever_has_not_the_token_is_not_the_app(backbone: Backbone, http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1.0/metadata", headers={"dapr-api-token": "guess"})
    assert answer.status_code == 401
    setattr(dapr_settings, "DAPR_API_TOKEN", "guess")  # noqa: B010 - the SDK's settings are untyped
    client = DaprClient(f"127.0.0.1:{backbone.ports['todo-backend'][1]}")
    try:
        with pytest.raises(DaprGrpcError):
            await client.get_metadata()
    finally:
        await client.close()


async def test_an_app_reads_its_own_secret_and_no_other(dapr: DaprClient) -> None:
    assert "DATABASE_URL" in (await dapr.get_secret("todo-secrets", "todo-backend")).secret
    for store, key in (("todo-secrets", "audit-service"), ("todo-secrets", "nothing"), ("other", "todo-backend")):
        with pytest.raises(grpc.RpcError):
            await dapr.get_secret(store, key)


async def test_state_is_written_once_by_those_who_read_the_same(dapr: DaprClient, user: str) -> None:
    options = StateOptions(concurrency=Concurrency.first_write)
    assert (await dapr.get_state(STORE, user)).data == b""
    await dapr.save_state(STORE, user, "one")
    read = await dapr.get_state(STORE, user)
    await dapr.save_state(STORE, user, "two", etag=read.etag, options=options)
    with pytest.raises(DaprInternalError, match="etag"):
        await dapr.save_state(STORE, user, "three", etag=read.etag, options=options)
    assert (await dapr.get_state(STORE, user)).data == b"two"
    with pytest.raises(DaprGrpcError):
        await dapr.delete_state(STORE, user, etag=read.etag, options=options)
    await dapr.delete_state(STORE, user)
    assert (await dapr.get_state(STORE, user)).data == b""


async def test_invoking_what_is_not_there_says_so(http: httpx.AsyncClient) -> None:
    unknown = await http.get("/v1.0/invoke/nobody/method/x")
    assert (unknown.status_code, unknown.json()["errorCode"]) == (500, "ERR_DIRECT_INVOKE")
    away = await http.get("/v1.0/invoke/audit-service/method/api/somebody/audit_logs")
    assert away.status_code == 500
    denied = await http.get("/v1.0/invoke/audit-service/method/metrics")
    assert denied.status_code == 403


async def test_many_publishers_at_once_lose_nothing(dapr: DaprClient, backbone: Backbone, user: str) -> None:
    def event(i: int) -> str:
        return json.dumps({"specversion": "1.0", "id": str(i), "type": "t", "source": "s"})

    metadata = {"partitionKey": user}
    await asyncio.gather(
        *(
            dapr.publish_event(
                "todo-pubsub", "task-events", event(i), metadata, data_content_type="application/cloudevents+json"
            )
            for i in range(200)
        )
    )
    found = await eventually(lambda: published(backbone, user))
    assert sorted(int(entry["event"]["id"]) for entry in found) == list(range(200))


ENTRIES = [Entry(i, "k", b'{"id":"%d"}' % i) for i in (7, 8)]


def test_the_bulk_body_is_daprs() -> None:
    body = json.loads(bulk_body("p", "t", ENTRIES))
    assert [entry["entryId"] for entry in body["entries"]] == ["7", "8"]
    assert body["entries"][0]["event"] == {"id": "7"}
    assert (body["pubsubname"], body["topic"], body["type"]) == ("p", "t", "com.dapr.event.sent.bulk")


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b"", {}),
        (200, b'{"status":"DROP"}', {}),
        (200, b'{"statuses":[{"entryId":"7","status":"SUCCESS"}]}', {"7": "SUCCESS"}),
        (422, b"{}", {}),
        (500, b"", {}),
    ],
)
def test_an_apps_answer_means_what_it_means_to_dapr(status: int, body: bytes, expected: dict[str, str]) -> None:
    assert read_statuses(status, body, ENTRIES, bulk=True) == expected
