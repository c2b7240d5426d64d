"""What is published arrives as Dapr's documentation says, whichever sidecar it is."""

import asyncio
import json

import pytest
from dapr.clients import BulkPublishEntry
from dapr.clients.exceptions import DaprGrpcError

from tests.sidecars.stage import CLOUD_EVENT, PUBSUB, Stage, event, ids
from tests.support import eventually


async def test_a_cloud_event_arrives_as_it_was_with_where_it_came_through(stage: Stage) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    sent = event(traceid=trace, traceparent=trace, ours="kept")
    await stage.publish("task-updates", sent)
    [received] = await eventually(lambda: stage.backend.deliveries(sent["id"]))
    [arrived] = received.events
    assert {name: arrived[name] for name in sent} == sent
    assert (arrived["topic"], arrived["pubsubname"]) == ("task-updates", PUBSUB)
    assert received.headers["content-type"].startswith(CLOUD_EVENT)
    assert received.headers["dapr-api-token"] == stage.app_token("todo-backend")


async def test_an_event_without_a_traceid_gets_the_sidecars_trace(stage: Stage) -> None:
    """Dapr calls the whole traceparent so; with `traceparent` alone an event's trace would be lost."""
    sent = event(traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    await stage.publish("task-updates", sent)
    [received] = await eventually(lambda: stage.backend.deliveries(sent["id"]))
    [arrived] = received.events
    assert arrived["traceid"] == arrived["traceparent"] != sent["traceparent"]


async def test_what_is_no_cloud_event_becomes_the_data_of_one(stage: Stage) -> None:
    async with stage.sdk() as client:
        await client.publish_event(PUBSUB, "task-updates", '{"mark": 7}', data_content_type="application/json")
    found = await eventually(lambda: [e for r in stage.backend.received for e in r.events if e["data"] == {"mark": 7}])
    assert (found[0]["type"], found[0]["source"], found[0]["specversion"]) == (
        "com.dapr.event.sent",
        "todo-backend",
        "1.0",
    )
    assert found[0]["datacontenttype"] == "application/json"


async def test_an_event_published_over_http_arrives_too(stage: Stage) -> None:
    sent = event()
    async with stage.http() as http:
        answer = await http.post(
            f"/publish/{PUBSUB}/task-updates", content=json.dumps(sent), headers={"content-type": CLOUD_EVENT}
        )
    assert answer.status_code == 204
    await eventually(lambda: stage.backend.deliveries(sent["id"]))


async def test_events_of_a_key_arrive_in_the_order_in_which_they_were_published(stage: Stage) -> None:
    keys = [event()["id"] for _ in range(5)]
    for place in range(10):
        await stage.publish("task-updates", *(event(subject=keys[0], data=place) for _ in range(1)), key=keys[0])
        await asyncio.gather(*(stage.publish("task-updates", event(subject=k, data=place), key=k) for k in keys[1:]))

    def arrived() -> dict[str, list[int]]:
        events = [e for received in stage.backend.received for e in received.events]
        return {key: [e["data"] for e in events if e.get("subject") == key] for key in keys}

    await eventually(lambda: all(len(places) == 10 for places in arrived().values()))
    assert arrived() == {key: list(range(10)) for key in keys}


async def test_a_bulk_publish_arrives_in_bulk_each_entry_with_its_envelope(stage: Stage) -> None:
    sent = [event(data=place) for place in range(50)]
    await stage.publish("task-events", *sent, key=sent[0]["id"])
    wanted = {e["id"] for e in sent}

    def arrived() -> list[str]:
        return [event_id for received in stage.notification.received for event_id in ids(received)]

    await eventually(lambda: wanted <= set(arrived()))
    assert [event_id for event_id in arrived() if event_id in wanted] == [e["id"] for e in sent]
    body = next(r.body for r in stage.notification.received if wanted & set(ids(r)))
    assert (body["pubsubname"], body["topic"]) == (PUBSUB, "task-events")
    assert {"entryId", "event", "contentType"} <= set(body["entries"][0])
    assert body["entries"][0]["event"]["topic"] == "task-events"


async def test_a_request_of_more_than_four_megabytes_is_refused(stage: Stage) -> None:
    entries = [
        BulkPublishEntry(event="x" * 500_000, entry_id=str(i), metadata={"partitionKey": "large"}) for i in range(10)
    ]
    async with stage.sdk() as client:
        with pytest.raises(DaprGrpcError, match="larger than max"):
            await client.publish_events(PUBSUB, "task-updates", entries)


async def test_an_app_publishes_to_its_own_topics_alone(stage: Stage) -> None:
    async with stage.sdk() as client, stage.http() as http:
        with pytest.raises(DaprGrpcError, match="not allowed"):
            await client.publish_event(PUBSUB, "reminders", "{}")
        answer = await http.post(f"/publish/{PUBSUB}/reminders", json={})
        assert answer.status_code == 403
        unknown = await http.post("/publish/nowhere/task-updates", json={})
        assert unknown.status_code in {400, 404}
