"""Events are announced to the relay after their commit."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from sqlalchemy import delete
from sqlmodel import col

from notification_service.notifications.events import tell_read
from notification_service.settings import Settings as NotificationSettings
from tests.support import Backbone, Opener, eventually
from tests.tasks import START
from todo_kit.application import Service
from todo_kit.errors import DatabaseAway
from todo_kit.ids import uuid7
from todo_kit.messaging import announcements, outbox, relay
from todo_kit.messaging.announcements import Announcer


class Ear:
    """Listens on the channel of the outbox, on a connection of its own."""

    def __init__(self, connection: "asyncpg.Connection[Any]") -> None:
        self.connection = connection
        self.heard: list[str] = []

    async def listen(self) -> None:
        channel = await self.connection.fetchval(relay.CHANNEL)
        await self.connection.add_listener(channel, lambda *given: self.heard.append(str(given[-1])))

    async def insert(self) -> None:
        """Writes an event and deletes it in one transaction, so that no relay publishes it."""
        async with self.connection.transaction():
            await self.connection.execute(
                "INSERT INTO outbox (topic, key, event_id, body) VALUES ('t', 'k', gen_random_uuid(), 'x')"
            )
            await self.connection.execute("DELETE FROM outbox WHERE topic = 't'")

    async def hear_until(self, last: str) -> list[str]:
        await self.connection.execute("SELECT pg_notify(current_schema() || '.outbox', $1)", last)
        await eventually(lambda: last in self.heard)
        return self.heard[: self.heard.index(last)]


@pytest.fixture
async def ear(backbone: Backbone) -> AsyncIterator[Ear]:
    connection = await asyncpg.connect(backbone.url("notifications"))
    try:
        found = Ear(connection)
        await found.listen()
        yield found
    finally:
        await connection.close()


async def test_a_transaction_that_will_be_announced_does_not_notify_itself(ear: Ear) -> None:
    """Postgres would let no other commit begin until it is on disk."""
    await ear.connection.execute("SET todo.announced = 'on'")
    await ear.insert()
    assert await ear.hear_until("last") == []


async def test_the_version_before_this_one_still_wakes_the_relay_by_its_trigger(ear: Ear) -> None:
    await ear.insert()
    assert await ear.hear_until("last") == [""]


async def test_events_are_announced_after_their_commit(open_service: Opener, ear: Ear, user: str) -> None:
    async with open_service(Service("Test", "", NotificationSettings, publishes=False)) as opened:
        async with opened.runtime.database.transaction() as session:
            tell_read(session, user, [uuid7()], START)
            await outbox.flush(session)
            assert await ear.hear_until("before the commit") == []
            tell_read(session, user, [uuid7()], START)
        await eventually(lambda: len(ear.heard) > 1)
        async with opened.runtime.database.transaction() as session:  # nobody publishes these events
            await session.execute(delete(outbox.OutboxEntry).where(col(outbox.OutboxEntry.key).startswith(user)))


async def test_many_commits_are_announced_together_and_the_last_one_is_not_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(announcements, "RETRY_SECONDS", 0.01)
    sent: list[int] = []
    commits = 0

    async def send() -> None:
        sent.append(commits)
        if len(sent) == 1:
            raise DatabaseAway("one that fails is not the last one")

    announcer = Announcer(send)
    for commits in range(1, 201):  # noqa: B007 - read by `send`
        announcer.announce()
        await asyncio.sleep(0)
    await announcer.close()
    assert sent[-1] == 200
    assert len(sent) < 20
