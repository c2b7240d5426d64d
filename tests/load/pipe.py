"""The pipe without the suite: what Dapr and Kafka pass on when those who publish and take do nothing else."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.sidecars.stage import PUBSUB, Stage, prepared
from tests.support import eventually
from tests.tasks import Task
from todo_kit.events.envelope import CONTENT_TYPE, to_cloudevent
from todo_kit.sidecar import Publication

TOPIC = "task-events"
CONSUMERS = ("notification-service", "recurring-tasks-service", "audit-service")
BATCH, AT_A_TIME = 500, 50


async def raw(home: Path, events: int, consumers: int, *, one_by_one: bool = False) -> float:
    """Events a second from the first publish until each of the consumers has them all."""
    async with prepared("daprd", home) as stage, empty_apps(stage, CONSUMERS[:consumers]) as addresses:
        send = publish_singly if one_by_one else publish
        await publish(stage, BATCH)
        await until_taken(addresses, BATCH)
        started = time.monotonic()
        await send(stage, events)
        await until_taken(addresses, BATCH + events)
        return events / (time.monotonic() - started)


@asynccontextmanager
async def empty_apps(stage: Stage, app_ids: tuple[str, ...]) -> AsyncIterator[list[str]]:
    ports = [stage.settings.replica_port(stage.service(app_id), 1) for app_id in app_ids]
    command = [sys.executable, "-m", "tests.load.empty_app"]
    running = [await asyncio.create_subprocess_exec(*command, str(port), TOPIC) for port in ports]
    try:
        yield [f"http://127.0.0.1:{port}/taken" for port in ports]
    finally:
        for process in running:
            process.terminate()
            await process.wait()


async def publish(stage: Stage, events: int) -> None:
    """As the relay does: a request after the other, each of as many events as it takes at once."""
    sidecar = stage.kit()
    for first in range(0, events, BATCH):
        batch = [Task("bench", task_id=number).created() for number in range(first, min(first + BATCH, events))]
        refused = await sidecar.publish(
            TOPIC, [Publication(str(e.event_id), e.key, to_cloudevent(e, "bench", None)) for e in batch]
        )
        assert not refused
    await sidecar.close()


async def publish_singly(stage: Stage, events: int) -> None:
    """A request an event, so many of them at a time."""
    async with stage.sdk() as client:
        turns = asyncio.Semaphore(AT_A_TIME)

        async def one(number: int) -> None:
            event = Task("bench", task_id=number).created()
            async with turns:
                body, metadata = to_cloudevent(event, "bench", None), {"partitionKey": event.key}
                await client.publish_event(PUBSUB, TOPIC, body, metadata, data_content_type=CONTENT_TYPE)

        await asyncio.gather(*(one(number) for number in range(events)))


async def until_taken(addresses: list[str], events: int) -> None:
    async with httpx.AsyncClient() as client:

        async def all_taken() -> bool:
            try:
                return all([(await client.get(address)).json()["count"] >= events for address in addresses])
            except httpx.ConnectError:  # it is just being started
                return False

        await eventually(all_taken, 120)
