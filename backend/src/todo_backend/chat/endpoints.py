"""The endpoints of the assistant: ChatKit's protocol, which streams, and a JSON API with one answer per request."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, cast

from chatkit.server import StreamingResult
from chatkit.types import (
    ChatKitReq,
    HiddenContextItem,
    ThreadItem,
    UserMessageInput,
    UserMessageItem,
    WidgetItem,
)
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import TypeAdapter, ValidationError
from starlette.responses import StreamingResponse

from todo_backend.chat import answers, limits
from todo_backend.chat.conversations import item_of
from todo_backend.chat.exchange import exchange
from todo_backend.chat.provider import RULES, ProviderSource
from todo_backend.chat.schemas import MESSAGE_CHARACTERS, TITLE_CHARACTERS, AssistantInfo, ChatAnswer, ChatRequest
from todo_backend.chat.server import Chat
from todo_backend.chat.store import Asking
from todo_backend.chat.streaming import detached, finish
from todo_backend.settings import Settings
from todo_kit.auth.dependencies import CurrentUser, bearer
from todo_kit.auth.revocations import until_revoked
from todo_kit.errors import Invalid, described
from todo_kit.runtime import Runtime, runtime_of
from todo_kit.text import storable

router = APIRouter(prefix="/api/{user_id}", tags=["Assistant"])
CHAT = "chat"
REQUEST: TypeAdapter[ChatKitReq] = TypeAdapter(ChatKitReq)
ANSWERED_BY_A_MODEL = {"threads.create", "threads.add_user_message", "threads.retry_after_item"}
KINDS = ANSWERED_BY_A_MODEL | {
    "threads.custom_action", "threads.get_by_id", "threads.list", "threads.update", "threads.delete", "items.list",
}  # fmt: skip
ANSWERS: dict[int | str, dict[str, Any]] = {
    404: described("There is no such conversation, or it has not asked that"),
    429: described("The person has said as much as is answered in a minute or a day"),
}


@asynccontextmanager
async def lifespan(_: FastAPI, runtime: Runtime) -> AsyncIterator[None]:
    settings = cast("Settings", runtime.settings)
    providers = ProviderSource(runtime, settings)
    chat = runtime.extras[CHAT] = Chat(settings, providers)
    try:
        yield
    finally:
        await finish(chat.turns)
        await providers.close()


async def asking(
    request: Request, user: CurrentUser, credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]
) -> Asking:
    return Asking(runtime_of(request), user, credentials.credentials)


Asks = Annotated[Asking, Depends(asking)]


def chat_of(context: Asking) -> Chat:
    return cast("Chat", context.runtime.extras[CHAT])


@router.get("/chat")
async def get_assistant(context: Asks) -> AssistantInfo:
    """Returns the model that answers, or `rules` if no provider is configured."""
    name = (await chat_of(context).providers.get()).name
    return AssistantInfo(model=name, kind="rules" if name == RULES else "provider")


@router.post("/chat", responses=ANSWERS)
async def chat(context: Asks, body: ChatRequest) -> ChatAnswer:
    """Sends a message, or the decision on an approval, and returns the assistant's answer. Conversations are stored."""
    provider = await chat_of(context).providers.get()
    before = (await context.conversations.get(body.conversation_id)).items if body.conversation_id else []
    if body.approval:
        item_of(before, HiddenContextItem, body.approval.id)
    if body.message or (body.approval and body.approval.approved):
        await limits.count_turn(context)
    conversation_id, response = await exchange(chat_of(context), context, body, before)
    items = (await context.conversations.get(conversation_id)).items
    return ChatAnswer(
        conversation_id=conversation_id,
        response=response,
        tool_calls=answers.tool_calls(items, context.steps, before),
        approvals=answers.approvals(items),
        model=provider.name,
    )


CHATKIT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A request of ChatKit's protocol, whose Python SDK defines `params` for each `type`.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["type", "params"],
                    "properties": {"type": {"enum": sorted(KINDS)}, "params": {"type": "object"}},
                }
            }
        },
    }
}
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {}, "text/event-stream": {}}, "description": "JSON, or ChatKit's events"},
}


@router.post("/chatkit", responses=ANSWERS | EVENTS, openapi_extra=CHATKIT, response_class=Response)
async def chatkit(request: Request, context: Asks) -> Response:
    """ChatKit's protocol: server-sent events for requests that the assistant answers, JSON for all others."""
    body = await request.body()
    await check(body, context)
    result = await chat_of(context).process(body, context)
    if isinstance(result, StreamingResult):
        frames = detached(aiter(result), context.gone, chat_of(context).turns)
        told = until_revoked(context.runtime.tokens.revocations, context.user, frames)
        return StreamingResponse(told, media_type="text/event-stream")
    return Response(result.json, media_type="application/json")


async def check(body: bytes, context: Asking) -> None:
    """Validates the request and counts its turn, before the first byte is sent: an error can still set the status."""
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
            item_of(conversation.items, WidgetItem, params.item_id)
    action = getattr(getattr(params, "action", None), "type", "")
    if parsed.type in ANSWERED_BY_A_MODEL or action in {"approve", "reject"}:
        await chat_of(context).providers.get()
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


def check_last(items: Sequence[ThreadItem], item_id: str) -> None:
    """Raises Invalid unless the item is the last message: a retry deletes all later items, such as cards."""
    messages = [item.id for item in items if isinstance(item, UserMessageItem)]
    if messages[-1:] != [item_id]:
        raise Invalid("item_id", "is not the last message of the conversation")
