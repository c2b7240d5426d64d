"""Who goes away in the middle of a turn ends it, and loses nothing of what it has done."""

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import orjson
import pytest
from chatkit.server import StreamingResult

from backend.tests.chat.conftest import Talker, message
from backend.tests.chat.provider import Provider, Says, calls
from tests.support import eventually
from todo_backend.assistant.context import RequestContext
from todo_backend.assistant.conversations import Conversation, ConversationRepository
from todo_backend.assistant.items import AssistantMessage, ToolCalls, of_kind
from todo_backend.assistant.limits import Usage
from todo_backend.assistant.streaming import detached
from todo_backend.chat.endpoints import handlers_of


async def leave(talker: Talker, text: str, when: str) -> Conversation:
    """Says something, goes away at the first frame that has those words, and waits until the turn has ended."""
    runtime = talker.service.runtime
    token = talker.service.tokens.token(talker.id)
    context = RequestContext(runtime, await runtime.tokens.verify(token), token)
    handlers = await handlers_of(runtime)
    running = handlers.assistant.running
    body = orjson.dumps({"type": "threads.create", "params": {"input": message(text)}})
    frames = detached(
        aiter(cast("StreamingResult", await handlers.server.process(body, context))), context.gone, running
    )
    thread_id = ""
    async for frame in frames:
        event = orjson.loads(frame.removeprefix(b"data: "))
        thread_id = thread_id or event["thread"]["id"]
        if when in frame.decode():
            break
    await frames.aclose()
    await eventually(lambda: not running)
    return await ConversationRepository(runtime.sidecar, talker.id).get(thread_id)


async def test_the_text_so_far_is_kept_and_said_to_be_stopped(talker: Talker, provider: Provider) -> None:
    provider.will(Says("One two three four five six seven eight.", pause=0.05))
    conversation = await leave(talker, "Count", "text_delta")
    [said] = of_kind(conversation.items, AssistantMessage)
    assert said.text.startswith("One")
    assert said.text.endswith("… (stopped)")
    assert conversation.title == "Count"


async def test_what_a_tool_has_done_is_known_and_counted(talker: Talker, provider: Provider) -> None:
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Never said."))
    conversation = await leave(talker, "Add one", "progress_update")
    assert await talker.titles() == ["One"]
    [made] = of_kind(conversation.items, ToolCalls)
    assert [call.tool for call in made.calls] == ["add_task"]
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


async def test_a_process_that_ends_keeps_the_text_so_far(talker: Talker, provider: Provider) -> None:
    provider.will(Says("One two three four five six seven eight.", pause=0.05))
    runtime, token = talker.service.runtime, talker.service.tokens.token(talker.id)
    handlers, user = await handlers_of(runtime), await runtime.tokens.verify(token)
    context = RequestContext(runtime, user, token)
    body = orjson.dumps({"type": "threads.create", "params": {"input": message("Count")}})
    result = cast("StreamingResult", await handlers.server.process(body, context))
    thread_id = ""

    async def read() -> None:
        nonlocal thread_id
        async for frame in result:
            event = orjson.loads(frame.removeprefix(b"data: "))
            thread_id = thread_id or event["thread"]["id"]
            if b"text_delta" in frame:
                reading.cancel()

    reading = asyncio.create_task(read())
    await asyncio.wait([reading])
    conversation = await ConversationRepository(runtime.sidecar, talker.id).get(thread_id)
    [said] = of_kind(conversation.items, AssistantMessage)
    assert said.text.startswith("One")
    assert not said.text.endswith("eight.")
