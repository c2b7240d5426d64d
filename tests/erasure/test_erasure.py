"""What a deleted account leaves in every database and in the state store: its id, hashes, and nothing that it wrote."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import orjson
import pytest

from audit_service.main import service as audit
from backend.tests.support import told
from notification_service.main import service as notifications
from recurring_tasks_service.main import service as recurring
from tests.support import Backbone, ManualClock, Opener, OpenService, eventually
from tests.tasks import Task
from todo_backend.assistant.conversations import STORE
from todo_backend.erasures import erasure
from todo_backend.main import service as backend
from todo_kit.erasure import BEGUN_BEFORE, Erasure
from todo_kit.events import accounts, tasks
from todo_kit.events.envelope import to_cloudevent

SECRET = "pomegranate"
PUSH = "https://push.example"
ALLOWED = {"erased_users", "revoked_grants", "audit_logs", "trail_heads"}
"""Tables that keep the id of the user."""

Services = dict[str, OpenService]


@pytest.fixture(scope="module")
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="module")
async def services(open_service: Opener, clock: ManualClock) -> AsyncIterator[Services]:
    async with AsyncExitStack() as stack:
        others = {"push_services": (PUSH,), "public_url": "https://todo.example"}
        yield {
            "backend": await stack.enter_async_context(open_service(backend, clock)),
            "notifications": await stack.enter_async_context(open_service(notifications, clock, **others)),
            "recurring": await stack.enter_async_context(open_service(recurring, clock)),
            "audit": await stack.enter_async_context(open_service(audit, clock)),
        }


class Account:
    """A person who uses everything that stores something."""

    def __init__(self, services: Services, backbone: Backbone, clock: ManualClock, user: str) -> None:
        self.services, self.backbone, self.clock, self.id = services, backbone, clock, user
        self.token = services["backend"].tokens.token(user, sid="a-session")

    async def call(self, verb: str, path: str, body: Any = None, service: str = "backend") -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = await self.services[service].client.request(verb, f"/api/{self.id}{path}", headers=headers, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def use_everything(self) -> None:
        due = (self.clock.now() + timedelta(hours=2)).isoformat()
        fields = {"tags": [SECRET], "due_date": due, "time_zone": "Europe/Berlin", "recurrence_pattern": "daily"}
        created = await self.call("POST", "/tasks", {"title": f"Buy {SECRET}", **fields, "reminder_lead_time": 10})
        await self.call("PATCH", f"/tasks/{created['id']}", {"description": SECRET})
        await self.call("PUT", "/tags/color", {"name": SECRET, "color": "red"})
        await self.call("PUT", "/settings", {"time_zone": "Europe/Berlin"})
        await self.call("POST", "/chat", {"message": f"add {SECRET}"})
        keys = {"p256dh": "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
                "auth": "tBHItJI5svbpez7KI4CCXg"}  # fmt: skip
        subscription = {"endpoint": f"{PUSH}/{SECRET}-{self.id}", "keys": keys, "name": "A browser"}
        await self.call("POST", "/notifications/channels/push", subscription, "notifications")
        await self.deliver(await told(self.backbone, self, 3))  # type: ignore[arg-type]  # it has an id, too

    async def deliver(self, events: list[dict[str, Any]]) -> None:
        for name in ("notifications", "recurring", "audit"):
            entries = [{"entryId": str(place), "event": event} for place, event in enumerate(events)]
            await self.bulk(name, tasks.TOPIC, entries)

    async def bulk(self, name: str, topic: str, entries: list[dict[str, Any]]) -> None:
        service, body = (
            self.services[name],
            {"id": "1", "entries": entries, "pubsubname": "todo-pubsub", "topic": topic},
        )
        answer = await service.client.post(f"/events/{topic}", json=body, headers=service.sidecar_headers)
        assert {entry["status"] for entry in answer.json()["statuses"]} == {"SUCCESS"}, answer.text

    async def delete(self) -> None:
        statement = self.services["backend"].tokens.token(self.id, aud="todo/erasures", iat=int(time.time()))
        headers = {"Authorization": f"Bearer {statement}"}
        answer = await self.services["backend"].client.post("/api/erasures", headers=headers)
        assert answer.status_code == 204, answer.text
        [event] = await eventually(lambda: self.published("AccountDeleted"))
        for name in ("notifications", "recurring", "audit"):
            await self.bulk(name, accounts.TOPIC, [{"entryId": "0", "event": event}])

    def published(self, event_type: str) -> list[dict[str, Any]]:
        log = [entry["event"] for entry in self.backbone.log_of(accounts.TOPIC)]
        return [event for event in log if event["type"] == event_type and event["data"]["user_id"] == self.id]

    async def wait_until_erased(self) -> None:
        self.clock.advance(seconds=(BEGUN_BEFORE + timedelta(minutes=1)).total_seconds())

        async def all_erased() -> bool:
            rows = [await self.rows(schema, "erased_users") for schema in SCHEMAS]
            return all(erased_at for (erased_at,) in (row[0] for row in rows))

        await eventually(all_erased, 30)

    async def rows(self, schema: str, table: str) -> list[tuple[datetime | None]]:
        connection = await asyncpg.connect(self.backbone.url(schema))
        try:
            found = await connection.fetch(f"SELECT erased_at FROM {table} WHERE user_id = $1", self.id)  # noqa: S608
            return [(row["erased_at"],) for row in found]
        finally:
            await connection.close()


SCHEMAS = ("backend", "notifications", "recurring", "audit")


async def tables_with(backbone: Backbone, word: str) -> set[str]:
    """Searches every row of every schema, and the store of the sidecar, as text."""
    found = set()
    for role in (*SCHEMAS, "sidecar"):
        database = "sidecar" if role == "sidecar" else "todo"
        connection = await asyncpg.connect(backbone.cluster.url(database, role, backbone.passwords[role]))
        try:
            names = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            for (table,) in names:
                for row in await connection.fetch(f'SELECT * FROM "{table}"'):  # noqa: S608 - from the catalogue
                    text = " ".join(
                        v.decode(errors="replace") if isinstance(v, bytes) else str(v) for v in row.values()
                    )
                    if word in text:
                        found.add(table)
        finally:
            await connection.close()
    return found


@pytest.fixture
def account(services: Services, backbone: Backbone, clock: ManualClock, user: str) -> Account:
    return Account(services, backbone, clock, user)


async def test_no_database_has_anything_of_a_deleted_account(account: Account, backbone: Backbone) -> None:
    await account.use_everything()
    before = await tables_with(backbone, SECRET)
    expected = {"tasks", "undo_steps", "tag_colors", "audit_logs", "push_subscriptions"}
    assert expected <= before, "the test has to write what it looks for"
    await account.delete()
    await account.wait_until_erased()
    # Kafka keeps events for 30 days; here it is the log of the local sidecar, beside its state.
    left = {table for table in await tables_with(backbone, SECRET) if table not in LOGS}
    assert left == set()
    assert await tables_with(backbone, account.id) - LOGS == ALLOWED
    assert await account.services["backend"].runtime.sidecar.read_state(STORE, f"conversations/{account.id}") is None


async def test_the_trail_of_a_deleted_account_still_verifies(account: Account) -> None:
    await account.use_everything()
    await account.delete()
    await account.wait_until_erased()
    found = await account.call("GET", "/audit_logs/verify", service="audit")
    assert (found["valid"], found["erased"] > 0, found["checked"]) == (True, True, found["erased"] + 1)


async def test_what_arrives_late_brings_nothing_back(account: Account, backbone: Backbone, clock: ManualClock) -> None:
    await account.delete()
    task = Task(account.id, clock.now(), title=SECRET)
    late = [{"entryId": "0", "event": event_of(task)}]
    for name in ("notifications", "recurring", "audit"):
        await account.bulk(name, tasks.TOPIC, late)
    assert SECRET not in str([await tables_with(backbone, SECRET) - LOGS])
    answer = await account.services["backend"].client.post(
        f"/api/{account.id}/tasks", json={"title": SECRET}, headers={"Authorization": f"Bearer {account.token}"}
    )
    assert answer.status_code == 401, "its tokens are revoked"


async def test_a_request_that_was_on_its_way_is_erased_too(account: Account, backbone: Backbone) -> None:
    """Its transaction began before the account was deleted, and commits after it."""
    await account.use_everything()
    connection = await asyncpg.connect(backbone.url("backend"))
    try:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute("INSERT INTO tag_colors VALUES ($1, $2, 'red')", account.id, f"late-{SECRET}")
        await account.delete()
        service = account.services["backend"]
        assert account.id not in await erasure.erase_waiting(service.runtime), "it waits for those"
        await transaction.commit()
    finally:
        await connection.close()
    await account.wait_until_erased()
    assert await tables_with(backbone, SECRET) - LOGS == set()


async def test_a_user_who_cannot_be_erased_holds_up_no_other(
    account: Account, services: Services, backbone: Backbone, clock: ManualClock, user: str
) -> None:
    other, runtime = Account(services, backbone, clock, f"{user}-2"), services["backend"].runtime

    async def fail_for_one(_: object, __: object, user_id: str) -> None:
        if user_id == account.id:
            raise RuntimeError("its conversations cannot be deleted")

    await account.delete()
    await other.delete()
    clock.advance(seconds=BEGUN_BEFORE.total_seconds())
    await Erasure(fail_for_one, kept=erasure.kept).erase_waiting(runtime)
    assert await other.rows("backend", "erased_users") != [(None,)]
    assert await account.rows("backend", "erased_users") == [(None,)]
    await account.wait_until_erased()


async def test_only_the_sign_in_server_deletes_an_account(services: Services, user: str) -> None:
    backend = services["backend"]
    for claims in ({}, {"aud": "todo/revocations"}, {"aud": "todo/address"}):
        token = backend.tokens.token(user, **claims)
        answer = await backend.client.post("/api/erasures", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, claims
    assert (await backend.client.post("/api/erasures")).status_code == 401
    extra = backend.tokens.token(user, aud="todo/erasures", sid="a-session")
    answer = await backend.client.post("/api/erasures", headers={"Authorization": f"Bearer {extra}"})
    assert (answer.status_code, "sid" in answer.text) == (422, True)


def event_of(task: Task) -> dict[str, Any]:
    return dict(orjson.loads(to_cloudevent(task.created(), "test", None)))


LOGS = {"log"}
