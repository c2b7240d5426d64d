"""Conversations with the assistant, while the replicas that lead them die."""

import asyncio
import signal
from typing import Any

import httpx

from tests.suite import RunningSuite
from tests.support import eventually


async def say(client: httpx.AsyncClient, message: str, conversation: str | None) -> dict[str, Any]:
    """As a client does: again, when the connection is lost."""

    async def answered() -> dict[str, Any] | None:
        try:
            answer = await client.post("/chat", json={"message": message, "conversation_id": conversation})
        except httpx.TransportError:
            return None
        return answer.json() if answer.status_code == 200 else None

    found: dict[str, Any] = await eventually(answered, 30)
    return found


async def messages(client: httpx.AsyncClient, conversation: str) -> list[str]:
    ask = {"type": "items.list", "params": {"thread_id": conversation, "limit": 100, "order": "asc"}}
    items = (await client.post("/chatkit", json=ask)).raise_for_status().json()["data"]
    return [part["text"] for item in items if item["type"] == "user_message" for part in item["content"]]


async def test_a_conversation_goes_on_after_any_replica_has_died(suite: RunningSuite, user: str) -> None:
    async with suite.client(user) as client:
        conversation = (await say(client, "Add a task to buy milk", None))["conversation_id"]
        backends = [name for name in suite.parts() if name.startswith("todo-backend")]
        assert len(backends) == 2
        for number, name in enumerate(backends):
            suite.kill(name)
            answer = await say(client, f"Add a task to call number {number}", conversation)
            assert answer["conversation_id"] == conversation
            await suite.all_ready()
        listed = await say(client, "What's pending?", conversation)
        for words in ("milk", "number 0", "number 1"):
            assert words in listed["response"]


async def test_no_message_is_lost_while_a_replica_dies(suite: RunningSuite, user: str) -> None:
    async with suite.client(user) as client:
        conversation = (await say(client, "hello", None))["conversation_id"]
        said = [f"Add a task to write letter {number}" for number in range(12)]
        talk = [asyncio.create_task(say(client, message, conversation)) for message in said]
        await asyncio.sleep(0)
        suite.signal("todo-backend-1", signal.SIGKILL)
        await asyncio.gather(*talk)
        assert set(said) <= set(await messages(client, conversation))
        tasks = (await client.get("/tasks", params={"limit": 100})).raise_for_status().json()
        titles = {task["title"].lower() for task in tasks["items"]}
        assert {f"write letter {number}" for number in range(12)} <= titles
        await suite.all_ready()
