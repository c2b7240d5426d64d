"""Everything that the suite has of a user, as the page downloads it."""

import io
import json
import zipfile
from typing import Any

import asyncpg
import httpx

from tests.api.oauth import Person
from tests.suite import RunningSuite
from tests.support import eventually

KEPT_OUT = {
    # computed from what the archive has
    "task_tallies", "task_states", "schedules", "preferences", "series", "reminders", "further_reminders",
    "occurrence_requests", "trail_heads", "live_events", "live_pruned",
    # what the suite needs for minutes or days, whose content is in the tasks and their history
    "undo_steps", "idempotency_keys", "inbox", "outbox", "dead_letters", "account_budgets", "account_uses",
    "revoked_grants", "erased_users", "webhook_messages", "digests",
}  # fmt: skip
FILES = {
    "accounts": "settings.json", "tasks": "tasks.json", "tag_colors": "tag_colors.json",
    "notifications": "notifications.json", "deliveries": "notifications.json", "snoozes": "snoozes.json",
    "channel_settings": "channels.json", "push_subscriptions": "channels.json", "webhooks": "webhooks.json",
    "digest_settings": "digest.json",
    "audit_logs": "history.json",
}  # fmt: skip
"""Where the rows of each table with a `user_id` are."""


class Owner:
    def __init__(self, suite: RunningSuite) -> None:
        self.person = Person(suite.web_url)
        self.base = f"{suite.url}/api/{self.person.id}"
        self.token = self.person.browser.get("/api/auth/token").raise_for_status().json()["token"]

    def call(self, verb: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.request(verb, self.base + path, headers=headers, json=body, timeout=30)

    def statement(self) -> str:
        answer = self.person.browser.post("/api/auth/account-statement", json={})
        return str(answer.raise_for_status().json()["statement"])

    def archive(self) -> dict[str, Any]:
        answer = self.call("POST", "/export", {"account": self.statement()})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/zip"
        assert answer.headers["cache-control"] == "no-store"
        archive = zipfile.ZipFile(io.BytesIO(answer.content))
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


async def test_the_archive_has_what_every_service_knows(web_suite: RunningSuite) -> None:
    owner = Owner(web_suite)
    for number in range(210):
        owner.call("POST", "/tasks", {"title": f"Task {number}", "tags": ["home"]}).raise_for_status()
    owner.call("DELETE", "/tasks/2").raise_for_status()
    owner.call("PUT", "/tags/color", {"name": "home", "color": "red"}).raise_for_status()
    owner.call("POST", "/chat", {"message": "what is due today?"}).raise_for_status()

    async def recorded() -> bool:
        return len(owner.call("GET", "/audit_logs?limit=200").json()["items"]) == 200

    await eventually(recorded)
    found = await eventually(lambda: complete(owner.archive()))
    assert [task["title"] for task in found["tasks.json"][:2]] == ["Task 0", "Task 2"]
    assert len(found["tasks.json"]) == 209
    assert [task["title"] for task in found["trash.json"]] == ["Task 1"]
    assert found["tag_colors.json"] == [{"tag": "home", "color": "red"}]
    assert "what is due today?" in str(found["conversations.json"])
    [account] = found["account.json"]
    assert account["email"] == owner.person.browser.get("/api/auth/get-session").json()["user"]["email"]
    assert [session["client"] for session in account["sessions"]] == ["web"]
    assert owner.token not in str(found), "no secrets"


def complete(found: dict[str, Any]) -> dict[str, Any] | None:
    """The history follows the tasks within a moment."""
    return found if len(found["history.json"]) >= 211 else None


def test_only_the_user_gets_it_with_a_statement_of_their_own(web_suite: RunningSuite) -> None:
    owner, other = Owner(web_suite), Owner(web_suite)
    for account, status in ((other.statement(), 422), (owner.token, 401), ("", 401), ("a.b.c", 401)):
        answer = owner.call("POST", "/export", {"account": account})
        assert answer.status_code == status, answer.text
    foreign = f"{other.base}/export"
    headers = {"Authorization": f"Bearer {owner.token}"}
    assert httpx.post(foreign, headers=headers, json={"account": other.statement()}).status_code == 403


async def test_every_table_with_a_user_is_in_the_archive_or_says_why_not(web_suite: RunningSuite) -> None:
    """A new table fails here until it is decided."""
    tables = set()
    for role in ("backend", "notifications", "recurring", "audit"):
        connection = await asyncpg.connect(web_suite.database_url(role))
        try:
            rows = await connection.fetch(
                "SELECT table_name FROM information_schema.columns"
                " WHERE table_schema = current_schema() AND column_name = 'user_id'"
            )
            tables |= {row["table_name"] for row in rows}
        finally:
            await connection.close()
    assert tables - KEPT_OUT == set(FILES)
