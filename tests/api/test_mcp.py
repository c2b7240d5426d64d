"""The MCP server as other people's clients see it: through the page's origin, with a token that somebody allowed."""

import json
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

from tests.api.oauth import App, Person
from tests.suite import RunningSuite
from tests.support import eventually

INSPECTOR = Path(__file__).parent.parent / "inspector"
TOOLS = {
    "add_task", "update_task", "complete_task", "delete_task", "restore_task", "undo_last_change",
    "list_tasks", "search_tasks", "preview_recurrence", "list_notifications", "task_history",
}  # fmt: skip
BOTH = "tasks:read tasks:write"


@asynccontextmanager
async def connected(suite: RunningSuite, token: str) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=20) as http,
        Client(streamable_http_client(f"{suite.web_url}/mcp", http_client=http)) as client,
    ):
        yield client


def content(answer: CallToolResult) -> dict[str, Any]:
    assert not answer.is_error, answer.content
    return dict(answer.structured_content or {})


@pytest.fixture(scope="module")
def app(web_suite: RunningSuite) -> App:
    return App(web_suite.web_url, "Desk Assistant")


@pytest.fixture
def person(web_suite: RunningSuite) -> Person:
    return Person(web_suite.web_url)


async def test_every_tool_is_called_with_the_token_of_an_allowed_app(
    web_suite: RunningSuite, app: App, person: Person
) -> None:
    token = app.connect(person, BOTH)["access_token"]
    async with connected(web_suite, token) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS

        async def call(tool: str, **arguments: Any) -> dict[str, Any]:
            return content(await client.call_tool(tool, arguments))

        tasks = [{"title": "Water the plants", "when": "every day 9am"}, {"title": "Call mom", "when": "tomorrow 6pm"}]
        assert (await call("add_task", tasks=tasks))["success_count"] == 2
        assert (await call("list_tasks"))["total"] == 2
        assert (await call("search_tasks", query="plants"))["tasks"][0]["id"] == 1
        assert (await call("update_task", changes=[{"id": 2, "priority": "High"}]))["success_count"] == 1
        assert (await call("complete_task", ids=[2]))["success_count"] == 1
        assert (await call("delete_task", ids=[2]))["success_count"] == 1
        assert (await call("restore_task", ids=[2]))["success_count"] == 1
        assert (await call("undo_last_change"))["undone"] == ["restored 2 “Call mom”"]
        preview = await call("preview_recurrence", when="every month on the 31st at 9am", count=3)
        assert len(preview["occurrences"]) == 4
        assert (await call("list_notifications"))["notifications"] == []

        async def history() -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = (await call("task_history", id=2))["history"]
            return found if len(found) == 6 else []

        entries = await eventually(history)
        assert {entry["by"] for entry in entries} == {"assistant (mcp:app:Desk Assistant)"}
        assert all(datetime.strptime(entry["at"], "%a %Y-%m-%d %H:%M") for entry in entries)  # noqa: DTZ007 - their clock


async def test_an_app_that_may_only_read_changes_nothing(web_suite: RunningSuite, app: App, person: Person) -> None:
    async with connected(web_suite, app.connect(person, "tasks:read")["access_token"]) as client:
        assert content(await client.call_tool("list_tasks", {}))["total"] == 0
        refused = await client.call_tool("add_task", {"tasks": [{"title": "x"}]})
        assert refused.is_error
        assert content(await client.call_tool("list_tasks", {"view": "all"}))["total"] == 0


@pytest.fixture(scope="module")
def inspector() -> Path:
    subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=INSPECTOR, check=True
    )
    return INSPECTOR / "node_modules" / ".bin" / "mcp-inspector"


def inspect(inspector: Path, suite: RunningSuite, token: str, home: Path, *arguments: str) -> Any:
    command = [str(inspector), "--cli", f"{suite.web_url}/mcp", "--header", f"Authorization: Bearer {token}"]
    result = subprocess.run(
        [*command, *arguments], env={**os.environ, "HOME": str(home)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_the_inspector_lists_and_calls_the_tools(
    web_suite: RunningSuite, app: App, person: Person, inspector: Path, tmp_path: Path
) -> None:
    token = app.connect(person, BOTH)["access_token"]

    def call(tool: str, *arguments: str) -> Any:
        pairs = ("--tool-arg", *arguments) if arguments else ()
        found = inspect(inspector, web_suite, token, tmp_path, "--method", "tools/call", "--tool-name", tool, *pairs)
        assert not found.get("isError"), found
        return found["structuredContent"]

    listed = inspect(inspector, web_suite, token, tmp_path, "--method", "tools/list")
    assert {tool["name"] for tool in listed["tools"]} == TOOLS
    assert call("add_task", 'tasks=[{"title": "By the inspector"}]')["success_count"] == 1
    assert call("update_task", 'changes=[{"id": 1, "title": "Changed"}]')["success_count"] == 1
    assert call("complete_task", "ids=[1]")["success_count"] == 1
    assert call("delete_task", "ids=[1]")["success_count"] == 1
    assert call("restore_task", "ids=[1]")["success_count"] == 1
    assert call("undo_last_change")["undone"] == ["restored 1 “Changed”"]
    assert call("list_tasks", "view=deleted")["total"] == 1
    assert call("search_tasks", "query=Changed")["total"] == 0
    assert call("preview_recurrence", "when=every day 9am")["occurrences"]
    assert call("list_notifications")["notifications"] == []
    assert "history" in call("task_history", "id=1")
    resources = inspect(inspector, web_suite, token, tmp_path, "--method", "resources/list")
    assert len(resources["resources"]) == 2
    prompts = inspect(inspector, web_suite, token, tmp_path, "--method", "prompts/list")
    assert len(prompts["prompts"]) == 2
