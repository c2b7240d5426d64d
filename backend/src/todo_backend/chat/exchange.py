"""A request of the JSON API: the same turns as in ChatKit's protocol, with one answer instead of a stream."""

from collections.abc import Collection, Iterator, Sequence

import structlog

from todo_backend.assistant import cards
from todo_backend.assistant.context import RequestContext
from todo_backend.assistant.conversations import Conversation, new_conversation
from todo_backend.assistant.events import Added, Notice
from todo_backend.assistant.items import (
    AssistantMessage,
    Item,
    Question,
    StoredCall,
    ToolCalls,
    UserMessage,
    put,
)
from todo_backend.assistant.service import Assistant, open_questions
from todo_backend.chat.schemas import Approval, ChatAnswer, ChatRequest, ToolCall
from todo_kit.errors import Unavailable

log = structlog.get_logger()


async def exchange(
    assistant: Assistant, context: RequestContext, body: ChatRequest, conversation: Conversation | None
) -> ChatAnswer:
    """Handles the request. Raises Unavailable, with the conversation's id, for an unexpected failure."""
    conversation = conversation or await begin(context)
    if body.approval:
        events = assistant.decide(context, conversation.id, body.approval.id, approved=body.approval.approved)
    else:
        message = UserMessage(created_at=context.runtime.clock.now(), text=body.message or "")
        await context.conversations.change_items(conversation.id, put(message))
        events = assistant.answer(context, conversation.id, message)
    said = []
    try:
        async for event in events:
            match event:
                case Added(item=AssistantMessage(text=text)) | Notice(text=text):
                    said.append(text)
    except Exception:
        log.exception("turn_failed")
        raise Unavailable("the assistant could not answer; try again", conversation_id=conversation.id) from None
    items = (await context.conversations.get(conversation.id)).items
    return ChatAnswer(
        conversation_id=conversation.id,
        response="\n\n".join(said),
        tool_calls=tool_calls(items, context.steps, conversation.items),
        approvals=[approval_of(question) for question in open_questions(items)],
        model=(await assistant.providers.get()).name,
    )


async def begin(context: RequestContext) -> Conversation:
    now = context.runtime.clock.now()
    conversation = new_conversation(now)
    await context.conversations.save(conversation, now)
    return conversation


def approval_of(question: Question) -> Approval:
    return Approval(
        id=question.id,
        question="\n".join(line for lines in question.texts for line in lines),
        calls=[ToolCall(id=call.id, name=call.tool, arguments=call.arguments, output=None) for call in question.calls],
    )


def tool_calls(items: Sequence[Item], steps: Collection[str], before: Sequence[Item]) -> list[ToolCall]:
    """Returns the executed calls of these steps, except those in `before`."""
    known = {item.id for item, _ in executed(before)}
    return [
        ToolCall(
            id=call.id, name=call.tool, arguments=call.arguments, output=cards.as_object(call.output) or call.output
        )
        for item, call in executed(items)
        if item.step in steps and item.id not in known
    ]


def executed(items: Sequence[Item]) -> Iterator[tuple[ToolCalls | Question, StoredCall]]:
    for item in items:
        match item:
            case ToolCalls() | Question(state="approved"):
                for call in item.calls:
                    yield item, call
