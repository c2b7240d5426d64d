"""What the tests of channels do as a user."""

import secrets
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

import httpx

from tests.mailbox import Mailbox
from tests.push_service import Browser
from tests.support import AUDIENCE, OpenService, eventually
from tests.tasks import START
from todo_kit.clock import Clock
from todo_kit.events.envelope import Actor
from todo_kit.events.reminders import TOPIC, ReminderPayload, ReminderTriggered
from todo_kit.ids import uuid7


class Replicas(Protocol):
    def __call__(self, clock: Clock | None = None) -> AbstractAsyncContextManager[OpenService]: ...


class Person:
    def __init__(self, service: OpenService, user: str, session: str = "") -> None:
        self.service, self.user, self.session = service, user, session or secrets.token_hex(4)
        self.address = f"{user}@example.com"

    async def ask(self, verb: str, path: str, body: Any = None, **claims: Any) -> httpx.Response:
        token = self.service.tokens.token(self.user, sid=self.session, **claims)
        url = f"/api/{self.user}/notifications{path}"
        return await self.service.client.request(verb, url, json=body, headers={"Authorization": f"Bearer {token}"})

    async def channels(self) -> dict[str, Any]:
        answer = await self.ask("GET", "/channels")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def proof(self, **claims: Any) -> str:
        stated = {"aud": f"{AUDIENCE}/address", "email": self.address, "email_verified": True}
        return self.service.tokens.token(self.user, **stated | claims)

    async def turn_email_on(self) -> None:
        answer = await self.ask("PUT", "/channels/email", {"proof": self.proof()})
        assert answer.status_code == 200, answer.text

    async def subscribe(self, browser: Browser) -> str:
        answer = await self.ask("POST", "/channels/push", browser.subscription)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["push"]["devices"][-1]["id"])

    async def deliveries(self) -> list[dict[str, Any]]:
        answer = await self.ask("GET", "?limit=200")
        return [delivery for item in answer.json()["items"] for delivery in item["deliveries"]]

    async def put_off(self, mailbox: Mailbox) -> None:
        """Has a reminder by mail that the server does not take at the first attempt."""
        await self.turn_email_on()
        mailbox.plans[self.address] = ["451 later"]
        await remind(self.service, reminder(self.user))
        assert (await self.failed_once())["state"] == "waiting"

    async def failed_once(self) -> dict[str, Any]:
        """Waits until a delivery has a reason, and returns it."""

        async def found() -> dict[str, Any] | None:
            return next((delivery for delivery in await self.deliveries() if delivery["reason"]), None)

        return dict(await eventually(found, 20))

    async def finished(self, count: int = 1) -> list[dict[str, Any]]:
        """Waits until so many deliveries have ended, and returns all."""

        async def ended() -> list[dict[str, Any]]:
            found = await self.deliveries()
            return found if sum(delivery["state"] != "waiting" for delivery in found) >= count else []

        return list(await eventually(ended, 20))


def reminder(
    user: str, title: str = "Water plants", seq: int = 1, task_id: int = 1, at: datetime = START
) -> ReminderTriggered:
    payload = ReminderPayload(title=title, due_date=at, time_zone="Europe/Berlin", remind_at=at, lead_time=0)
    return ReminderTriggered(
        event_id=uuid7(),
        user_id=user,
        task_id=task_id,
        seq=seq,
        timestamp=at,
        actor=Actor(type="system", client="system"),
        correlation_id="test",
        payload=payload,
    )


async def remind(service: OpenService, *events: ReminderTriggered) -> None:
    assert await service.deliver(TOPIC, *events) == ["SUCCESS"] * len(events)
