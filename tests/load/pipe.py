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
from todo_kit.events.envelope import to_cloudevent
from todo_kit.sidecar import Publication, Sidecar

TOPIC = "task-events"
CONSUMERS = ("notification-service", "recurring-tasks-service", "audit-service")
BATCH = 500


async def raw(home: Path, events: int, consumers: int) -> float:
    """Events a second from the first publish until each of the consumers has them all."""
    async with prepared("daprd", home) as stage, empty_apps(stage, CONSUMERS[:consumers]) as addresses:
        await publish(stage, BATCH)
        await until_taken(addresses, BATCH)
        started = time.monotonic()
        await publish(stage, events)
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
    async with stage.sdk() as client:
        sidecar = Sidecar(client, PUBSUB)
        for first in range(0, events, BATCH):
            batch = [Task("bench", task_id=number).created() for number in range(first, min(first + BATCH, events))]
            refused = await sidecar.publish(
                TOPIC, [Publication(str(e.event_id), e.key, to_cloudevent(e, "bench", None)) for e in batch]
            )
            assert not refused


async def until_taken(addresses: list[str], events: int) -> None:
    async with httpx.AsyncClient() as client:

        async def all_taken() -> bool:
            return all([(await client.get(address)).json()["count"] >= events for address in addresses])

        await asyncio.sleep(0)
        await eventually(all_taken, 120)
