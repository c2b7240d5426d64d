"""Who may set where notifications are sent, and when they are not."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from notification_service.channels.quiet_hours import after_quiet_hours
from notification_service.deliveries.repository import waiting
from notification_service.main import service
from tests.mailbox import Mailbox
from tests.notified import Person, Replicas, remind, reminder
from tests.push_service import PushService
from tests.support import ManualClock, Opener, OpenService, eventually
from tests.tasks import START
from todo_kit.events.envelope import Actor
from todo_kit.events.settings import TOPIC, SettingsChanged, SettingsPayload
from todo_kit.ids import uuid7

BERLIN = ZoneInfo("Europe/Berlin")


async def test_whoever_sets_nothing_is_notified_in_the_page_alone(notifications: OpenService, user: str) -> None:
    person = Person(notifications, user)
    channels = await person.channels()
    assert channels["email"] == {"available": True, "address": None, "problem": None}
    assert (channels["push"]["devices"], channels["quiet_hours"]) == ([], None)
    await remind(notifications, reminder(user))
    assert await person.deliveries() == []


@pytest.mark.parametrize("scope", ["tasks:read", "tasks:read tasks:write"])
async def test_an_app_cannot_have_notifications_sent_elsewhere(
    notifications: OpenService, push_service: PushService, user: str, scope: str
) -> None:
    person = Person(notifications, user)
    for verb, path, body in (
        ("GET", "", None),
        ("PUT", "/email", {"proof": person.proof()}),
        ("POST", "/push", push_service.browser().subscription),
        ("PUT", "/quiet_hours", {"start": "00:00", "end": "23:59"}),
    ):
        answer = await person.ask(verb, f"/channels{path}", body, scope=scope)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"sub": "somebody-else"}, 422),
        ({"email_verified": False}, 422),
        ({"email": "not an address"}, 422),
        ({"email": "a@b.example, c@d.example"}, 422),
        ({"email": None}, 422),
        ({"aud": "todo"}, 401),
        ({"aud": "todo/revocations"}, 401),
        ({"iss": "https://evil.example"}, 401),
        ({"exp": 1}, 401),
    ],
)
async def test_an_address_has_to_be_proved(
    notifications: OpenService, user: str, claims: dict[str, Any], status: int
) -> None:
    person = Person(notifications, user)
    answer = await person.ask("PUT", "/channels/email", {"proof": person.proof(**claims)})
    assert answer.status_code == status, answer.text
    assert (await person.channels())["email"]["address"] is None


async def test_a_proof_gives_no_access(notifications: OpenService, user: str) -> None:
    headers = {"Authorization": f"Bearer {Person(notifications, user).proof()}"}
    answer = await notifications.client.get(f"/api/{user}/notifications", headers=headers)
    assert answer.status_code == 401


async def test_where_no_mail_is_sent_nobody_turns_it_on(open_service: Opener, user: str) -> None:
    async with open_service(service, ManualClock(START - timedelta(days=1))) as without:
        person = Person(without, user)
        assert not (await person.channels())["email"]["available"]
        answer = await person.ask("PUT", "/channels/email", {"proof": person.proof()})
        assert (answer.status_code, answer.json()["code"]) == (409, "no_mail")


async def test_a_test_needs_a_channel(notifications: OpenService, user: str) -> None:
    answer = await Person(notifications, user).ask("POST", "/channels/email/test")
    assert (answer.status_code, answer.json()["code"]) == (409, "email_is_off")


async def test_in_quiet_hours_nothing_is_sent_and_afterwards_it_is(
    notifications: OpenService, replica: Replicas, mailbox: Mailbox, user: str
) -> None:
    """START is 8:00 in Berlin, and 2:00 in New York."""
    person = Person(notifications, user)
    await person.turn_email_on()
    answer = await person.ask("PUT", "/channels/quiet_hours", {"start": "23:00", "end": "07:00"})
    assert answer.json()["quiet_hours"] == {"start": "23:00", "end": "07:00"}
    await remind(notifications, reminder(user, "by day"))
    assert [delivery["state"] for delivery in await person.finished()] == ["sent"]
    changed = SettingsChanged(
        event_id=uuid7(), user_id=user, seq=1, timestamp=START, actor=Actor(type="user", client="web"),
        correlation_id="test", payload=SettingsPayload(time_zone="America/New_York", default_reminder_lead_time=None),
    )  # fmt: skip
    await notifications.deliver(TOPIC, changed)
    await remind(notifications, reminder(user, "by night"))
    [held] = [delivery for delivery in await person.deliveries() if delivery["state"] != "sent"]
    assert (held["state"], held["reason"]) == ("waiting", "quiet hours")
    seven = START + timedelta(hours=5)
    assert (await waiting(notifications.runtime.database, "email") or ())[:1] == (seven,)
    async with replica(ManualClock(seven)):
        assert [delivery["state"] for delivery in await person.finished(2)] == ["sent", "sent"]
    assert {message["Subject"] for message in mailbox.to(person.address)} == {"by day", "by night"}


async def test_what_failed_before_the_quiet_hours_waits_for_their_end(
    notifications: OpenService, replica: Replicas, mailbox: Mailbox, user: str
) -> None:
    person = Person(notifications, user)
    await person.ask("PUT", "/channels/quiet_hours", {"start": "08:01", "end": "20:00"})
    await person.put_off(mailbox)
    async with replica(ManualClock(START + timedelta(minutes=2))) as later:
        await eventually(lambda: _is_quiet(later), 20)
    assert mailbox.to(person.address) == []
    async with replica(ManualClock(START + timedelta(hours=12))):
        assert [delivery["state"] for delivery in await person.finished()] == ["sent"]


async def _is_quiet(service: OpenService) -> bool:
    found = await waiting(service.runtime.database, "email")
    return found is not None and found[0] == START + timedelta(hours=12)


@pytest.mark.parametrize(
    "hours", [{"start": "07:00", "end": "07:00"}, {"start": "7", "end": "08:00"}, {"start": "07:00"}]
)
async def test_hours_that_are_none_are_refused(notifications: OpenService, user: str, hours: dict[str, str]) -> None:
    assert (await Person(notifications, user).ask("PUT", "/channels/quiet_hours", hours)).status_code == 422


@pytest.mark.parametrize(
    ("at", "start", "end", "expected"),
    [
        ("2026-06-01 23:30", "22:00", "07:00", "2026-06-02 07:00"),
        ("2026-06-01 06:59", "22:00", "07:00", "2026-06-01 07:00"),
        ("2026-06-01 07:00", "22:00", "07:00", "2026-06-01 07:00"),
        ("2026-06-01 12:00", "22:00", "07:00", "2026-06-01 12:00"),
        ("2026-06-01 13:00", "12:30", "14:00", "2026-06-01 14:00"),
        ("2026-06-01 14:00", "12:30", "14:00", "2026-06-01 14:00"),
        ("2026-06-01 22:00", "22:00", "00:00", "2026-06-02 00:00"),
        ("2026-03-29 01:30", "22:00", "02:30", "2026-03-29 03:30"),  # 2:30 does not exist
        ("2026-10-25 01:30", "22:00", "02:30", "2026-10-25 02:30"),  # it comes twice: the first
    ],
)
def test_quiet_hours_are_those_of_the_clock_on_the_wall(at: str, start: str, end: str, expected: str) -> None:
    instant = datetime.fromisoformat(at).replace(tzinfo=BERLIN).astimezone(UTC)
    found = after_quiet_hours(instant, time.fromisoformat(start), time.fromisoformat(end), BERLIN)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=BERLIN).astimezone(UTC)
