"""Who goes away in the middle of a turn ends it, and loses nothing of what it has done."""

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import orjson
import pytest
from chatkit.server import StreamingResult
from chatkit.types import AssistantMessageItem, HiddenContextItem

from backend.tests.chat.conftest import Talker, message
from backend.tests.chat.provider import Provider, Says, calls
from tests.support import eventually
from todo_backend.chat.conversations import Conversation, ConversationRepository
from todo_backend.chat.endpoints import assistant
from todo_backend.chat.limits import Usage
from todo_backend.chat.store import Asking
from todo_backend.chat.streaming import detached


async def leave(talker: Talker, text: str, when: str) -> Conversation:
    """Says something, goes away at the first frame that has those words, and waits until the turn has ended."""
    runtime = talker.service.runtime
    token = talker.service.tokens.token(talker.id)
    asking = Asking(runtime, await runtime.tokens.verify(token), token)
    chat = (await assistant(runtime)).chat
    body = orjson.dumps({"type": "threads.create", "params": {"input": message(text)}})
    frames = detached(aiter(cast("StreamingResult", await chat.process(body, asking))), asking.gone, chat.turns)
    thread_id = ""
    async for frame in frames:
        event = orjson.loads(frame.removeprefix(b"data: "))
        thread_id = thread_id or event["thread"]["id"]
        if when in frame.decode():
            break
    await frames.aclose()
    await eventually(lambda: not chat.turns)
    return await ConversationRepository(runtime.sidecar, talker.id).get(thread_id)


async def test_the_text_so_far_is_kept_and_said_to_be_stopped(talker: Talker, provider: Provider) -> None:
    provider.will(Says("One two three four five six seven eight.", pause=0.05))
    conversation = await leave(talker, "Count", "text_delta")
    [said] = [item for item in conversation.items if isinstance(item, AssistantMessageItem)]
    assert said.content[0].text.startswith("One")
    assert said.content[0].text.endswith("… (stopped)")
    assert conversation.thread.title == "Count"


async def test_what_a_tool_has_done_is_known_and_counted(talker: Talker, provider: Provider) -> None:
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Never said."))
    conversation = await leave(talker, "Add one", "progress_update")
    assert await talker.titles() == ["One"]
    [call] = [item for item in conversation.items if isinstance(item, HiddenContextItem)]
    assert call.content["items"][0]["name"] == "add_task"
    known = await talker.service.runtime.sidecar.read_state("todo-state", f"assistant-usage/{talker.id}")
    assert known is not None
    assert Usage.model_validate_json(known.value).tokens_today > 0


async def test_what_fails_in_the_middle_is_not_silent() -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"one"
        raise RuntimeError("ours")

    running: set[asyncio.Task[None]] = set()
    frames = detached(broken(), asyncio.Event(), running)
    assert await anext(frames) == b"one"
    with pytest.raises(RuntimeError, match="ours"):
        await anext(frames)
    await eventually(lambda: not running)
