"""The daily digest: at the user's hour, once a day, with what is due then, over a real mail server."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from notification_service import ledger
from notification_service.digests import repository
from notification_service.digests.service import follow_settings, schedule_due
from notification_service.digests.times import next_time
from notification_service.digests.worker import Digests
from tests.mailbox import Mailbox, text_of
from tests.notified import Person, Replicas, remind, reminder
from tests.support import Backbone, ManualClock, OpenService, eventually
from tests.tasks import START, settings_changed
from todo_kit.events import accounts, tasks
from todo_kit.events.accounts import AccountDeleted, DeletedAccount
from todo_kit.events.envelope import Actor
from todo_kit.ids import uuid7

BERLIN = "Europe/Berlin"
NINE = START + timedelta(hours=1)
"""Nine o'clock in Berlin; START is eight."""
NOTHING: dict[str, Any] = {"overdue": [], "today": [], "overdue_count": 0, "today_count": 0}
SOMETHING: dict[str, Any] = {
    "overdue": [{"title": "Call <Ann>", "due": "30 May"}],
    "today": [{"title": "Pay rent", "due": "9:00"}, {"title": "Wäsche 🧺", "due": ""}],
    "overdue_count": 1,
    "today_count": 22,
}


@dataclass
class TaskApi:
    """The task API behind the sidecar."""

    digests: dict[str, dict[str, Any]] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    """Users for whom it fails."""
    asked: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        user = (await request.json())["user_id"]
        self.asked.append(user)
        return web.json_response(self.digests.get(user, NOTHING), status=500 if user in self.away else 200)


@pytest.fixture(scope="module")
async def task_api(backbone: Backbone) -> AsyncIterator[TaskApi]:
    api, application = TaskApi(), web.Application()
    application.router.add_post("/internal/digests", api.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", backbone.app_ports["todo-backend"]).start()
    yield api
    await runner.cleanup()


class Reader(Person):
    async def turn_on(self, at: str = "09:00", zone: str = BERLIN) -> None:
        answer = await self.ask("PUT", "/digest", {"proof": self.proof(), "send_at": at, "time_zone": zone})
        assert answer.status_code == 200, answer.text

    async def digest(self) -> dict[str, Any]:
        return dict((await self.ask("GET", "/digest")).json())

    async def rows(self) -> list[dict[str, Any]]:
        database = self.service.runtime.database
        async with database.transaction() as session:
            from sqlmodel import col, select  # noqa: PLC0415

            from notification_service.digests.models import Digest  # noqa: PLC0415

            found = (await session.execute(select(Digest).where(col(Digest.user_id) == self.user))).scalars()
            return [digest.model_dump() for digest in found]

    async def ended(self, state: str, reason: str | None = None) -> None:
        """Waits until the newest digest has ended so."""

        async def has_ended() -> bool:
            rows = sorted(await self.rows(), key=lambda row: row["day"])
            return bool(rows) and (rows[-1]["state"], rows[-1]["reason"]) == (state, reason)

        await eventually(has_ended, 20)


@pytest.fixture
def reader(notifications: OpenService, task_api: TaskApi, user: str) -> Reader:
    task_api.digests[user] = SOMETHING
    return Reader(notifications, user)


async def arrived(mailbox: Mailbox, reader: Reader, count: int = 1) -> EmailMessage:
    return await asyncio.to_thread(mailbox.wait_for, reader.address, count)


async def test_what_is_due_is_sent_at_the_users_hour(replica: Replicas, mailbox: Mailbox, reader: Reader) -> None:
    await reader.turn_on()
    assert await reader.digest() == {
        "available": True,
        "address": reader.address,
        "send_at": "09:00",
        "time_zone": BERLIN,
        "problem": None,
    }
    async with replica(ManualClock(NINE - timedelta(seconds=1))) as early:
        await schedule_due(early.runtime)
        assert await reader.rows() == []
    async with replica(ManualClock(NINE)):
        mail = await arrived(mailbox, reader)
    assert mail["Subject"] == "22 tasks for Monday, 1 overdue"
    assert text_of(mail).split("-- ")[0].rstrip().splitlines() == [
        "Overdue:", "- Call <Ann> (30 May)", "",
        "Today:", "- Pay rent (9:00)", "- Wäsche 🧺", "- and 20 more", "",
        "https://todo.example/today",
    ]  # fmt: skip
    html = str(mail.get_body(("html",)).get_content())  # type: ignore[union-attr]
    assert ("Call &lt;Ann&gt;" in html, "<Ann>" in html) == (True, False)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


async def test_a_day_on_which_nothing_is_due_has_no_mail(
    replica: Replicas, mailbox: Mailbox, reader: Reader, task_api: TaskApi
) -> None:
    task_api.digests[reader.user] = NOTHING
    await reader.turn_on()
    async with replica(ManualClock(NINE)):
        await reader.ended("dropped", "nothing is due")
    assert mailbox.to(reader.address) == []


async def test_three_replicas_send_one_mail_a_day(replica: Replicas, mailbox: Mailbox, reader: Reader) -> None:
    await reader.turn_on()
    async with (
        replica(ManualClock(NINE)) as one,
        replica(ManualClock(NINE)) as two,
        replica(ManualClock(NINE)) as three,
    ):
        await asyncio.gather(*(schedule_due(service.runtime) for service in (one, two, three) * 3))
        await arrived(mailbox, reader)
    async with replica(ManualClock(NINE + timedelta(days=1))):
        mail = await arrived(mailbox, reader, 2)
    assert mail["Subject"] == "22 tasks for Tuesday, 1 overdue"
    assert [row["state"] for row in await reader.rows()] == ["sent", "sent"]
    assert mailbox.attempts[reader.address] == 2


async def test_another_hour_on_a_day_that_has_its_digest_counts_from_the_next_day(
    replica: Replicas, mailbox: Mailbox, reader: Reader
) -> None:
    await reader.turn_on("08:00")
    async with replica(ManualClock(START + timedelta(days=1))) as service:
        await arrived(mailbox, reader)
        await Reader(service, reader.user).turn_on("20:00")
    async with replica(ManualClock(START + timedelta(days=1, hours=13))) as evening:
        await schedule_due(evening.runtime)
        assert len(await reader.rows()) == 1
    async with replica(ManualClock(START + timedelta(days=2, hours=13))):
        await arrived(mailbox, reader, 2)


async def test_a_mail_that_failed_for_now_is_sent_later_as_the_same_message(
    replica: Replicas, mailbox: Mailbox, reader: Reader, task_api: TaskApi
) -> None:
    mailbox.plans[reader.address] = ["451 later"]
    task_api.away.add(reader.user)
    await reader.turn_on()

    async def tried(attempts: int) -> bool:
        return [row["attempts"] for row in await reader.rows() if row["reason"]] == [attempts]

    async with replica(ManualClock(NINE)):
        await eventually(lambda: tried(1), 20)
    [row] = await reader.rows()
    assert row["reason"].startswith("the task API does not answer")
    task_api.away.remove(reader.user)
    async with replica(ManualClock(NINE + timedelta(minutes=2))):
        await eventually(lambda: tried(2), 20)
    async with replica(ManualClock(NINE + timedelta(minutes=10))):
        mail = await arrived(mailbox, reader)
    assert mail["Message-ID"] == f"<{row['id']}@todo.example>"
    assert mailbox.attempts[reader.address] == 2


async def test_what_a_dead_replica_had_claimed_is_sent_by_another(
    replica: Replicas, mailbox: Mailbox, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed = asyncio.Event()

    async def die(*_: object) -> None:
        claimed.set()

    await reader.turn_on()
    with monkeypatch.context() as patch:
        patch.setattr(ledger.Worker, "attempt", die)
        async with replica(ManualClock(NINE)):
            await asyncio.wait_for(claimed.wait(), 20)
    lease = timedelta(seconds=Digests.attempt_seconds + ledger.LEASE_MARGIN_SECONDS + 1)
    async with replica(ManualClock(NINE + lease)):
        await arrived(mailbox, reader)
    assert mailbox.attempts[reader.address] == 1


@pytest.mark.parametrize(("hours", "mails"), [(5, 1), (15, 0)])
async def test_a_digest_that_nothing_has_sent_is_late_on_its_day_and_dropped_on_the_next(
    replica: Replicas, mailbox: Mailbox, reader: Reader, hours: int, mails: int
) -> None:
    await reader.turn_on()
    other = Reader(reader.service, f"{reader.user}-2")
    await other.turn_on()
    async with replica(ManualClock(NINE + timedelta(hours=hours))) as late:
        await schedule_due(late.runtime)
        if mails:
            await arrived(mailbox, reader)
        assert len(await reader.rows()) == mails


async def test_an_address_that_is_refused_gets_nothing_more_until_the_digest_is_turned_on_again(
    replica: Replicas, mailbox: Mailbox, reader: Reader
) -> None:
    mailbox.refused[reader.address] = "550 5.1.1 no such user"
    await reader.turn_on()
    async with replica(ManualClock(NINE)):
        await eventually(lambda: problem_of(reader), 20)
    async with replica(ManualClock(NINE + timedelta(days=1))):
        await reader.ended("dropped", "the digest was turned off")
    del mailbox.refused[reader.address]
    await reader.turn_on()
    assert (await reader.digest())["problem"] is None


async def problem_of(reader: Reader) -> str | None:
    return (await reader.digest())["problem"]


async def test_the_link_in_the_mail_ends_the_digest_and_leaves_reminders_on(
    notifications: OpenService, replica: Replicas, mailbox: Mailbox, reader: Reader
) -> None:
    await reader.turn_email_on()
    await reader.turn_on()
    async with replica(ManualClock(NINE)):
        mail = await arrived(mailbox, reader)
    token = mail["List-Unsubscribe"].strip("<>").rsplit("/", 1)[1]
    assert token.startswith("digest-")
    path = f"/internal/unsubscriptions/{token}"
    assert (await notifications.client.post(path, headers=notifications.sidecar_headers)).status_code == 204
    assert (await reader.digest())["address"] is None
    await remind(notifications, reminder(reader.user))
    assert (await arrived(mailbox, reader, 2))["Subject"] == "Water plants"


async def test_a_user_who_travels_gets_it_at_that_hour_of_the_new_zone(
    notifications: OpenService, reader: Reader
) -> None:
    await reader.turn_on()
    event = settings_changed(reader.user, 2, "09:00")
    moved = event.model_copy(update={"payload": event.payload.model_copy(update={"time_zone": "Asia/Tokyo"})})
    assert await notifications.deliver(tasks.TOPIC, moved) == ["SUCCESS"]
    async with notifications.runtime.database.transaction() as session:
        stored = await repository.get(session, reader.user)
        assert stored is not None
        assert stored.next_at.astimezone(ZoneInfo("Asia/Tokyo")).time() == time(9)


async def test_a_change_of_other_settings_at_the_hour_of_the_digest_leaves_none_out(
    notifications: OpenService, reader: Reader
) -> None:
    await reader.turn_on("08:00", "UTC")
    async with notifications.runtime.database.transaction() as session:
        stored = await repository.get(session, reader.user)
        assert stored is not None
        due, stored.next_at = stored.next_at, START
        await session.flush()
        await follow_settings(notifications.runtime, session, [settings_changed(reader.user, 2, "10:00")])
        assert (stored.next_at, stored.settings_seq) == (START, 2)
        stored.next_at = due


async def test_nothing_is_sent_of_a_deleted_account(
    notifications: OpenService, replica: Replicas, mailbox: Mailbox, reader: Reader
) -> None:
    await reader.turn_on("08:10")
    deleted = AccountDeleted(
        event_id=uuid7(), user_id=reader.user, seq=0, timestamp=START, correlation_id="test",
        actor=Actor(type="system", client="sign-in"), payload=DeletedAccount(deleted_at=START),
    )  # fmt: skip
    assert await notifications.deliver(accounts.TOPIC, deleted) == ["SUCCESS"]
    async with replica(ManualClock(START + timedelta(minutes=10))):
        await reader.ended("dropped", "the digest was turned off")
    assert mailbox.to(reader.address) == []


async def test_only_a_proof_of_the_users_own_address_turns_it_on(reader: Reader) -> None:
    for claims, status in (
        ({"sub": "somebody-else"}, 422),
        ({"aud": "todo-test"}, 401),
        ({"email_verified": False}, 422),
    ):
        body = {"proof": reader.proof(**claims), "send_at": "09:00", "time_zone": BERLIN}
        assert (await reader.ask("PUT", "/digest", body)).status_code == status, claims
    assert (await reader.ask("GET", "/digest", scope="tasks:read tasks:write")).status_code == 403
    assert (await reader.digest())["address"] is None


@pytest.mark.parametrize("wrong", [{"send_at": "25:00"}, {"time_zone": "Europe/Nowhere"}, {"hour": 9}])
async def test_an_hour_or_a_zone_that_does_not_exist_is_refused(reader: Reader, wrong: dict[str, Any]) -> None:
    body = {"proof": reader.proof(), "send_at": "09:00", "time_zone": BERLIN, **wrong}
    assert (await reader.ask("PUT", "/digest", body)).status_code == 422


@pytest.mark.parametrize(
    ("now", "zone", "at", "expected"),
    [
        ("2026-06-01T06:59:59Z", BERLIN, "09:00", "2026-06-01T07:00:00Z"),
        ("2026-06-01T07:00:00Z", BERLIN, "09:00", "2026-06-02T07:00:00Z"),
        ("2026-03-28T12:00:00Z", BERLIN, "02:30", "2026-03-29T01:30:00Z"),  # skipped: 3:30
        ("2026-10-24T12:00:00Z", BERLIN, "02:30", "2026-10-25T00:30:00Z"),  # twice: the first one
        ("2026-10-25T00:30:00Z", BERLIN, "02:30", "2026-10-26T01:30:00Z"),
        ("2026-06-01T20:00:00Z", "Pacific/Kiritimati", "00:00", "2026-06-02T10:00:00Z"),
    ],
)
def test_the_next_time_follows_the_clocks_of_the_zone(now: str, zone: str, at: str, expected: str) -> None:
    found = next_time(datetime.fromisoformat(now), time.fromisoformat(at), ZoneInfo(zone))
    assert found == datetime.fromisoformat(expected)
