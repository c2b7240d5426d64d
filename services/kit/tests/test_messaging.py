"""At least once in, exactly once in effect; what fails waits, then is put aside; the rest flows on."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from audit_service.settings import Settings
from notification_service.notifications.events import tell_read
from notification_service.settings import Settings as NotificationSettings
from tests.support import Backbone, Opener, OpenService, eventually
from tests.tasks import START, Task
from todo_kit.application import Service
from todo_kit.database import Database
from todo_kit.errors import DatabaseAway, Unavailable
from todo_kit.events.envelope import to_cloudevent
from todo_kit.events.tasks import CONTRACTS, TOPIC, TaskEvent
from todo_kit.ids import uuid7
from todo_kit.messaging import announcements, consumer, dead_letters, outbox, relay
from todo_kit.messaging.announcements import Announcer
from todo_kit.messaging.subscriptions import Subscription
from todo_kit.retention import INBOX
from todo_kit.runtime import Runtime
from todo_kit.sidecar import Publication, Sidecar


class Recorder:
    """A handler that remembers what it was given, and fails where it is told to."""

    def __init__(self, fails: Callable[[TaskEvent], bool] = lambda _: False) -> None:
        self.fails = fails
        self.handled: list[tuple[int, int]] = []
        self.batches = 0

    async def handle(self, _: Runtime, __: AsyncSession, events: Sequence[TaskEvent]) -> None:
        self.batches += 1
        for event in events:
            if self.fails(event):
                raise RuntimeError(f"cannot handle task {event.task_id}")
        self.handled += [(event.task_id, event.seq) for event in events]

    @property
    def service(self) -> Service:
        subscription = Subscription(TOPIC, CONTRACTS, self.handle)
        return Service("Test", "", Settings, subscriptions=[subscription], publishes=False)


async def letters(opened: OpenService, user: str) -> list[dead_letters.DeadLetter]:
    async with opened.runtime.database.transaction() as session:
        return [letter for letter in await dead_letters.find(session) if user.encode() in letter.body]


async def test_a_batch_is_one_transaction_and_a_repetition_has_no_effect(open_service: Opener, user: str) -> None:
    recorder = Recorder()
    async with open_service(recorder.service) as opened:
        events = [Task(user, task_id=i).created() for i in range(1, 6)]
        assert await opened.deliver(TOPIC, *events, events[0]) == ["SUCCESS"] * 6
        assert (recorder.batches, len(recorder.handled)) == (1, 5)
        await asyncio.gather(*(opened.deliver(TOPIC, *events) for _ in range(4)))
        assert len(recorder.handled) == 5


async def test_one_bad_event_is_tried_again_and_its_tasks_later_events_wait_for_it(
    open_service: Opener, user: str
) -> None:
    failures = iter([True, True])  # in the batch, and then alone
    recorder = Recorder(lambda event: (event.task_id, event.seq) == (2, 1) and next(failures, False))
    async with open_service(recorder.service) as opened:
        bad, good = Task(user, task_id=2), Task(user, task_id=3)
        events = [good.created(), bad.created(), bad.updated(title="later"), good.updated(title="later")]
        assert await opened.deliver(TOPIC, *events) == ["SUCCESS"] * 4
        assert recorder.handled == [(3, 1), (3, 2), (2, 1), (2, 2)]
        assert await letters(opened, user) == []


async def test_a_delivery_is_never_handed_back_in_part(
    open_service: Opener, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "PATIENCE_SECONDS", 0.0)
    recorder = Recorder(lambda event: event.task_id == 2)
    async with open_service(recorder.service) as opened:
        events = [Task(user, task_id=i).created() for i in (1, 2, 3)]
        answers = [await opened.deliver(TOPIC, *events) for _ in range(dead_letters.MAX_ATTEMPTS)]
        assert answers == [["RETRY"] * 3, ["RETRY"] * 3, ["SUCCESS", "DROP", "SUCCESS"]]
        assert recorder.handled == [(1, 1), (3, 1)]


async def test_a_database_that_goes_away_amid_a_batch_is_waited_for_once(
    open_service: Opener, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "HOLD_SECONDS", 0.1)
    recorder = Recorder(lambda event: event.task_id == 1)
    apply, applied = consumer._apply, 0

    async def goes_away_later(*args: Any) -> int:
        nonlocal applied
        applied += 1
        if applied > 2:  # the batch, then the first of its events alone
            raise DatabaseAway("ConnectionRefusedError")
        return await apply(*args)

    async with open_service(recorder.service) as opened:
        monkeypatch.setattr(consumer, "_apply", goes_away_later)
        events = [Task(user, task_id=i).created() for i in range(1, 9)]
        assert await opened.deliver(TOPIC, *events) == ["RETRY"] * 8
    assert applied == 3


async def test_a_database_that_takes_no_writes_is_waited_for_like_one_that_is_away(
    open_service: Opener, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "HOLD_SECONDS", 1.0)
    recorder, event = Recorder(), Task(user).created()
    async with open_service(recorder.service) as opened:
        writable = opened.runtime.database
        url = f"{writable.dsn}?options=-c%20default_transaction_read_only%3Don"
        opened.runtime.database = Database(url, application_name="test", pool_size=2)
        for topic in (TOPIC, f"{TOPIC}-dlq"):
            assert await opened.deliver(topic, event) == ["RETRY"]
            assert (await opened.client.get("/health/subscriptions")).status_code == 503
        assert (await opened.client.get("/ready")).json()["checks"]["database"] == "ok"
        await opened.runtime.database.close()
        opened.runtime.database = writable
        await eventually(lambda: not opened.runtime.database_away.is_set())
        assert await opened.deliver(TOPIC, event) == ["SUCCESS"]


async def test_what_fails_for_good_is_put_aside_with_its_reason_and_replayed(open_service: Opener, user: str) -> None:
    recorder = Recorder(lambda _: True)
    async with open_service(recorder.service) as opened:
        event = Task(user).created()
        assert await opened.deliver(TOPIC, event) == ["DROP"]
        [letter] = await letters(opened, user)
        assert (letter.attempts, letter.reason) == (3, "RuntimeError: cannot handle task 1")
        [subscription] = recorder.service.subscriptions
        assert await consumer.replay(opened.runtime, subscription, letter) == "RuntimeError: cannot handle task 1"
        recorder.fails = lambda _: False
        assert await consumer.replay(opened.runtime, subscription, letter) == "handled"
        assert await consumer.replay(opened.runtime, subscription, letter) == "seen"
        assert await letters(opened, user) == []
        assert len(recorder.handled) == 1


async def test_what_the_sidecar_gave_up_has_its_chance_from_the_dead_letter_topic(
    open_service: Opener, user: str
) -> None:
    recorder = Recorder()
    async with open_service(recorder.service) as opened:
        handled, given_up = Task(user, task_id=1).created(), Task(user, task_id=2).created()
        await opened.deliver(TOPIC, handled)
        assert await opened.deliver(f"{TOPIC}-dlq", handled, given_up) == ["SUCCESS", "SUCCESS"]
        assert recorder.handled == [(1, 1), (2, 1)]
        assert await letters(opened, user) == []


async def test_what_this_service_gave_up_stays_put_aside_when_its_dead_letter_comes(
    open_service: Opener, user: str
) -> None:
    recorder = Recorder(fails=lambda _: True)
    async with open_service(recorder.service) as opened:
        event, bad = Task(user, task_id=1).created(), Task(user, task_id=2).created()
        assert await opened.deliver(TOPIC, event) == ["DROP"]
        assert await opened.deliver(f"{TOPIC}-dlq", event, bad) == ["SUCCESS", "SUCCESS"]
        assert {(letter.event_id, letter.attempts) for letter in await letters(opened, user)} == {
            (event.event_id, 3),
            (bad.event_id, 3),
        }


@pytest.mark.parametrize(
    "spoil",
    [
        lambda envelope: envelope.pop("id"),
        lambda envelope: envelope.pop("data"),
        lambda envelope: envelope["data"].pop("payload"),
        lambda envelope: envelope["data"].update(event_id="0190b4e8-0000-7000-8000-000000000000"),
        lambda envelope: envelope["data"]["payload"].update(priority="Extreme"),
        lambda envelope: envelope["data"].update(seq="many"),
        lambda envelope: envelope["data"]["payload"].update(changes={"a\x00": 1}),
    ],
)
async def test_a_malformed_event_is_put_aside_at_once(open_service: Opener, user: str, spoil: Any) -> None:
    recorder = Recorder()
    async with open_service(recorder.service) as opened:
        envelope = json.loads(to_cloudevent(Task(user).created(), "test", None))
        spoil(envelope)
        body = {"entries": [{"entryId": "1", "event": envelope}]}
        answer = await opened.client.post(f"/events/{TOPIC}", json=body, headers=opened.sidecar_headers)
        assert answer.json() == {"statuses": [{"entryId": "1", "status": "DROP"}]}
        given_up = await opened.client.post(f"/events/{TOPIC}-dlq", json=body, headers=opened.sidecar_headers)
        assert given_up.json() == {"statuses": [{"entryId": "1", "status": "SUCCESS"}]}
        assert recorder.handled == []


async def test_a_bulk_delivery_of_the_largest_events_there_are_is_taken(open_service: Opener, user: str) -> None:
    recorder = Recorder()
    async with open_service(recorder.service) as opened:
        text = "🐘" * 10_000
        tasks = [Task(user, task_id=i, description=text) for i in range(200)]
        changes = {"description": (text, text)}
        assert await opened.deliver(TOPIC, *(task.updated(changes=changes) for task in tasks)) == ["SUCCESS"] * 200


class Broker:
    """Takes what is published, except the events of some keys and topics, and remembers who asked for what."""

    def __init__(self, refused_keys: Sequence[str] = (), refused_topic: str = "") -> None:
        self.refused_keys, self.refused_topic = refused_keys, refused_topic
        self.requests: list[list[Publication]] = []

    async def publish(self, topic: str, publications: Sequence[Publication]) -> set[str]:
        self.requests.append(list(publications))
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
    rows = [("task-events", str(i), 1) for i in range(relay.BATCH * 2)]
    async with outbox_of(backbone, *rows) as connection:
        assert not await relay.publish_backlog(connection, cast("Sidecar", broker))
    assert [len(request) for request in broker.requests] == [relay.BATCH]


async def test_what_is_unknown_is_ignored_and_what_is_no_json_is_dropped(open_service: Opener, user: str) -> None:
    recorder = Recorder()
    async with open_service(recorder.service) as opened:
        path, headers = f"/events/{TOPIC}", opened.sidecar_headers
        new = {"type": "TaskTeleported", "id": "0190b4e8-0000-7000-8000-000000000000", "data": {}}
        assert (await opened.client.post(path, json=new, headers=headers)).json() == {"status": "SUCCESS"}
        assert (await opened.client.post(path, content=b"\xff{", headers=headers)).json() == {"status": "DROP"}
        single = Task(user).created()
        extra = {**single.model_dump(mode="json"), "colour": "red"}
        envelope = {"type": "TaskCreated", "id": str(single.event_id), "data": extra}
        assert (await opened.client.post(path, json=envelope, headers=headers)).json() == {"status": "SUCCESS"}
        assert recorder.handled == [(1, 1)]


async def test_the_subscriptions_say_bulk_and_dead_letter_topic(open_service: Opener) -> None:
    async with open_service(Recorder().service) as opened:
        live, dead = (await opened.client.get("/dapr/subscribe")).json()
        assert (live["topic"], live["deadLetterTopic"], live["bulkSubscribe"]["enabled"]) == (
            TOPIC,
            f"{TOPIC}-dlq",
            True,
        )
        assert (dead["topic"], "deadLetterTopic" in dead) == (f"{TOPIC}-dlq", False)


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
    async with open_service(Recorder().service) as opened:
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
    async with open_service(Recorder().service) as opened:
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


async def test_what_is_no_longer_needed_goes_when_a_service_starts(open_service: Opener, backbone: Backbone) -> None:
    connection = await asyncpg.connect(backbone.url("audit"))
    old = "INSERT INTO inbox VALUES ('old', gen_random_uuid(), now() - make_interval(days => $1))"
    await connection.executemany(old, [(INBOX.kept.days + 1,), (INBOX.kept.days - 1,)])
    count = "SELECT count(*) FROM inbox WHERE consumer = 'old'"

    async def one_is_left() -> bool:
        return bool(await connection.fetchval(count) == 1)

    async with open_service(Recorder().service):
        await eventually(one_is_left)
    await connection.close()


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
