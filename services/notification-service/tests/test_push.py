"""Reminders by web push: a push service on loopback, and browsers that decrypt what it was sent."""

import asyncio
from datetime import timedelta

import pytest

from notification_service.push.delivery import is_allowed
from notification_service.settings import Settings
from tests.notified import Person, Replicas, remind, reminder
from tests.push_service import PushService, signed_by
from tests.support import ManualClock, OpenService
from tests.tasks import START, Task
from todo_kit.events import tasks
from todo_kit.events.accounts import TOPIC, EndedGrant, GrantEnded
from todo_kit.events.envelope import Actor
from todo_kit.ids import uuid7


def ended(user: str, grant: str) -> GrantEnded:
    return GrantEnded(
        event_id=uuid7(),
        user_id=user,
        seq=0,
        timestamp=START,
        actor=Actor(type="system", client="sign-in"),
        correlation_id="test",
        payload=EndedGrant(grant=grant, ended_at=START),
    )


async def test_a_reminder_is_pushed_to_each_browser_which_alone_can_read_it(
    notifications: OpenService, push_service: PushService, user: str
) -> None:
    person, browsers = Person(notifications, user), [push_service.browser() for _ in range(2)]
    for browser in browsers:
        await person.subscribe(browser)
    await remind(notifications, reminder(user, "Wäsche 🧺", task_id=7))
    for browser in browsers:
        [pushed] = await asyncio.to_thread(push_service.wait_for, browser)
        read = browser.read(pushed)
        assert {name: read[name] for name in ("user_id", "type", "task_id", "title")} == {
            "user_id": user, "type": "reminder", "task_id": 7, "title": "Wäsche 🧺",
        }  # fmt: skip
        assert (pushed.headers["urgency"], pushed.headers["ttl"]) == ("high", "86400")
        key = (await person.channels())["push"]["key"]
        claims = signed_by(pushed, key, push_service.origin)
        assert claims["sub"] == "https://todo.example"
        assert claims["exp"] - START.timestamp() <= 24 * 3600
    assert [delivery["state"] for delivery in await person.finished(2)] == ["sent", "sent"]


async def test_the_next_reminder_of_a_task_replaces_one_that_the_browser_has_not_fetched(
    notifications: OpenService, push_service: PushService, user: str
) -> None:
    person, browser = Person(notifications, user), push_service.browser()
    await person.subscribe(browser)
    await remind(notifications, reminder(user, task_id=7), reminder(user, task_id=7), reminder(user, task_id=8))
    topics = [pushed.headers["topic"] for pushed in await asyncio.to_thread(push_service.wait_for, browser, 3)]
    assert len(set(topics)) == 2
    assert all(len(topic) <= 32 for topic in topics)  # RFC 8030, section 5.4


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_has_unsubscribed_is_forgotten(
    notifications: OpenService, push_service: PushService, user: str, status: int
) -> None:
    person, browser = Person(notifications, user), push_service.browser()
    await person.subscribe(browser)
    push_service.plans[browser.endpoint.removeprefix(push_service.origin)] = [status]
    await remind(notifications, reminder(user))
    assert [delivery["reason"] for delivery in await person.finished()] == ["the browser has unsubscribed"]
    assert (await person.channels())["push"]["devices"] == []


@pytest.mark.parametrize("answer", [429, 500, 503, "die"])
async def test_what_a_push_service_could_not_take_is_sent_again(
    notifications: OpenService, replica: Replicas, push_service: PushService, user: str, answer: int | str
) -> None:
    person, browser = Person(notifications, user), push_service.browser()
    await person.subscribe(browser)
    push_service.plans[browser.endpoint.removeprefix(push_service.origin)] = [answer]
    await remind(notifications, reminder(user))
    assert (await person.failed_once())["state"] == "waiting"
    async with replica(ManualClock(START + timedelta(minutes=1))):
        assert [delivery["state"] for delivery in await person.finished()] == ["sent"]
    ids = {browser.read(pushed)["id"] for pushed in push_service.to(browser)}
    assert len(ids) == 1


@pytest.mark.parametrize("status", [301, 307, 400, 413])
async def test_a_redirect_is_not_followed_and_a_refusal_is_final(
    notifications: OpenService, push_service: PushService, user: str, status: int
) -> None:
    person, browser = Person(notifications, user), push_service.browser()
    await person.subscribe(browser)
    push_service.plans[browser.endpoint.removeprefix(push_service.origin)] = [status]
    await remind(notifications, reminder(user))
    [failed] = await person.finished()
    assert (failed["state"], failed["reason"]) == ("failed", f"the push service answered {status}")
    assert "/elsewhere" not in push_service.pushed


async def test_a_key_that_is_refused_is_tried_again(
    notifications: OpenService, push_service: PushService, user: str
) -> None:
    person, browser = Person(notifications, user), push_service.browser()
    await person.subscribe(browser)
    push_service.plans[browser.endpoint.removeprefix(push_service.origin)] = [403]
    await remind(notifications, reminder(user))
    waiting = await person.failed_once()
    assert (waiting["state"], "403" in waiting["reason"]) == ("waiting", True)
    assert len((await person.channels())["push"]["devices"]) == 1


async def test_a_subscription_ends_with_its_session(
    notifications: OpenService, push_service: PushService, user: str
) -> None:
    here, there = Person(notifications, user, "here"), Person(notifications, user, "there")
    await here.subscribe(push_service.browser())
    await there.subscribe(push_service.browser())
    assert [device["this_session"] for device in (await here.channels())["push"]["devices"]] == [True, False]
    await notifications.deliver(TOPIC, ended(user, "session:there"))
    assert [device["this_session"] for device in (await here.channels())["push"]["devices"]] == [True]
    await notifications.deliver(TOPIC, ended(user, ""))
    assert (await here.channels())["push"]["devices"] == []


async def test_a_browser_belongs_to_whoever_subscribed_last(
    notifications: OpenService, push_service: PushService, user: str
) -> None:
    one, other, browser = Person(notifications, user), Person(notifications, f"{user}-2"), push_service.browser()
    await one.subscribe(browser)
    await other.subscribe(browser)
    await other.subscribe(browser)
    assert (await one.channels())["push"]["devices"] == []
    assert len((await other.channels())["push"]["devices"]) == 1
    await remind(notifications, reminder(user), reminder(f"{user}-2"))
    [pushed] = await asyncio.to_thread(push_service.wait_for, browser)
    assert browser.read(pushed)["user_id"] == f"{user}-2"


async def test_nobody_removes_or_tests_the_device_of_another(
    notifications: OpenService, push_service: PushService, user: str
) -> None:
    one, other = Person(notifications, user), Person(notifications, f"{user}-2")
    device = await one.subscribe(push_service.browser())
    assert (await other.ask("DELETE", f"/channels/push/{device}")).status_code == 404
    assert (await other.ask("POST", f"/channels/push/{device}/test")).status_code == 404
    assert (await one.ask("POST", f"/channels/push/{device}/test")).status_code == 202
    assert (await one.ask("POST", f"/channels/push/{device}/test")).status_code == 429
    assert (await one.ask("DELETE", f"/channels/push/{device}")).status_code == 200


async def test_an_account_has_a_limited_number_of_devices(
    notifications: OpenService, push_service: PushService, user: str
) -> None:
    person = Person(notifications, user)
    browsers = [push_service.browser() for _ in range(20)]
    for browser in browsers:
        await person.subscribe(browser)
    answer = await person.ask("POST", "/channels/push", push_service.browser().subscription)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_devices")
    await person.subscribe(browsers[0])  # renewing is no further device


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://localhost/push"},
        {"endpoint": "https://169.254.169.254/latest"},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": {"p256dh": "!", "auth": "A" * 22}},
        {"name": ""},
        {"extra": 1},
    ],
)
async def test_what_is_no_subscription_is_refused(
    notifications: OpenService, push_service: PushService, user: str, change: dict[str, object]
) -> None:
    given = push_service.browser().subscription | change
    assert (await Person(notifications, user).ask("POST", "/channels/push", given)).status_code == 422


@pytest.mark.parametrize(
    ("endpoint", "allowed"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://web.push.apple.com/x", True),
        ("https://db5p.notify.windows.com/w/?token=x", True),
        ("http://fcm.googleapis.com/fcm/send/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com@evil.example/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://.push.apple.com/x", False),
        ("https://evil.example/.push.apple.com", False),
        ("https://evil.example\\.push.apple.com/x", False),
        ("https://evil.example#.push.apple.com/x", False),
        ("https://[::1]/x", False),
        ("https://fcm.googleapis.com:x/", False),
        ("//fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com/a\tb", False),
        ("\x00https://fcm.googleapis.com/x", False),
        ("", False),
    ],
)
def test_messages_go_to_known_push_services_alone(endpoint: str, allowed: bool) -> None:
    settings = Settings.model_construct(push_services=Settings.model_fields["push_services"].default)
    assert is_allowed(settings, endpoint) is allowed


async def test_a_task_that_is_over_reminds_nobody(
    notifications: OpenService, replica: Replicas, push_service: PushService, user: str
) -> None:
    """The push service is away until the task is completed."""
    person, browser = Person(notifications, user), push_service.browser()
    await person.subscribe(browser)
    push_service.plans[browser.endpoint.removeprefix(push_service.origin)] = [503]
    task = Task(user, due_date=START, reminder_lead_time=0)
    await notifications.deliver(tasks.TOPIC, task.created())
    await remind(notifications, reminder(user))
    await person.failed_once()
    await notifications.deliver(tasks.TOPIC, task.completed())
    async with replica(ManualClock(START + timedelta(minutes=1))):
        assert [delivery["state"] for delivery in await person.finished()] == ["dropped"]
    assert push_service.to(browser) == []
