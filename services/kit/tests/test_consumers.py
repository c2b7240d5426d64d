"""At least once in, exactly once in effect; what fails waits, then is put aside; the rest flows on."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from audit_service.settings import Settings
from tests.support import Backbone, Opener, OpenService, eventually
from tests.tasks import Task
from todo_kit.application import Service
from todo_kit.database import Database
from todo_kit.errors import DatabaseAway
from todo_kit.events.envelope import to_cloudevent
from todo_kit.events.tasks import CONTRACTS, TOPIC, TaskEvent
from todo_kit.messaging import consumer, dead_letters
from todo_kit.messaging.subscriptions import Subscription
from todo_kit.retention import INBOX
from todo_kit.runtime import Runtime


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
