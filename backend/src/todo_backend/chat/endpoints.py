"""The assistant's two doors: ChatKit's protocol, which streams, and one request with one answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, cast

import orjson
from chatkit.server import StreamingResult
from chatkit.types import ChatKitReq, is_streaming_req
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import TypeAdapter, ValidationError
from starlette.responses import StreamingResponse

from todo_backend.chat import answers, limits
from todo_backend.chat.agent import RULES, find_provider
from todo_backend.chat.schemas import MESSAGE_CHARACTERS, TITLE_CHARACTERS, AssistantInfo, ChatAnswer, ChatRequest
from todo_backend.chat.server import Chat
from todo_backend.chat.store import Asking
from todo_backend.settings import Settings
from todo_kit.auth.dependencies import CurrentUser, bearer
from todo_kit.errors import Invalid
from todo_kit.runtime import Runtime, runtime_of

router = APIRouter(prefix="/api/{user_id}", tags=["Assistant"])
CHAT = "chat"
REQUEST: TypeAdapter[ChatKitReq] = TypeAdapter(ChatKitReq)
ID_CHARACTERS = 64


@asynccontextmanager
async def opened(app: FastAPI, runtime: Runtime) -> AsyncIterator[None]:
    settings = cast("Settings", runtime.settings)
    provider = await find_provider(runtime, settings)
    runtime.extras[CHAT] = Chat(app, settings, provider)
    yield
    if provider.client:
        await provider.client.close()


async def asking(
    request: Request, user: CurrentUser, credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]
) -> Asking:
    return Asking(runtime_of(request), user, credentials.credentials)


Asks = Annotated[Asking, Depends(asking)]


def chat_of(context: Asking) -> Chat:
    return cast("Chat", context.runtime.extras[CHAT])


@router.get("/chat")
async def get_assistant(context: Asks) -> AssistantInfo:
    """Who answers."""
    name = chat_of(context).provider.name
    return AssistantInfo(model=name, kind="rules" if name == RULES else "provider")


@router.post("/chat")
async def chat(context: Asks, body: ChatRequest) -> ChatAnswer:
    """A message and its answer, or the decision on what the assistant wants to do. Conversations are kept."""
    items = (await context.shelf.get(body.conversation_id)).items if body.conversation_id else []
    await limits.count_turn(context)
    result = await chat_of(context).process(orjson.dumps(answers.as_chatkit(body, items)), context)
    conversation_id, said = body.conversation_id or "", []
    [step] = [item.content["step"] for item, _ in answers.questions(items) if item.id == approved_of(body)] or [""]
    async for frame in cast("StreamingResult", result):
        event = orjson.loads(frame.removeprefix(b"data: "))
        match event:
            case {"type": "thread.created", "thread": {"id": str(new)}}:
                conversation_id = new
            case {"type": "thread.item.done", "item": {"type": "user_message", "id": item_id}}:
                step = f"{conversation_id}.{item_id}"
            case {"type": "thread.item.done", "item": {"type": "assistant_message", "content": content}}:
                said.append("".join(part["text"] for part in content))
            case {"type": "notice", "message": message}:
                said.append(message)
    items = (await context.shelf.get(conversation_id)).items
    return ChatAnswer(
        conversation_id=conversation_id,
        response="\n\n".join(said),
        tool_calls=answers.tool_calls(items, step),
        approvals=answers.approvals(items),
        model=chat_of(context).provider.name,
    )


def approved_of(body: ChatRequest) -> str | None:
    return body.approval.id if body.approval else None


@router.post("/chatkit", include_in_schema=False)
async def chatkit(request: Request, context: Asks) -> Response:
    """ChatKit's protocol: server-sent events for what makes the assistant answer, JSON for everything else."""
    body = await request.body()
    await check(body, context)
    result = await chat_of(context).process(body, context)
    if isinstance(result, StreamingResult):
        return StreamingResponse(result, media_type="text/event-stream", headers={"cache-control": "no-store"})
    return Response(result.json, media_type="application/json")


async def check(body: bytes, context: Asking) -> None:
    """Before the first byte goes out: afterwards an error is no status any more."""
    try:
        parsed = REQUEST.validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid(".".join(str(part) for part in first["loc"]) or "body", str(first["msg"])) from None
    params: Any = getattr(parsed, "params", None)
    content = getattr(getattr(params, "input", None), "content", [])
    if sum(len(part.text) for part in content) > MESSAGE_CHARACTERS:
        raise Invalid("message", f"at most {MESSAGE_CHARACTERS} characters are taken")
    if len(getattr(params, "title", "")) > TITLE_CHARACTERS:
        raise Invalid("title", f"at most {TITLE_CHARACTERS} characters are taken")
    if thread_id := getattr(params, "thread_id", None):
        await context.shelf.get(thread_id[:ID_CHARACTERS])
    if is_streaming_req(parsed):
        await limits.count_turn(context)
