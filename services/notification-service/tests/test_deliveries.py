"""The ledger: replicas share the work, nothing is lost, and nothing is sent again that is known to have arrived."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from notification_service import ledger
from notification_service.deliveries import repository
from notification_service.email import CHANNEL
from notification_service.notifications import repository as stored
from notification_service.notifications.rebuild import replay
from tests.mailbox import Mailbox
from tests.notified import Person, Replicas, remind, reminder
from tests.push_service import PushService
from tests.support import ManualClock, OpenService, eventually
from tests.tasks import START, Task
from todo_kit.events import tasks

MANY = 200
LEASE_SECONDS = CHANNEL.attempt_seconds + ledger.LEASE_MARGIN_SECONDS


async def test_three_replicas_send_each_notification_once(
    notifications: OpenService, replica: Replicas, push_service: PushService, user: str
) -> None:
    person, browser = Person(notifications, user), push_service.browser()
    await person.subscribe(browser)
    events = [reminder(user, task_id=number + 1) for number in range(MANY)]
    async with replica(ManualClock(START)) as second, replica(ManualClock(START)) as third:
        services = (notifications, second, third)
        await asyncio.gather(*(remind(services[i % 3], *events[i::4], *events[i::5]) for i in range(5)))
        await asyncio.gather(*(remind(service, *events) for service in services))
        assert {delivery["state"] for delivery in await person.finished(MANY)} == {"sent"}
    ids = [browser.read(pushed)["id"] for pushed in push_service.to(browser)]
    assert (len(ids), len(set(ids))) == (MANY, MANY)


async def test_what_a_dead_replica_had_claimed_is_sent_by_another(
    notifications: OpenService, replica: Replicas, mailbox: Mailbox, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first replica claims the delivery and never ends it, as if it was killed."""
    claimed = asyncio.Event()

    async def die(*_: object) -> None:
        claimed.set()

    person = Person(notifications, user)
    await person.turn_email_on()
    with monkeypatch.context() as patch:
        patch.setattr(ledger.Worker, "attempt", die)
        await remind(notifications, reminder(user))
        await asyncio.wait_for(claimed.wait(), 10)
    before, later = (START + timedelta(seconds=LEASE_SECONDS + difference) for difference in (-1, 100))
    claims = await repository.claim(notifications.runtime.database, "email", 100, uuid4(), before, later)
    assert user not in {row["user_id"] for row in claims}
    async with replica(ManualClock(START + timedelta(seconds=LEASE_SECONDS + 1))):
        assert [delivery["state"] for delivery in await person.finished()] == ["sent"]
    assert len(mailbox.to(person.address)) == 1


async def test_a_worker_that_comes_too_late_changes_nothing(
    notifications: OpenService, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = []

    async def remember(*given: object) -> None:
        rows.append(given)

    person, database = Person(notifications, user), notifications.runtime.database
    await person.turn_email_on()
    with monkeypatch.context() as patch:
        patch.setattr(ledger.Worker, "attempt", remember)
        await remind(notifications, reminder(user))
        await eventually(lambda: rows)
    _, row, held = rows[0]
    later = START + timedelta(seconds=LEASE_SECONDS + 1)
    claimed = await repository.claim(database, "email", 100, lease := uuid4(), later, later + timedelta(seconds=90))
    [again] = [found for found in claimed if found["id"] == row["id"]]
    await repository.finish(database, row["id"], held, "failed", "too late", later)
    assert [delivery["state"] for delivery in await person.deliveries()] == ["waiting"]
    await repository.finish(database, again["id"], lease, "sent", None, later)
    assert [delivery["state"] for delivery in await person.deliveries()] == ["sent"]


async def test_what_was_read_in_the_page_is_not_sent_any_more(
    notifications: OpenService, replica: Replicas, mailbox: Mailbox, user: str
) -> None:
    person = Person(notifications, user)
    await person.put_off(mailbox)
    assert (await person.ask("POST", "/mark_all_read")).status_code == 200
    async with replica(ManualClock(START + timedelta(minutes=1))):
        assert [delivery["state"] for delivery in await person.finished()] == ["dropped"]
    assert mailbox.to(person.address) == []


async def test_a_reminder_that_nobody_could_take_for_a_day_is_given_up(
    notifications: OpenService, replica: Replicas, mailbox: Mailbox, user: str
) -> None:
    person = Person(notifications, user)
    await person.put_off(mailbox)
    async with replica(ManualClock(START + timedelta(days=1, minutes=1))):
        [failed] = await person.finished()
    assert (failed["state"], failed["reason"]) == ("failed", "it was tried for a day")


async def test_a_rebuild_sends_nothing(notifications: OpenService, user: str) -> None:
    person, runtime = Person(notifications, user), notifications.runtime
    await person.turn_email_on()
    async with runtime.database.transaction() as session:
        await replay(runtime, session, [reminder(user)])
    found = await stored.page(runtime.database, user, unread_only=False, before=None, limit=10)
    assert len(found) == 1
    assert await person.deliveries() == []


async def test_a_reminder_of_a_date_that_was_changed_meanwhile_is_not_sent(
    notifications: OpenService, replica: Replicas, mailbox: Mailbox, user: str
) -> None:
    person = Person(notifications, user)
    task = Task(user, due_date=START, reminder_lead_time=0)
    await notifications.deliver(tasks.TOPIC, task.created())
    await person.put_off(mailbox)
    await notifications.deliver(tasks.TOPIC, task.updated(due_date=START + timedelta(days=7)))
    async with replica(ManualClock(START + timedelta(minutes=1))):
        assert [delivery["state"] for delivery in await person.finished()] == ["dropped"]


async def test_an_account_with_very_many_reminders_holds_up_no_other(
    notifications: OpenService, push_service: PushService, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def claim_nothing(*_: object) -> bool:
        return False

    many, other = Person(notifications, user), Person(notifications, f"{user}-2")
    await many.subscribe(push_service.browser())
    await other.subscribe(push_service.browser())
    database, later = notifications.runtime.database, START + timedelta(hours=2)
    with monkeypatch.context() as patch:
        patch.setattr(ledger.Worker, "start_attempts", claim_nothing)
        await remind(notifications, *(reminder(user, task_id=number + 1) for number in range(100)))
        await remind(notifications, reminder(other.user))
        claimed = await repository.claim(database, "push", 10, uuid4(), later, later + timedelta(seconds=90))
    assert other.user in {row["user_id"] for row in claimed}


async def test_a_user_gets_a_limited_number_of_mails_a_day(
    notifications: OpenService, mailbox: Mailbox, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notification_service.deliveries.queue.MAX_MAILS_A_DAY", 3)
    person = Person(notifications, user)
    await person.turn_email_on()
    await remind(notifications, *(reminder(user, task_id=number + 1) for number in range(2)))
    await remind(notifications, *(reminder(user, task_id=number + 1) for number in range(5)))
    assert len(await person.finished(3)) == 3
    assert len(mailbox.to(person.address)) == 3


async def test_an_app_does_not_see_where_notifications_went(notifications: OpenService, user: str) -> None:
    person = Person(notifications, user)
    await person.turn_email_on()
    await remind(notifications, reminder(user))
    await person.finished()
    answer = await person.ask("GET", "", scope="tasks:read")
    assert [item["deliveries"] for item in answer.json()["items"]] == [[]]


def test_attempts_become_rarer_and_do_not_come_together() -> None:
    delays = [ledger.delay_after(attempts) for attempts in range(1, 12)]
    assert 24 <= delays[0] <= 36
    assert delays[-1] <= 3600 * 1.2
    assert len({ledger.delay_after(3) for _ in range(10)}) > 1
