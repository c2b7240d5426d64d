from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
from agents import Agent, RunConfig, Runner
from agents.mcp import MCPServerStreamableHttp

from backend.tests.conftest import Person
from backend.tests.rules.corpus import BERLIN, NOW
from tests.support import ManualClock
from todo_backend.rules import RuleModel

WORLD: list[dict[str, Any]] = [
    {"title": "Call dad", "due_date": "2026-02-27T18:00"},
    {"title": "Team meeting", "due_date": "2026-02-27T09:00", "priority": "High"},
    {"title": "Dentist", "due_date": "2026-03-03T15:30", "tags": ["health"], "reminder_lead_time": 60},
    {
        "title": "Pay rent",
        "due_date": "2026-02-28",
        "recurrence_pattern": "monthly",
        "recurrence": {"last_day": True},
    },
    {"title": "Write report", "description": "The draft is in the blue folder", "tags": ["work", "q1"]},
    {"title": "Buy milk", "due_date": "2026-02-26"},
    {"title": "Water plants", "due_date": "2026-02-26T18:00"},
    {"title": "Old invoice"},
    {"title": "Trip photos"},
]
"""By number from 1 on; the last but one is completed then, the last deleted."""


@dataclass
class Talk:
    """A person's conversation with the rules: each message is a run of the agent over the real MCP server."""

    person: Person
    now: datetime
    items: list[Any] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    deltas: list[str] = field(default_factory=list)

    async def say(self, text: str, *, structured: bool = True) -> str:
        token = self.person.service.tokens.token(self.person.id)
        params: Any = {
            "url": "http://test/mcp",
            "headers": {"Authorization": f"Bearer {token}"},
            "httpx_client_factory": self._client,
        }
        async with MCPServerStreamableHttp(params, use_structured_content=structured) as server:
            agent = Agent(name="Todo", mcp_servers=[server], model=RuleModel(self.now, ZoneInfo(BERLIN)))
            given = [*self.items, {"role": "user", "content": text}]
            result = Runner.run_streamed(agent, given, run_config=RunConfig(tracing_disabled=True))
            self.called, self.deltas = [], []
            async for event in result.stream_events():
                if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
                    self.deltas.append(event.data.delta)
                if event.type == "run_item_stream_event" and event.name == "tool_called":
                    self.called.append(getattr(event.item.raw_item, "name", ""))
            self.items = result.to_input_list()
            return str(result.final_output)

    def _client(self, headers: Any = None, timeout: Any = None, auth: Any = None) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(app=self.person.service.app)
        return httpx2.AsyncClient(transport=transport, headers=headers, timeout=timeout, auth=auth)


async def talk_of(person: Person, now: datetime) -> Talk:
    """With somebody in Berlin who has the tasks of the world."""
    await person.call("PUT", "/settings", json={"time_zone": BERLIN})
    operations: list[dict[str, Any]] = [{"op": "create", "data": task} for task in WORLD]
    operations += [{"op": "complete", "id": len(WORLD) - 1}, {"op": "delete", "id": len(WORLD)}]
    answer = await person.call("POST", "/tasks/bulk", json={"operations": operations})
    assert answer.json()["failed"] == 0, answer.text
    return Talk(person, now)


@pytest.fixture
def thursday(clock: ManualClock) -> Iterator[datetime]:
    """It is ten in the morning in Berlin."""
    before = clock.now()
    clock.set(NOW)
    yield NOW
    clock.set(before)


@pytest.fixture
async def talk(person: Person, thursday: datetime) -> Talk:
    return await talk_of(person, thursday)
