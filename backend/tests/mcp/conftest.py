from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.session import ElicitationFnT
from mcp.client.streamable_http import streamable_http_client
from mcp_types import TextContent

from backend.tests.conftest import Person
from tests.support import in_own_task


@dataclass(frozen=True)
class Assistant:
    """A model's client, which the person has let in."""

    client: Client

    async def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        answer = await self.client.call_tool(tool, arguments)
        assert not answer.is_error, answer.content
        return dict(answer.structured_content)

    async def fail(self, tool: str, **arguments: Any) -> str:
        """What the model is told."""
        answer = await self.client.call_tool(tool, arguments)
        assert answer.is_error, answer.structured_content
        [said] = answer.content
        assert isinstance(said, TextContent)
        return said.text


@asynccontextmanager
async def assistant_of(
    person: Person, mode: str = "auto", answer: ElicitationFnT | None = None, **claims: Any
) -> AsyncIterator[Assistant]:
    """`answer` answers the questions of a tool. Without it, the client cannot be asked."""
    token = person.service.tokens.token(person.id, **claims)
    transport = httpx2.ASGITransport(app=person.service.app)
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(transport=transport, base_url="http://test", headers=headers) as http,
        Client(
            streamable_http_client("http://test/mcp", http_client=http), mode=mode, elicitation_callback=answer
        ) as client,
    ):
        yield Assistant(client)


@pytest.fixture
async def assistant(person: Person) -> AsyncIterator[Assistant]:
    async with in_own_task(assistant_of(person)) as found:
        yield found
