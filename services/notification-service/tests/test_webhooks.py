"""Webhooks: events of the user's own tasks, sent to a real receiver, signed, tried again, and paused."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
import standardwebhooks

from notification_service import ledger, webhooks
from notification_service.webhooks import repository
from notification_service.webhooks.events import message
from notification_service.webhooks.models import LIFETIME
from notification_service.webhooks.sender import SENDER, TIMEOUT_SECONDS, Sender
from notification_service.webhooks.worker import AT_ONCE
from tests.notified import Replicas, remind, reminder
from tests.support import AUDIENCE, ManualClock, OpenService, eventually
from tests.tasks import START, Task
from tests.webhook_receiver import Received, Receiver
from todo_kit.database import Database
from todo_kit.events import accounts, tasks
from todo_kit.events.accounts import AccountDeleted, DeletedAccount, EndedGrant, GrantEnded
from todo_kit.events.envelope import Actor
from todo_kit.ids import uuid7

ALL_TASKS = ["task.created", "task.updated", "task.completed", "task.reopened", "task.deleted", "task.restored"]
LEASE = timedelta(seconds=TIMEOUT_SECONDS + ledger.LEASE_MARGIN_SECONDS)


class Owner:
    def __init__(self, service: OpenService, user: str) -> None:
        self.service, self.user = service, user

    async def ask(self, verb: str, path: str = "", body: Any = None, **claims: Any) -> httpx.Response:
        token = self.service.tokens.token(self.user, sid="a-session", **claims)
        url = f"/api/{self.user}/webhooks{path}"
        return await self.service.client.request(verb, url, json=body, headers={"Authorization": f"Bearer {token}"})

    def statement(self, **claims: Any) -> str:
        return self.service.tokens.token(self.user, **{"aud": f"{AUDIENCE}/webhook"} | claims)

    async def try_to_add(self, url: str, events: Sequence[str] = ALL_TASKS, **others: Any) -> httpx.Response:
        body = {"url": url, "events": list(events), "statement": self.statement(url=url), **others}
        return await self.ask("POST", body=body)

    async def add(self, url: str, events: Sequence[str] = ALL_TASKS, **others: Any) -> dict[str, Any]:
        answer = await self.try_to_add(url, events, **others)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def webhook(self) -> dict[str, Any]:
        return dict((await self.ask("GET")).json()["items"][0])

    async def messages(self, webhook: dict[str, Any]) -> list[dict[str, Any]]:
        answer = await self.ask("GET", f"/{webhook['id']}/messages")
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    async def message_where(self, webhook: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """Waits until the newest message has these fields."""

        async def found() -> dict[str, Any] | None:
            [message, *_] = await self.messages(webhook) or [{}]
            return message if all(message.get(name) == value for name, value in fields.items()) else None

        return dict(await eventually(found, 20))

    async def paused(self) -> str:
        async def found() -> str | None:
            return str((await self.webhook())["paused"] or "") or None

        return str(await eventually(found, 20))


@pytest.fixture
def owner(notifications: OpenService, user: str) -> Owner:
    return Owner(notifications, user)


async def happen(service: OpenService, *events: tasks.TaskEvent) -> None:
    assert await service.deliver(tasks.TOPIC, *events) == ["SUCCESS"] * len(events)


async def arrived(receiver: Receiver, url: str, count: int = 1) -> list[Received]:
    return await asyncio.to_thread(receiver.wait_for, url, count)


def of_account(user: str, contract: type[Any], payload: Any) -> Any:
    return contract(
        event_id=uuid7(),
        user_id=user,
        seq=0,
        timestamp=START,
        actor=Actor(type="system", client="sign-in"),
        correlation_id="test",
        payload=payload,
    )


async def test_each_change_of_a_task_is_sent_with_the_task_after_it(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    task = Task(user, title="Wäsche 🧺", tags=["home"], due_date=START)
    await happen(notifications, task.created())
    await happen(notifications, task.updated(title="Wash"))
    await happen(notifications, task.completed(), task.reopened(), task.deleted(), task.restored())
    received = await arrived(receiver, url, 6)
    assert {got.content["type"] for got in received} == set(ALL_TASKS)
    [created] = [got for got in received if got.content["type"] == "task.created"]
    assert created.content["timestamp"] == "2026-06-01T06:00:00Z"
    sent = created.content["data"]["task"]
    assert {name: sent[name] for name in ("id", "title", "tags", "due_date", "status", "version")} == {
        "id": 1, "title": "Wäsche 🧺", "tags": ["home"], "due_date": "2026-06-01T06:00:00Z", "status": "pending",
        "version": 1,
    }  # fmt: skip
    [updated] = [got for got in received if got.content["type"] == "task.updated"]
    assert updated.content["data"]["changed"] == ["title"]
    assert created.headers["content-type"] == "application/json"
    signed = standardwebhooks.Webhook(webhook["secret"]).sign(
        created.headers["webhook-id"], START, created.body.decode()
    )
    assert created.headers["webhook-signature"] == signed
    messages = await owner.messages(webhook)
    assert {message["id"] for message in messages} == {got.headers["webhook-id"] for got in received}


async def test_a_message_arrives_of_wanted_events_and_tags_alone(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str
) -> None:
    work = await owner.add(receiver.url(), ["task.completed"], tags=["work", "office"])
    reminders = await owner.add(receiver.url(), ["reminder.due"])
    for number, tags in enumerate((["work"], ["home"], []), start=1):
        task = Task(user, task_id=number, tags=tags)
        await happen(notifications, task.created(), task.completed())
    await remind(notifications, reminder(user, "Water plants", task_id=9))
    [got] = await arrived(receiver, work["url"])
    assert (got.content["type"], got.content["data"]["task"]["id"]) == ("task.completed", 1)
    [due] = await arrived(receiver, reminders["url"])
    assert due.content["data"]["reminder"] == {
        "task_id": 9, "title": "Water plants", "due_date": "2026-06-01T06:00:00Z", "time_zone": "Europe/Berlin",
        "remind_at": "2026-06-01T06:00:00Z",
    }  # fmt: skip
    assert [len(await owner.messages(webhook)) for webhook in (work, reminders)] == [1, 1]


async def test_a_filter_compares_tags_as_tasks_do_and_tells_when_a_task_leaves_it(
    notifications: OpenService, owner: Owner, receiver: Receiver, user: str
) -> None:
    webhook = await owner.add(url := receiver.url(), tags=["Büro", "bu\u0308ro", "Home"])
    assert webhook["tags"] == ["Büro", "Home"]
    task = Task(user, tags=["büro"])
    await happen(notifications, task.created())
    await happen(notifications, task.updated(tags=["work"]))
    await happen(notifications, task.updated(title="Nobody's"))
    got = await arrived(receiver, url, 2)
    assert {received.content["type"]: received.content["data"]["task"]["tags"] for received in got} == {
        "task.created": ["büro"], "task.updated": ["work"],
    }  # fmt: skip
    assert len(await owner.messages(webhook)) == 2


async def test_a_message_has_what_the_user_sees_of_a_task(
    notifications: OpenService, owner: Owner, receiver: Receiver, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    task = Task(user)
    await happen(notifications, task.updated(position="V"))
    await happen(notifications, task.updated(position="W", priority="Medium"))
    [got] = await arrived(receiver, url)
    assert got.content["data"]["changed"] == ["priority"]
    assert got.content["data"]["task"]["priority"] == "Medium"
    assert set(got.content["data"]["task"]) == {
        "id", "title", "description", "status", "completed_at", "priority", "tags", "due_date", "time_zone",
        "recurrence_pattern", "recurrence", "reminders", "series_id", "slot", "version", "created_at", "updated_at",
        "deleted_at",
    }, "docs/webhooks.md has them"  # fmt: skip
    assert len(await owner.messages(webhook)) == 1, "the position is of no interest to others"


async def test_a_repeated_event_and_the_events_of_others_are_not_sent(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    event = Task(user).created()
    await happen(notifications, Task(f"{user}-2").created(), event)
    await arrived(receiver, url)
    async with notifications.runtime.database.transaction() as session:
        await notifications_queue(notifications, session, event)
    assert len(await owner.messages(webhook)) == 1


async def notifications_queue(service: OpenService, session: Any, event: tasks.TaskEvent) -> None:
    """As if the inbox had forgotten the event."""
    await webhooks.queue(service.runtime, session, [event])


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://example.com/", "does not begin with https://"),
        ("https://example.com:22/", "has another port"),
        ("https://ann:secret@example.com/", "has a user name in it"),
        ("https://10.0.0.1/", "is not a public address"),
        ("https://[fd00::1]/", "is not a public address"),
        ("https://169.254.169.254/latest/meta-data", "is not a public address"),
        ("https://example.com/a b", "has characters"),
        ("https://example.com\\@10.0.0.1/", "has a user name in it"),
        ("https://example.com/#part", "is not the URL of a server"),
        ("https:///path", "is not the URL of a server"),
        ("https://example.com:port/", "is not a URL"),
        ("ftp://localhost/", "begins with neither"),
        ("todo", "is not the URL of a server"),
        ("https://a..example.com/", "is not the URL of a server"),
        (f"https://{'a' * 64}.example.com/", "is not the URL of a server"),
    ],
)
async def test_a_url_that_no_receiver_has_is_refused(owner: Owner, url: str, reason: str) -> None:
    answer = await owner.try_to_add(url)
    assert (answer.status_code, reason in answer.text, "url" in answer.text) == (422, True, True), answer.text


async def test_only_the_sign_in_server_states_who_wants_a_webhook_and_where(owner: Owner, receiver: Receiver) -> None:
    url = receiver.url()
    for claims, status in (
        ({"aud": AUDIENCE}, 401),
        ({"aud": f"{AUDIENCE}/address"}, 401),
        ({"url": receiver.url()}, 422),
        ({"sub": "somebody-else"}, 422),
    ):
        answer = await owner.try_to_add(url, statement=owner.statement(**{"url": url} | claims))
        assert answer.status_code == status, (claims, answer.text)
    assert (await owner.ask("GET", scope="tasks:read tasks:write")).status_code == 403
    assert (await owner.ask("GET")).json()["items"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"events": []},
        {"events": ["task.eaten"]},
        {"events": ["reminder.due"], "tags": ["work"]},
        {"name": "unknown"},
        {"tags": [""]},
    ],
)
async def test_contradictory_and_unknown_input_is_refused(
    owner: Owner, receiver: Receiver, wrong: dict[str, Any]
) -> None:
    assert (await owner.try_to_add(receiver.url(), **wrong)).status_code == 422


async def test_a_user_has_ten_webhooks_at_most_also_by_requests_at_once(owner: Owner, receiver: Receiver) -> None:
    answers = await asyncio.gather(*(owner.try_to_add(receiver.url()) for _ in range(14)))
    assert sorted(answer.status_code for answer in answers) == [201] * 10 + [409] * 4


async def test_the_secret_is_shown_once_and_the_previous_one_works_for_a_day(
    notifications: OpenService, replica: Replicas, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    first = webhook["secret"]
    assert "secret" not in await owner.webhook()
    second = (await owner.ask("POST", f"/{webhook['id']}/secret")).json()["secret"]
    assert first != second
    await happen(notifications, Task(user).created())
    [got] = await arrived(receiver, url)
    expected = [
        standardwebhooks.Webhook(key).sign(got.headers["webhook-id"], START, got.body.decode())
        for key in (second, first)
    ]
    assert got.headers["webhook-signature"].split() == expected
    later = START + timedelta(days=1, minutes=1)
    async with replica(ManualClock(later)) as service:
        await Owner(service, user).ask("POST", f"/{webhook['id']}/test")
        [_, test] = await arrived(receiver, url, 2)
    assert len(test.headers["webhook-signature"].split()) == 1
    assert test.content["type"] == "test"


async def test_a_message_that_failed_is_sent_again_with_the_same_id(
    notifications: OpenService, replica: Replicas, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    receiver.plan(url, 500, 302, 200)
    await happen(notifications, Task(user).created())
    failed = await owner.message_where(webhook, attempts=1, status=500)
    assert (failed["state"], failed["answer"], failed["reason"]) == (
        "waiting", "answer 500", "the receiver answered 500",
    )  # fmt: skip
    assert (await owner.webhook())["failing_since"] is not None
    async with replica(ManualClock(START + timedelta(seconds=10))):
        await owner.message_where(webhook, attempts=2, status=302)
    async with replica(ManualClock(START + timedelta(seconds=100))):
        await owner.message_where(webhook, state="sent", attempts=3, status=200, reason=None)
    got = await arrived(receiver, url, 3)
    assert len({received.headers["webhook-id"] for received in got}) == 1
    assert len({received.headers["webhook-timestamp"] for received in got}) == 3
    assert (await owner.webhook())["failing_since"] is None
    assert receiver.to(f"{receiver.origin}/elsewhere") == []


async def test_a_receiver_that_names_a_time_is_left_alone_until_then(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    receiver.plan(url, {"Retry-After": "7200"})
    await happen(notifications, Task(user).created())
    waiting = await owner.message_where(webhook, attempts=1, status=503)
    assert datetime.fromisoformat(waiting["due_at"]) == START + timedelta(hours=2)


async def test_a_receiver_that_is_gone_pauses_the_webhook_and_its_owner_is_told(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    receiver.plan(url, 410)
    await happen(notifications, Task(user).created())
    assert await owner.paused() == "the receiver answered 410"
    await happen(notifications, Task(user, task_id=2).created())
    assert len(await owner.messages(webhook)) == 1, "nothing is added while it is paused"
    listed = await notifications.client.get(
        f"/api/{user}/notifications", headers={"Authorization": f"Bearer {notifications.tokens.token(user)}"}
    )
    [told] = listed.json()["items"]
    assert (told["type"], told["title"]) == ("webhook_paused", f"The webhook to localhost:{receiver.port} is paused")
    refused = await owner.ask("POST", f"/{webhook['id']}/test")
    assert (refused.status_code, refused.json()["code"]) == (409, "webhook_paused")


async def test_a_webhook_whose_messages_do_not_arrive_for_three_days_is_paused_until_its_owner_turns_it_on(
    notifications: OpenService, replica: Replicas, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    receiver.plan(url, *[500] * 20)
    await happen(notifications, Task(user).created())
    await owner.message_where(webhook, attempts=1, status=500)
    async with replica(ManualClock(START + LIFETIME + timedelta(seconds=1))):
        assert await owner.paused() == "nothing has arrived for three days"
    failed = await owner.message_where(webhook, state="failed")
    assert failed["reason"] == "it was tried for three days"
    receiver.plan(url)
    assert (await owner.ask("PATCH", f"/{webhook['id']}", {"paused": False})).json()["paused"] is None
    again = await owner.ask("POST", f"/{webhook['id']}/messages/{failed['id']}/send")
    assert again.status_code == 202, again.text
    await owner.message_where(webhook, state="sent", id=failed["id"])


async def test_a_paused_webhook_drops_what_waits(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    receiver.plan(url, 500)
    await happen(notifications, Task(user).created())
    await owner.message_where(webhook, attempts=1, status=500)
    changed = await owner.ask("PATCH", f"/{webhook['id']}", {"paused": True})
    assert changed.json()["paused"] == "you paused it"
    [dropped] = await owner.messages(webhook)
    assert (dropped["state"], dropped["reason"]) == ("dropped", "you paused it")


async def test_a_webhook_whose_receiver_does_not_keep_up_is_paused(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notification_service.webhooks.events.MAX_WAITING", 3)
    webhook = await owner.add(url := receiver.url())
    receiver.plan(url, *[500] * 10)
    for number in range(4):
        await happen(notifications, Task(user, task_id=number + 1).created())
        await eventually(lambda number=number: len(receiver.to(url)) == min(number + 1, 3))
    assert await owner.paused() == "more than 3 messages wait for it"
    assert {message["state"] for message in await owner.messages(webhook)} == {"dropped"}


async def test_the_end_of_all_access_pauses_the_webhooks_that_somebody_else_may_have_added(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str
) -> None:
    await owner.add(receiver.url())
    for grant, paused in (("session:another", False), ("", True)):
        event = of_account(user, GrantEnded, EndedGrant(grant=grant, ended_at=START))
        assert await notifications.deliver(accounts.TOPIC, event) == ["SUCCESS"]
        assert ((await owner.webhook())["paused"] is not None) is paused


async def test_nothing_is_sent_of_a_deleted_account(
    notifications: OpenService, replica: Replicas, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    receiver.plan(url, 500)
    await happen(notifications, Task(user).created())
    await owner.message_where(webhook, attempts=1, status=500)
    deleted = of_account(user, AccountDeleted, DeletedAccount(deleted_at=START))
    assert await notifications.deliver(accounts.TOPIC, deleted) == ["SUCCESS"]
    other = Owner(notifications, f"{user}-2")
    later = await other.add(other_url := receiver.url())
    receiver.plan(other_url, 500)
    await happen(notifications, Task(other.user).created())
    await other.message_where(later, attempts=1, status=500)
    async with replica(ManualClock(START + timedelta(seconds=10))):
        await other.message_where(later, state="sent")
    assert len(receiver.to(url)) == 1


async def test_a_webhook_belongs_to_its_user(owner: Owner, receiver: Receiver, user: str) -> None:
    webhook = await owner.add(receiver.url())
    stranger = Owner(owner.service, f"{user}-2")
    for verb, path, body in (
        ("PATCH", "", {"paused": True}),
        ("DELETE", "", None),
        ("POST", "/secret", None),
        ("POST", "/test", None),
        ("POST", f"/messages/{uuid4()}/send", None),
    ):
        assert (await stranger.ask(verb, f"/{webhook['id']}{path}", body)).status_code == 404, (verb, path)
    assert await stranger.messages(webhook) == []
    assert (await owner.ask("DELETE", f"/{webhook['id']}")).status_code == 204
    assert (await owner.ask("GET")).json()["items"] == []


async def claim_nothing(*_: object) -> bool:
    return False


@pytest.fixture
async def idle(notifications: OpenService, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The database, while no worker claims anything: a test claims itself."""
    monkeypatch.setattr(ledger.Worker, "start_attempts", claim_nothing)
    await asyncio.sleep(0)
    return notifications.runtime.database


async def claim(database: Database, seconds: float = 0) -> list[asyncpg.Record]:
    now = START + timedelta(seconds=seconds)
    return await repository.claim(database, 1000, AT_ONCE, uuid7(), now, now + LEASE)


async def next_at(database: Database, now: datetime) -> datetime | None:
    return await repository.next_at(database, AT_ONCE, now, now + LEASE)


async def test_claims_at_once_keep_the_limit_of_a_webhook_together(
    notifications: OpenService, idle: Database, receiver: Receiver, owner: Owner, user: str
) -> None:
    await owner.add(receiver.url())
    await happen(notifications, *(Task(user, task_id=number + 1).created() for number in range(20)))
    claims = await asyncio.gather(*(claim(idle) for _ in range(8)))
    assert len([row for rows in claims for row in rows if row["user_id"] == user]) == AT_ONCE.to_webhook
    assert user not in {row["user_id"] for row in await claim(idle, 1)}
    after = LEASE.total_seconds() + 1
    assert len([row for row in await claim(idle, after) if row["user_id"] == user]) == AT_ONCE.to_webhook


async def test_a_user_with_many_slow_receivers_takes_few_places(
    notifications: OpenService, idle: Database, receiver: Receiver, owner: Owner, user: str
) -> None:
    other = Owner(notifications, f"{user}-2")
    for _ in range(10):
        await owner.add(receiver.url())
    await other.add(receiver.url())
    await happen(notifications, *(Task(user, task_id=number + 1).created() for number in range(5)))
    await happen(notifications, *(Task(other.user, task_id=number + 1).created() for number in range(5)))
    claimed = Counter(row["user_id"] for row in await claim(idle))
    assert (claimed[user], claimed[other.user]) == (AT_ONCE.of_user, AT_ONCE.to_webhook)
    assert not {user, other.user} & {row["user_id"] for row in await claim(idle, 1)}


async def test_a_message_whose_receiver_does_not_keep_up_is_not_overdue(
    notifications: OpenService, idle: Database, receiver: Receiver, owner: Owner, user: str
) -> None:
    """Otherwise the slow receiver of one user would raise the alarm, and the worker would look again and again."""
    later = START + timedelta(seconds=20)
    while await claim(idle, 20):
        """What other tests have left is not to be due."""
    await owner.add(receiver.url())
    await happen(notifications, *(Task(user, task_id=number + 1).created() for number in range(9)))
    assert await next_at(idle, START) == START
    await claim(idle)
    found = await next_at(idle, later)
    assert found is not None
    assert found > later
    assert await next_at(idle, after := START + LEASE + timedelta(seconds=1)) == START < after
    deleted = of_account(user, AccountDeleted, DeletedAccount(deleted_at=START))
    assert await notifications.deliver(accounts.TOPIC, deleted) == ["SUCCESS"]
    assert user not in {row["user_id"] for row in await claim(idle, 100)}


async def test_a_webhook_that_is_deleted_meanwhile_fails_no_batch(
    notifications: OpenService, idle: Database, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(receiver.url())
    async with idle.transaction() as session:
        await webhooks.queue(notifications.runtime, session, [Task(user).created()])
        [found] = await repository.active_of(session, [user])
        deletion = asyncio.create_task(owner.ask("DELETE", f"/{webhook['id']}"))
        finished, _ = await asyncio.wait([deletion], timeout=0.3)
        assert not finished, "it waits for the batch"
        await repository.add(session, [message(notifications.runtime, found, Task(user, task_id=2).created())])
    assert (await deletion).status_code == 204


async def test_three_replicas_send_each_message_once_and_a_slow_receiver_holds_up_no_other(
    notifications: OpenService, replica: Replicas, receiver: Receiver, user: str
) -> None:
    slow, quick = Owner(notifications, user), Owner(notifications, f"{user}-2")
    await slow.add(slow_url := receiver.url())
    await quick.add(url := receiver.url())
    receiver.plan(slow_url, *["silence"] * 50)
    async with replica(ManualClock(START)), replica(ManualClock(START)):
        await happen(notifications, *(Task(user, task_id=number + 1).created() for number in range(50)))
        await happen(notifications, *(Task(quick.user, task_id=number + 1).created() for number in range(50)))
        got = await arrived(receiver, url, 50)
        assert len(receiver.to(slow_url)) <= 2, "two at a time, however many replicas there are"
    assert len({received.headers["webhook-id"] for received in got}) == len(receiver.to(url)) == 50


async def test_what_a_dead_replica_had_claimed_is_sent_by_another(
    notifications: OpenService,
    replica: Replicas,
    receiver: Receiver,
    owner: Owner,
    user: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claimed = asyncio.Event()

    async def die(*_: object) -> None:
        claimed.set()

    webhook = await owner.add(url := receiver.url())
    with monkeypatch.context() as patch:
        patch.setattr(ledger.Worker, "attempt", die)
        await happen(notifications, Task(user).created())
        await asyncio.wait_for(claimed.wait(), 10)
    before = START + LEASE - timedelta(seconds=1)
    claims = await repository.claim(notifications.runtime.database, 100, AT_ONCE, uuid7(), before, before)
    assert user not in {row["user_id"] for row in claims}
    async with replica(ManualClock(START + LEASE + timedelta(seconds=1))):
        await owner.message_where(webhook, state="sent", attempts=2)
    assert len(receiver.to(url)) == 1


async def test_a_name_that_leads_to_a_private_address_is_not_called(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender: Sender = notifications.runtime.extras[SENDER]

    async def resolve(_: str) -> list[str]:
        return ["93.184.216.34", "10.0.0.7"]

    webhook = await owner.add(url := receiver.url())
    with monkeypatch.context() as patch:
        patch.setattr(sender, "resolve", resolve)
        await happen(notifications, Task(user).created())
        reason = "the host has an address that is not public"
        await owner.message_where(webhook, attempts=1, status=None, reason=reason)
    assert receiver.to(url) == []


async def test_the_log_is_read_page_by_page(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    await happen(notifications, *(Task(user, task_id=number + 1).created() for number in range(5)))
    await arrived(receiver, url, 5)
    seen: list[str] = []
    path = f"/{webhook['id']}/messages?limit=2"
    cursor = ""
    while True:
        page = (await owner.ask("GET", f"{path}{cursor}")).json()
        seen += [message["id"] for message in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 5
    assert (await owner.ask("GET", f"{path}&cursor=nonsense")).status_code == 422


async def test_a_rebuild_sends_nothing(notifications: OpenService, owner: Owner, receiver: Receiver, user: str) -> None:
    from notification_service.notifications.rebuild import replay  # noqa: PLC0415

    webhook = await owner.add(receiver.url())
    async with notifications.runtime.database.transaction() as session:
        await replay(notifications.runtime, session, [Task(user).created()])
    assert await owner.messages(webhook) == []


async def test_without_webhooks_an_event_costs_one_look_up(
    notifications: OpenService, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> dict[UUID, int]:
        raise AssertionError("nothing else is read")

    monkeypatch.setattr(repository, "waiting_of", fail)
    await happen(notifications, Task(user).created())


async def test_the_secrets_of_webhooks_are_not_in_the_log_of_messages(
    notifications: OpenService, receiver: Receiver, owner: Owner, user: str
) -> None:
    webhook = await owner.add(url := receiver.url())
    await happen(notifications, Task(user).created())
    await arrived(receiver, url)
    connection = await asyncpg.connect(notifications.runtime.settings.database_url.get_secret_value())
    try:
        stored = await connection.fetch("SELECT * FROM webhook_messages WHERE user_id = $1", user)
    finally:
        await connection.close()
    assert webhook["secret"] not in str(stored)
