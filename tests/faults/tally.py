"""What was sent, what arrived, and what had come before: counted while parts die."""

import asyncio
import contextlib
import io
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg
import httpx
from confluent_kafka import Consumer, TopicPartition
from rich.console import Console
from rich.table import Table

from tests.suite import RunningSuite
from todo_local import kafka, resources
from todo_local.settings import ServiceSpec

SAMPLE_SECONDS = 0.3
REPORTS: list[tuple[str, str]] = []
"""A table for each test, shown at the end of the run."""
DUPLICATES, STARTED = "todo_events_duplicate_total{", "process_start_time_seconds "


@dataclass
class Tally:
    suite: RunningSuite
    client: httpx.AsyncClient
    _before: dict[tuple[str, str], int] = field(default_factory=dict)
    _last: dict[tuple[str, str, str], float] = field(default_factory=dict)
    """By app, start of the process and topic: replicas may share an address, and a process counts from zero."""
    doubled: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Events that came again, by app and topic."""

    async def open(self) -> None:
        await self._sample()
        self.doubled.clear()
        self._before = await self._counts()

    async def watch(self, done: asyncio.Event) -> None:
        while not done.is_set():
            await self._sample()
            await asyncio.sleep(SAMPLE_SECONDS)

    async def close(self) -> None:
        await self._sample()
        now = await self._counts()
        columns = ("topic", "sent", "consumer", "arrived of what it takes", "doubled before the inbox", "after it")
        table = Table(*columns, box=None)
        for service in self.suite.settings.services:
            for topic in resources.subscribes(service.app_id):
                if (service.schema, topic) not in now or topic.endswith("-dlq"):
                    continue
                sent = now["sent", topic] - self._before.get(("sent", topic), 0)
                had_effect = now[service.schema, topic] - self._before.get((service.schema, topic), 0)
                again = self.doubled[service.app_id, topic]
                row = (topic, sent, service.app_id, had_effect + again, again, "0, as the books say")
                table.add_row(*map(str, row))
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("::")[2].partition(" ")[0]
        text = io.StringIO()
        Console(width=120, file=text).print(table)
        REPORTS.append((test, text.getvalue()))

    async def _sample(self) -> None:
        """What a process counted since the last look is lost with it."""
        for service in self.suite.settings.services:
            for address in self._addresses(service):
                with contextlib.suppress(httpx.HTTPError):
                    self._take(service.app_id, (await self.client.get(f"{address}/metrics")).text)

    def _addresses(self, service: ServiceSpec) -> list[str]:
        settings = self.suite.settings
        ports = [settings.app_port(service)]
        if settings.dapr:
            ports = [settings.replica_port(service, replica) for replica in range(1, service.replicas + 1)]
        return [f"http://127.0.0.1:{port}" for port in ports]

    def _take(self, app_id: str, metrics: str) -> None:
        lines = metrics.splitlines()
        start = next((line.split()[-1] for line in lines if line.startswith(STARTED)), "")
        for line in lines:
            if line.startswith(DUPLICATES):
                topic, value = line.split('"')[1], float(line.split()[-1])
                self.doubled[app_id, topic] += int(value - self._last.get((app_id, start, topic), 0.0))
                self._last[app_id, start, topic] = value

    async def _counts(self) -> dict[tuple[str, str], int]:
        """What the broker has of each topic, and what has had its effect, by schema and topic."""
        found = {("sent", topic): count for topic, count in self._sent().items()}
        connection = await asyncpg.connect(self.suite.database_url("postgres"))
        try:
            for service in self.suite.settings.services:
                query = f"SELECT consumer, count(*) FROM {service.schema}.inbox GROUP BY 1"  # noqa: S608
                found |= {(service.schema, row["consumer"]): row["count"] for row in await connection.fetch(query)}
        finally:
            await connection.close()
        return found

    def _sent(self) -> dict[str, int]:
        settings = self.suite.settings
        if not settings.dapr:
            headers = {"admin-token": self.suite.secrets["admin_token"]}
            answer = httpx.get(f"http://127.0.0.1:{settings.admin_port}/log", headers=headers)
            counts: Counter[str] = Counter()
            for row in answer.json()["topics"]:
                counts[row["topic"]] += row["entries"]
            return {topic: counts[topic] for topic in resources.topics()}
        consumer = Consumer(kafka.client_settings(settings.kafka) | {"group.id": "nobody"})
        try:
            return {
                topic: sum(
                    consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=10)[1]
                    for partition in range(partitions)
                )
                for topic, partitions in resources.topics().items()
            }
        finally:
            consumer.close()


@asynccontextmanager
async def tally(suite: RunningSuite) -> AsyncIterator[Tally]:
    """Reports what was sent and what arrived meanwhile."""
    done = asyncio.Event()
    async with httpx.AsyncClient(timeout=1, headers={"Connection": "close"}) as client:
        counting = Tally(suite, client)
        await counting.open()
        watching = asyncio.create_task(counting.watch(done))
        try:
            yield counting
        finally:
            done.set()
            await watching
        await counting.close()
