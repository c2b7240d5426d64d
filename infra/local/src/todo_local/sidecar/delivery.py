"""Delivers events from the log to the apps: in order per consumer group and partition, one request at a time.

An app that is unreachable or unhealthy receives nothing until it is back. An event that the app cannot handle is
retried a few times and then goes to the dead-letter topic, so that it does not block the partition.
"""

import asyncio
import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from todo_local.sidecar.config import AppConfig, SidecarConfig
from todo_local.sidecar.faults import Faults
from todo_local.sidecar.log import Entry, EventLog

HEALTH_SECONDS = 0.5
RETRY_SECONDS = (0.1, 0.2, 0.4, 0.8)
"""Pauses before each retry of a failed delivery. After the last retry the event is a dead letter."""
ENDLESS_RETRY_SECONDS = 5.0
DELIVERY_SECONDS = 10.0
"""The timeout of a request. It and the number of attempts are those of the resiliency policy in `infra/dapr`."""
REORDER_SECONDS = 0.05


class AppIsAway(Exception):
    """The app is unreachable or the connection broke. This does not count as a delivery attempt."""


@dataclass(frozen=True, slots=True)
class Route:
    topic: str
    path: str
    dead_letter_topic: str
    most: int = 1
    """Maximum number of events per request; 1 without a bulk subscription."""
    gather_seconds: float = 0.0
    """Minimum time before a request that is not full: a single event is sent at once, a burst in batches."""


@dataclass
class Courier:
    config: SidecarConfig
    app: AppConfig
    log: EventLog
    faults: Faults
    http: aiohttp.ClientSession
    healthy: asyncio.Event = field(default_factory=asyncio.Event)
    followed: dict[tuple[str, int], asyncio.Task[None]] = field(default_factory=dict)
    """Delivery tasks, by topic and partition."""

    async def run(self) -> None:
        """Probes the app's health. Starts to deliver its subscriptions when the app is healthy for the first time."""
        while True:
            if await self._is_well():
                if not self.healthy.is_set():
                    for route in await self._routes():
                        for partition in range(self.config.topics[route.topic]):
                            if (route.topic, partition) not in self.followed:
                                following = asyncio.create_task(self._follow(route, partition))
                                self.followed[route.topic, partition] = following
                    self.healthy.set()
            else:
                self.healthy.clear()
            await asyncio.sleep(HEALTH_SECONDS)

    @property
    def _base(self) -> str:
        return f"http://127.0.0.1:{self.app.app_port}"

    @property
    def _headers(self) -> dict[str, str]:
        return {"dapr-api-token": self.app.app_api_token}

    async def _is_well(self) -> bool:
        timeout = aiohttp.ClientTimeout(total=2)
        try:
            async with self.http.get(
                self._base + self.app.health_path, headers=self._headers, timeout=timeout
            ) as answer:
                return answer.status < 300  # noqa: PLR2004
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False

    async def _routes(self) -> list[Route]:
        try:
            async with self.http.get(f"{self._base}/dapr/subscribe", headers=self._headers) as answer:
                entries = await answer.json()
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            return []
        return [
            Route(entry["topic"], entry["route"], entry.get("deadLetterTopic", ""), *bulk_options(entry))
            for entry in entries
            if entry["pubsubname"] == self.config.pubsub and entry["topic"] in self.app.subscribe
        ]

    async def _follow(self, route: Route, partition: int) -> None:
        position: int | None = None
        next_at = 0.0
        grown = self.log.partitions[route.topic, partition].grown
        while True:
            try:
                await self.healthy.wait()
                if position is None:
                    position = await self.log.position(self.app.app_id, route.topic, partition)
                entries = await self.log.read(route.topic, partition, position, route.most)
                if not entries:
                    grown.clear()
                    if not await self.log.read(route.topic, partition, position, 1):
                        await _wait(grown, 1.0)
                    continue
                if len(entries) < route.most and (early := next_at - time.monotonic()) > 0:
                    await asyncio.sleep(early)
                    entries = await self.log.read(route.topic, partition, position, route.most)
                next_at = time.monotonic() + route.gather_seconds
                await self._deliver_all(route, entries)
                position = entries[-1].offset
                await self.log.commit(self.app.app_id, route.topic, partition, position)
            except Exception as error:  # noqa: BLE001 - the database is away, or whatever: a partition never stands still
                print(f"{self.app.app_id} {route.topic}/{partition}: {type(error).__name__}: {error}", flush=True)
                position = None  # continue from the committed offset when the database is back
                await asyncio.sleep(HEALTH_SECONDS)

    async def _deliver_all(self, route: Route, entries: list[Entry]) -> None:
        """Returns when each entry has been handled or is a dead letter."""
        if self.faults.concern(self.app.app_id, route.topic):
            await asyncio.sleep(self.faults.delay_ms / 1000)
            if self.faults.reorder:
                await asyncio.sleep(REORDER_SECONDS)
                entries = random.sample(entries, len(entries))
        waiting, failures = entries, 0
        while waiting:
            await self.healthy.wait()
            try:
                waiting, dropped = await self._deliver(route, waiting)
            except AppIsAway:
                self.healthy.clear()
                await asyncio.sleep(RETRY_SECONDS[0])
                continue
            await self._bury(route, dropped, "the app dropped it")
            if not waiting:
                return
            if failures == len(RETRY_SECONDS) and route.dead_letter_topic:
                await self._bury(route, waiting, "the app failed each time")
                return
            await asyncio.sleep(RETRY_SECONDS[failures] if failures < len(RETRY_SECONDS) else ENDLESS_RETRY_SECONDS)
            failures = min(failures + 1, len(RETRY_SECONDS))

    async def _deliver(self, route: Route, entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
        """Sends one request. Returns the entries to retry and the entries that the app drops. Raises AppIsAway."""
        statuses = await self._request(route, entries)
        if self.faults.concern(self.app.app_id, route.topic):
            if self.faults.happens(self.faults.duplicate):
                statuses = await self._request(route, entries)
            self.faults.die_at("before-ack")
            if self.faults.happens(self.faults.drop_connection):
                raise AppIsAway
        again = [entry for entry in entries if statuses.get(str(entry.offset), "RETRY") not in {"SUCCESS", "DROP"}]
        dropped = [entry for entry in entries if statuses.get(str(entry.offset)) == "DROP"]
        return again, dropped

    async def _request(self, route: Route, entries: list[Entry]) -> dict[str, str]:
        if route.most > 1:
            body, content_type = bulk_body(self.config.pubsub, route.topic, entries), "application/json"
        else:
            body, content_type = entries[0].event, "application/cloudevents+json"
        headers = {**self._headers, "content-type": content_type}
        timeout = aiohttp.ClientTimeout(total=DELIVERY_SECONDS)
        try:
            async with self.http.post(self._base + route.path, data=body, headers=headers, timeout=timeout) as answer:
                return read_statuses(answer.status, await answer.read(), entries, bulk=route.most > 1)
        except TimeoutError:
            return {}
        except (aiohttp.ClientError, OSError):
            raise AppIsAway from None

    async def _bury(self, route: Route, entries: list[Entry], reason: str) -> None:
        if not entries or not route.dead_letter_topic:
            return
        marks = orjson.dumps({"deadletterapp": self.app.app_id, "deadletterreason": reason})[:-1] + b","
        await self.log.publish(
            [(route.dead_letter_topic, entry.key, marks + entry.event.lstrip()[1:]) for entry in entries]
        )


def bulk_options(subscription: dict[str, Any]) -> tuple[int, float]:
    """Returns `most` and `gather_seconds` of a subscription, with Dapr's defaults for missing values."""
    bulk = subscription.get("bulkSubscribe") or {}
    if not bulk.get("enabled"):
        return 1, 0.0
    return int(bulk.get("maxMessagesCount", 100)), int(bulk.get("maxAwaitDurationMs", 1000)) / 1000


def bulk_body(pubsub: str, topic: str, entries: list[Entry]) -> bytes:
    """Returns the request body in Dapr's bulk format. The stored events are inserted without being parsed."""
    parts = [
        b'{"entryId":"%d","contentType":"application/cloudevents+json","metadata":{},"event":%b}' % (e.offset, e.event)
        for e in entries
    ]
    rest = {"metadata": {}, "pubsubname": pubsub, "topic": topic, "type": "com.dapr.event.sent.bulk"}
    head = orjson.dumps({"id": str(uuid.uuid4())})
    return head[:-1] + b',"entries":[' + b",".join(parts) + b"]," + orjson.dumps(rest)[1:]


def read_statuses(status: int, body: bytes, entries: list[Entry], *, bulk: bool) -> dict[str, str]:
    """Returns the status of each entry from the app's response, by entry id. A missing status means RETRY.

    As in daprd, a 404 drops a single event, but counts as success for a bulk delivery: its events are lost without a
    dead letter. A response without a status is a success for a single event and RETRY for a bulk delivery.
    """
    ids = [str(entry.offset) for entry in entries]
    if status == 404:  # noqa: PLR2004
        return dict.fromkeys(ids, "SUCCESS" if bulk else "DROP")
    if not 200 <= status < 300:  # noqa: PLR2004
        return {}
    try:
        content: Any = orjson.loads(body) if body.strip() else {}
    except orjson.JSONDecodeError:
        content = {}
    if bulk:
        statuses = content.get("statuses") if isinstance(content, dict) else None
        return {str(entry.get("entryId")): str(entry.get("status")) for entry in statuses or ()}
    word = content.get("status", "SUCCESS") if isinstance(content, dict) else "SUCCESS"
    return dict.fromkeys(ids, str(word))


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
