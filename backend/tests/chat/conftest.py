import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from backend.tests.chat import provider as providers
from backend.tests.chat.provider import Provider
from backend.tests.conftest import Person
from tests.support import ManualClock, Opener, in_own_task
from todo_backend.main import service


@pytest.fixture(scope="session")
async def provider() -> AsyncIterator[Provider]:
    async with in_own_task(providers.running()) as running:
        yield running


@pytest.fixture(scope="session")
async def chatting(open_service: Opener, clock: ManualClock, provider: Provider) -> AsyncIterator[Any]:
    """The task API with a provider for its assistant."""
    settings = {
        "assistant_api_key": "key",
        "assistant_base_url": provider.url,
        "assistant_model": "scripted",
        "assistant_timeout_seconds": 2,
        "assistant_turn_seconds": 5,
        "assistant_progress_seconds": 0.5,
    }
    async with open_service(service, clock, **settings) as opened:
        yield opened


def message(text: str) -> dict[str, object]:
    return {"content": [{"type": "input_text", "text": text}], "attachments": [], "inference_options": {}}


@dataclass(frozen=True)
class Talker(Person):
    """A person who talks with the assistant."""

    async def say(self, message: str, conversation: str | None = None) -> dict[str, Any]:
        answer = await self.call("POST", "/chat", json={"message": message, "conversation_id": conversation})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def decide(self, answer: dict[str, Any], *, approved: bool) -> dict[str, Any]:
        approval = {"id": answer["approvals"][0]["id"], "approved": approved}
        body = {"conversation_id": answer["conversation_id"], "approval": approval}
        decided = await self.call("POST", "/chat", json=body)
        assert decided.status_code == 200, decided.text
        return dict(decided.json())

    async def chatkit(self, kind: str, **params: Any) -> list[dict[str, Any]]:
        """The events of a request on ChatKit's protocol, or its one answer."""
        answer = await self.call("POST", "/chatkit", json={"type": kind, "params": params})
        assert answer.status_code == 200, answer.text
        if answer.headers["content-type"].startswith("application/json"):
            return [answer.json()]
        return [json.loads(frame.removeprefix("data: ")) for frame in answer.text.split("\n\n") if frame]


@pytest.fixture
def talker(chatting: Any, user: str) -> Talker:
    return Talker(chatting, user)
