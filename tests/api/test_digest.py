"""The daily digest of a running suite: turned on with a proof of the sign-in server, asked for through the sidecars."""

from typing import Any

import asyncpg
import httpx

from tests.api.oauth import Person
from tests.suite import RunningSuite
from tests.support import eventually

PATIENCE = 30.0
NOW_DUE = "UPDATE digest_settings SET next_at = now() WHERE user_id = $1"


async def test_what_is_due_today_arrives_by_mail(web_suite: RunningSuite) -> None:
    person = Person(web_suite.web_url)
    token = person.browser.get("/api/auth/token").raise_for_status().json()["token"]

    def call(verb: str, path: str, body: Any) -> None:
        url, headers = f"{web_suite.url}/api/{person.id}{path}", {"Authorization": f"Bearer {token}"}
        httpx.request(verb, url, headers=headers, json=body, timeout=30).raise_for_status()

    call("POST", "/tasks", {"title": "Water the plants", "due_date": "2020-01-01"})
    proof = person.browser.get("/api/auth/address-proof").raise_for_status().json()["proof"]
    call("PUT", "/notifications/digest", {"proof": proof, "send_at": "07:00", "time_zone": "UTC"})
    connection = await asyncpg.connect(web_suite.database_url("notifications"))
    try:
        assert await connection.execute(NOW_DUE, person.id) == "UPDATE 1"
    finally:
        await connection.close()
    mail = await eventually(lambda: digest_in(web_suite.launcher("mail")), PATIENCE)
    assert "1 task overdue" in mail


def digest_in(mails: str) -> str:
    return mails if "overdue" in mails else ""
