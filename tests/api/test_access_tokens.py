"""An access token of a user, at the task API and in the terminal; and an account that an operator locks."""

import os
import subprocess
import sys

import httpx

from tests.api.oauth import PASSWORD, Person
from tests.suite import RunningSuite
from tests.support import eventually


class Script:
    """A program that signs in with an access token."""

    def __init__(self, suite: RunningSuite, access: str) -> None:
        self.suite, self.person = suite, Person(suite.web_url)
        body = {"name": "Script", "access": access, "days": "30", "password": PASSWORD}
        made = self.person.browser.post("/api/auth/access-tokens/create", json=body).raise_for_status().json()
        self.id, self.access_token = made["id"], made["token"]
        self.token = self.exchange().raise_for_status().json()["token"]

    def exchange(self) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.access_token}"}
        return httpx.get(f"{self.suite.web_url}/api/auth/access-tokens/exchange", headers=headers)

    def call(self, verb: str, path: str, **body: str) -> httpx.Response:
        url, headers = f"{self.suite.url}/api/{self.person.id}{path}", {"Authorization": f"Bearer {self.token}"}
        return httpx.request(verb, url, headers=headers, json=body or None, timeout=20)

    def statuses(self) -> set[int]:
        """Of both replicas: each connection reaches one of them."""
        return {self.call("GET", "/tasks").status_code for _ in range(12)}

    def todo(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        told = {**os.environ, "TODO_TOKEN": self.access_token, "TODO_URL": self.suite.web_url}
        command = [sys.executable, "-m", "todo_terminal", *arguments]
        return subprocess.run(command, env=told, capture_output=True, text=True, check=False, timeout=60)


def test_one_that_reads_changes_nothing(web_suite: RunningSuite) -> None:
    script = Script(web_suite, "read")
    assert script.call("GET", "/tasks").status_code == 200
    refused = script.call("POST", "/tasks", title="Buy milk")
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")
    assert script.call("GET", "/notifications/channels").status_code == 403, "it is no session of the user"


async def test_one_that_changes_is_named_in_the_history(web_suite: RunningSuite) -> None:
    script = Script(web_suite, "write")
    assert script.call("POST", "/tasks", title="Buy milk").status_code == 201

    def clients() -> list[str]:
        return [entry["actor"]["client"] for entry in script.call("GET", "/audit_logs").json()["items"]]

    await eventually(lambda: clients() == ["app:Script"])


async def test_it_opens_nothing_once_it_is_deleted(web_suite: RunningSuite) -> None:
    script = Script(web_suite, "read")
    assert script.statuses() == {200}
    script.person.browser.post("/api/auth/access-tokens/delete", json={"id": script.id}).raise_for_status()
    await eventually(lambda: script.statuses() == {401}, 2)
    assert script.exchange().status_code == 401


def test_the_terminal_takes_it(web_suite: RunningSuite) -> None:
    script = Script(web_suite, "write")
    assert script.todo("add", "Buy milk").returncode == 0
    assert "Buy milk" in script.todo("list").stdout
    script.person.browser.post("/api/auth/access-tokens/delete", json={"id": script.id}).raise_for_status()
    ended = script.todo("list")
    assert (ended.returncode, "make a new token" in ended.stderr) == (3, True)
    assert script.access_token not in ended.stderr


async def test_a_locked_account_is_refused_at_once_and_its_streams_end(web_suite: RunningSuite) -> None:
    script = Script(web_suite, "read")
    session = script.person.browser.get("/api/auth/token").raise_for_status().json()["token"]
    url, headers = f"{web_suite.url}/api/{script.person.id}/events", {"Authorization": f"Bearer {session}"}
    async with httpx.AsyncClient(timeout=20) as client, client.stream("GET", url, headers=headers) as stream:
        lines = stream.aiter_lines()
        assert (await anext(lines)).startswith("retry:")
        web_suite.launcher("accounts", "lock", script.person.id)
        async for _ in lines:
            pass  # until the server ends it
    await eventually(lambda: script.statuses() == {401}, 2)
    assert script.exchange().status_code == 401
