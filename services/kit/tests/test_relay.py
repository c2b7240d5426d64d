"""The relay publishes the outbox: what is refused waits, and all else goes out."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import asyncpg
import pytest

from audit_service.settings import Settings
from notification_service.settings import Settings as NotificationSettings
from tests.support import Backbone, Opener, eventually
from todo_kit.application import Service
from todo_kit.errors import Unavailable
from todo_kit.messaging import relay
from todo_kit.sidecar import Publication, Sidecar

IDLE = Service("Test", "", Settings, publishes=False)


class Broker:
    """Accepts events, and refuses those of some keys and of one topic. Records the requests and their topics."""

    def __init__(self, refused_keys: Sequence[str] = (), refused_topic: str = "") -> None:
        self.refused_keys, self.refused_topic = refused_keys, refused_topic
        self.requests: list[list[Publication]] = []
        self.asked: list[str] = []

    async def publish(self, topic: str, publications: Sequence[Publication]) -> set[str]:
        self.requests.append(list(publications))
        self.asked.append(topic)
        if topic == self.refused_topic:
            raise Unavailable(f"topic {topic} is not allowed")
        return {publication.event_id for publication in publications if publication.key in self.refused_keys}


INSERT = "INSERT INTO outbox (topic, key, event_id, body) VALUES ($1, $2, gen_random_uuid(), $3)"


@asynccontextmanager
async def outbox_of(backbone: Backbone, *rows: tuple[str, str, int]) -> AsyncIterator["asyncpg.Connection[Any]"]:
    """An outbox with rows of (topic, key, size), which no other relay sees, because it is never committed."""
    connection = await asyncpg.connect(backbone.url("notifications"))
    try:
        await connection.execute("BEGIN")
        await connection.executemany(
            INSERT,
            [(topic, key, b"x" * size) for topic, key, size in rows],
        )
        yield connection
    finally:
        await connection.close()


async def test_a_key_with_many_events_does_not_hold_up_the_others(backbone: Backbone) -> None:
    broker = Broker()
    rows = [("task-updates", "hot", 1)] * (relay.BATCH + 100)
    async with outbox_of(backbone, *rows, ("task-updates", "other", 1)) as connection:
        assert await relay.publish_backlog(connection, cast("Sidecar", broker))
        assert [publication.key for publication in broker.requests[0]] == ["hot", "other"]
        assert len(broker.requests) == len(rows)
        assert await connection.fetchval("SELECT count(*) FROM outbox") == 0


async def test_a_request_is_never_larger_than_what_the_sidecar_takes(backbone: Backbone) -> None:
    broker = Broker()
    async with outbox_of(backbone, *(("task-updates", str(i), 100_000) for i in range(60))) as connection:
        assert await relay.publish_backlog(connection, cast("Sidecar", broker))
    sizes = [sum(len(publication.body) for publication in request) for request in broker.requests]
    assert (len(sizes), sum(sizes), max(sizes) <= relay.MAX_REQUEST_BYTES) == (3, 6_000_000, True)


async def test_what_the_broker_refuses_stays_and_all_else_goes_out(backbone: Backbone) -> None:
    broker = Broker(refused_keys=["bad"], refused_topic="task-events")
    away = [("task-events", str(i), 1) for i in range(50)]
    bad, good = [("reminders", "bad", 1)] * 2, [("reminders", "good", 1)] * 3
    async with outbox_of(backbone, *away, *bad, *good, ("task-updates", "good", 1)) as connection:
        assert not await relay.publish_backlog(connection, cast("Sidecar", broker))
        rows = await connection.fetch("SELECT topic, key, 1 FROM outbox ORDER BY id")
        assert [tuple(row) for row in rows] == [*away, *bad]
    asked = Counter(publication.key for request in broker.requests for publication in request)
    assert max(asked[key] for _, key, _ in [*away, *bad]) == 1, "a refused event is tried once in a pass"


async def test_what_was_refused_is_tried_again_however_much_is_added_meanwhile(backbone: Backbone) -> None:
    async with outbox_of(backbone, ("reminders", "bad", 1), ("reminders", "good", 1)) as connection:

        class Busy(Broker):
            async def publish(self, topic: str, publications: Sequence[Publication]) -> set[str]:
                await connection.execute(INSERT, "reminders", "next", b"x")
                return await super().publish(topic, publications)

        broker = Busy(refused_keys=["bad"])
        async with asyncio.timeout(10):
            assert not await relay.publish_backlog(connection, cast("Sidecar", broker))
            assert not await relay.publish_backlog(connection, cast("Sidecar", broker))
        assert [publication.key for publication in broker.requests[0]] == ["bad", "good"]
        assert [publication.key for publication in broker.requests[1]] == ["bad", "next"]


async def test_a_topic_that_is_away_is_asked_for_once_in_a_pass(backbone: Backbone) -> None:
    broker = Broker(refused_topic="task-events")
    rows = [(("task-events", "reminders")[i % 2], str(i), 1) for i in range(relay.BATCH * 2)]
    async with outbox_of(backbone, *rows) as connection:
        assert not await relay.publish_backlog(connection, cast("Sidecar", broker))
        assert await connection.fetchval("SELECT count(*) FROM outbox WHERE topic = 'reminders'") == 0
    assert broker.asked == ["task-events", "reminders", "reminders"]


async def test_a_broker_in_trouble_is_not_asked_again_with_every_commit(
    open_service: Opener, backbone: Backbone, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sidecar] = []  # others' relays ask too

    async def refused(_: Any, sidecar: Sidecar) -> bool:
        asked.append(sidecar)
        return False

    monkeypatch.setattr(relay, "LOCK", "SELECT true")
    monkeypatch.setattr(relay, "publish_backlog", refused)
    commits = await asyncpg.connect(backbone.url("audit"))
    async with open_service(IDLE) as opened:
        running = asyncio.create_task(relay.run(opened.runtime))
        for _ in range(50):
            await commits.execute('NOTIFY "audit.outbox"')
            await asyncio.sleep(0.02)
        opened.runtime.stopping.set()
        await running
    await commits.close()
    assert 1 <= asked.count(opened.runtime.sidecar) <= 4  # after 0.2, 0.4 and 0.8 seconds


async def test_an_idle_relay_looks_seldom_and_publishes_a_new_event_at_once(
    open_service: Opener, backbone: Backbone, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[float] = []
    now = asyncio.get_running_loop().time

    async def nothing_waits(_: Any, sidecar: Sidecar) -> bool:
        if sidecar is opened.runtime.sidecar:  # others' relays look too
            looked.append(now())
        return True

    monkeypatch.setattr(relay, "LOCK", "SELECT true")
    monkeypatch.setattr(relay, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(relay, "publish_backlog", nothing_waits)
    commits = await asyncpg.connect(backbone.url("audit"))
    async with open_service(IDLE) as opened:
        running = asyncio.create_task(relay.run(opened.runtime))
        await asyncio.sleep(3)
        assert 3 <= len(looked) <= 6  # after 0.1, 0.2, 0.4, 0.8 and 1.6 seconds
        looked.clear()
        committed = now()
        await commits.execute('NOTIFY "audit.outbox"')
        await eventually(lambda: looked)
        assert looked[0] - committed < 0.5
        opened.runtime.stopping.set()
        await running
    await commits.close()


async def test_a_relay_that_waits_learns_at_once_that_its_connection_is_lost(
    open_service: Opener, backbone: Backbone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "LOCK", "SELECT true")
    monkeypatch.setattr(relay, "POLL_SECONDS", 30.0)
    lose = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'notification-service-listen'"
    )
    superuser = await asyncpg.connect(backbone.cluster.url())
    async with open_service(Service("Test", "", NotificationSettings, publishes=False)) as opened:
        running = asyncio.create_task(relay.run(opened.runtime))
        assert await eventually(lambda: superuser.fetch(lose))
        async with asyncio.timeout(5):
            with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
                await running
    await superuser.close()
