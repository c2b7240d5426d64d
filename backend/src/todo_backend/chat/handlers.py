"""What the assistant's endpoints do. The libraries that this needs are loaded with its first request."""

from collections.abc import Sequence
from typing import Any, cast

from chatkit.server import StreamingResult
from chatkit.types import ChatKitReq, UserMessageInput
from fastapi import Response
from pydantic import TypeAdapter, ValidationError
from starlette.responses import StreamingResponse

from todo_backend.assistant import limits
from todo_backend.assistant.context import RequestContext
from todo_backend.assistant.items import Change, Item, Question, UserMessage, item_of, of_kind
from todo_backend.assistant.provider import ProviderSource
from todo_backend.assistant.service import Assistant
from todo_backend.assistant.streaming import detached
from todo_backend.chat.exchange import exchange
from todo_backend.chat.schemas import (
    ANSWERED_BY_A_MODEL,
    KINDS,
    MESSAGE_CHARACTERS,
    TITLE_CHARACTERS,
    ChatAnswer,
    ChatRequest,
)
from todo_backend.chat.server import ChatKit
from todo_backend.settings import Settings
from todo_kit.auth.revocations import until_revoked
from todo_kit.auth.users import User
from todo_kit.errors import Invalid
from todo_kit.runtime import Runtime
from todo_kit.text import storable

REQUEST: TypeAdapter[ChatKitReq] = TypeAdapter(ChatKitReq)


class Handlers:
    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        settings = cast("Settings", runtime.settings)
        self.assistant = Assistant(settings, ProviderSource(runtime, settings))
        self.server = ChatKit(self.assistant)

    async def close(self) -> None:
        await self.assistant.close()

    async def answer(self, user: User, token: str, body: ChatRequest) -> ChatAnswer:
        context = RequestContext(self._runtime, user, token)
        await self.assistant.providers.get()
        conversation = await context.conversations.get(body.conversation_id) if body.conversation_id else None
        if body.approval and conversation:
            item_of(conversation.items, body.approval.id, Question)
        if body.message or (body.approval and body.approval.approved):
            await limits.count_turn(context)
        return await exchange(self.assistant, context, body, conversation)

    async def chatkit(self, user: User, token: str, body: bytes) -> Response:
        """Answers a request of ChatKit's protocol."""
        context = RequestContext(self._runtime, user, token)
        await self._check(body, context)
        result = await self.server.process(body, context)
        if isinstance(result, StreamingResult):
            frames = detached(aiter(result), context.gone, self.assistant.running)
            sent = until_revoked(self._runtime.tokens.revocations, user, frames)
            return StreamingResponse(sent, media_type="text/event-stream")
        return Response(result.json, media_type="application/json")

    async def _check(self, body: bytes, context: RequestContext) -> None:
        """Validates the request and counts its turn, while an error can still set the status of the response."""
        try:
            parsed = REQUEST.validate_json(body)
        except ValidationError as error:
            first = error.errors()[0]
            raise Invalid(".".join(str(part) for part in first["loc"]) or "body", str(first["msg"])) from None
        if parsed.type not in KINDS:
            raise Invalid("type", f"is not taken here; {', '.join(sorted(KINDS))} are")
        params: Any = parsed.params
        if isinstance(given := getattr(params, "input", None), UserMessageInput):
            check_message(given)
        if (limit := getattr(params, "limit", None)) is not None and limit < 1:
            raise Invalid("limit", "must be at least 1")
        check_text("title", getattr(params, "title", "x"), TITLE_CHARACTERS)
        if (thread_id := getattr(params, "thread_id", None)) is not None:
            conversation = await context.conversations.get(thread_id)
            if parsed.type == "threads.retry_after_item":
                check_last(conversation.items, params.item_id)
            if parsed.type == "threads.custom_action" and params.item_id is not None:
                item_of(conversation.items, params.item_id, Change, Question)
        action = getattr(getattr(params, "action", None), "type", "")
        if parsed.type in ANSWERED_BY_A_MODEL or action in {"approve", "reject"}:
            await self.assistant.providers.get()
        if parsed.type in ANSWERED_BY_A_MODEL or action == "approve":
            await limits.count_turn(context)


def check_message(message: UserMessageInput) -> None:
    if message.attachments or message.quoted_text or any(part.type != "input_text" for part in message.content):
        raise Invalid("input", "is text alone")
    check_text("message", "".join(part.text for part in message.content), MESSAGE_CHARACTERS)


def check_text(field: str, text: str, most: int) -> None:
    if not text.strip() or len(text) > most:
        raise Invalid(field, f"must be a text of at most {most} characters")
    try:
        storable(text)
    except ValueError as error:
        raise Invalid(field, str(error)) from None


def check_last(items: Sequence[Item], item_id: str) -> None:
    """Raises Invalid unless the item is the last message: a retry deletes all later items, such as cards."""
    messages = [item.id for item in of_kind(items, UserMessage)]
    if messages[-1:] != [item_id]:
        raise Invalid("item_id", "is not the last message of the conversation")
