"""A request of the JSON API: the same turns as in ChatKit's protocol, with one answer instead of a stream."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import structlog
from chatkit.actions import Action
from chatkit.types import (
    AssistantMessageItem,
    InferenceOptions,
    NoticeEvent,
    ThreadItem,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTextContent,
)

from todo_backend.chat.answers import questions
from todo_backend.chat.schemas import ChatRequest, Decision
from todo_backend.chat.server import Chat
from todo_backend.chat.store import Asking, new_item_id
from todo_kit.errors import Unavailable

log = structlog.get_logger()


async def exchange(chat: Chat, context: Asking, body: ChatRequest, before: Sequence[ThreadItem]) -> tuple[str, str]:
    """Handles the request. Returns the id of the conversation and what the assistant said.

    Raises Unavailable, with the conversation's id, for an unexpected failure.
    """
    thread = await open_thread(chat, context, body.conversation_id)
    if body.approval:
        events = decide(chat, context, thread, body.approval, before)
    else:
        events = chat.respond(thread, await add_message(chat, context, thread, body.message or ""), context)
    said = []
    try:
        async for event in stored(chat, context, thread, events):
            match event:
                case ThreadItemDoneEvent(item=AssistantMessageItem(content=content)):
                    said.append("".join(part.text for part in content))
                case NoticeEvent(message=message):
                    said.append(message)
    except Exception:
        log.exception("turn_failed")
        raise Unavailable("the assistant could not answer; try again", conversation_id=thread.id) from None
    return thread.id, "\n\n".join(said)


async def open_thread(chat: Chat, context: Asking, conversation_id: str | None) -> ThreadMetadata:
    if conversation_id:
        return await chat.store.load_thread(conversation_id, context)
    thread = ThreadMetadata(id=chat.store.generate_thread_id(context), created_at=context.runtime.clock.now())
    await chat.store.save_thread(thread, context)
    return thread


async def add_message(chat: Chat, context: Asking, thread: ThreadMetadata, text: str) -> UserMessageItem:
    message = UserMessageItem(
        id=new_item_id(),
        thread_id=thread.id,
        created_at=context.runtime.clock.now(),
        content=[UserMessageTextContent(text=text)],
        attachments=[],
        inference_options=InferenceOptions(),
    )
    await chat.store.add_thread_item(thread.id, message, context)
    return message


def decide(
    chat: Chat, context: Asking, thread: ThreadMetadata, decision: Decision, items: Sequence[ThreadItem]
) -> AsyncIterator[ThreadStreamEvent]:
    card = next((card for item, card in questions(items) if item.id == decision.id), None)
    action: Action[str, Any] = Action(type="approve" if decision.approved else "reject", payload={"item": decision.id})
    return chat.action(thread, action, card, context)


async def stored(
    chat: Chat, context: Asking, thread: ThreadMetadata, events: AsyncIterator[ThreadStreamEvent]
) -> AsyncIterator[ThreadStreamEvent]:
    """Yields the events, and stores their items and the title, as ChatKit's server does for a stream."""
    title = thread.title
    async for event in events:
        match event:
            case ThreadItemDoneEvent(item=item):
                await chat.store.add_thread_item(thread.id, item, context)
            case ThreadItemReplacedEvent(item=item):
                await chat.store.save_item(thread.id, item, context)
        yield event
    if thread.title != title:
        await chat.store.save_thread(thread, context)
