"""ChatKit's server: its messages and buttons for the assistant, and the assistant's events as ChatKit's events."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from chatkit.actions import Action
from chatkit.server import ChatKitServer
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    NoticeEvent,
    Page,
    ProgressUpdateEvent,
    Thread,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    ThreadUpdatedEvent,
    UserMessageItem,
    WidgetItem,
)

from todo_backend.assistant.context import RequestContext
from todo_backend.assistant.events import Added, Event, Notice, Progress, Replaced, Started, TextDelta, Titled
from todo_backend.assistant.service import Assistant
from todo_backend.chat.store import ConversationStore, user_message
from todo_backend.chat.widgets import thread_items


class ChatKit(ChatKitServer[RequestContext]):
    def __init__(self, assistant: Assistant) -> None:
        super().__init__(ConversationStore())
        self._assistant = assistant

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: RequestContext
    ) -> AsyncIterator[ThreadStreamEvent]:
        if input_user_message is None:
            return
        message = user_message(input_user_message, context)
        async for event in streamed(thread, self._assistant.answer(context, thread.id, message)):
            yield event

    async def action(
        self, thread: ThreadMetadata, action: Action[str, Any], sender: WidgetItem | None, context: RequestContext
    ) -> AsyncIterator[ThreadStreamEvent]:
        payload = action.payload if isinstance(action.payload, dict) else {}
        if action.type in {"approve", "reject"}:
            approved = action.type == "approve"
            events = self._assistant.decide(context, thread.id, str(payload.get("item")), approved=approved)
        elif action.type == "undo" and sender:
            events = self._assistant.undo(context, thread.id, str(payload.get("step")), sender.id)
        else:
            return
        async for event in streamed(thread, events):
            yield event


async def streamed(thread: ThreadMetadata, events: AsyncIterator[Event]) -> AsyncIterator[ThreadStreamEvent]:
    async for event in events:
        for each in chatkit_events(thread, event):
            yield each


def chatkit_events(thread: ThreadMetadata, event: Event) -> Iterator[ThreadStreamEvent]:
    match event:
        case Added(item=added):
            for item in thread_items(thread.id, [added]):
                yield ThreadItemDoneEvent(item=item)
        case Replaced(item=replaced):
            for item in thread_items(thread.id, [replaced]):
                yield ThreadItemReplacedEvent(item=item)
        case Started(item_id=item_id, created_at=created_at):
            message = AssistantMessageItem(id=item_id, thread_id=thread.id, created_at=created_at, content=[])
            yield ThreadItemAddedEvent(item=message)
            part = AssistantMessageContentPartAdded(content_index=0, content=AssistantMessageContent(text=""))
            yield ThreadItemUpdatedEvent(item_id=item_id, update=part)
        case TextDelta(item_id=item_id, text=text):
            delta = AssistantMessageContentPartTextDelta(content_index=0, delta=text)
            yield ThreadItemUpdatedEvent(item_id=item_id, update=delta)
        case Progress(text=text):
            yield ProgressUpdateEvent(text=text)
        case Notice(text=text):
            yield NoticeEvent(level="info", message=text)
        case Titled(title=title):
            # Not by changing `thread`: ChatKit's server would store it later, over a name that the user gave meanwhile.
            named = Thread(id=thread.id, title=title, created_at=thread.created_at, items=Page())
            yield ThreadUpdatedEvent(thread=named)
