"""The endpoints of the assistant: ChatKit's protocol, which streams, and a JSON API with one answer per request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Request, Response
from fastapi.security import HTTPAuthorizationCredentials

from todo_backend.assistant.provider_key import RULES, key_of
from todo_backend.chat.schemas import KINDS, AssistantInfo, ChatAnswer, ChatRequest
from todo_kit.auth.dependencies import CurrentUser, bearer
from todo_kit.errors import described
from todo_kit.runtime import Runtime, runtime_of

if TYPE_CHECKING:
    from todo_backend.chat.handlers import Handlers

router = APIRouter(prefix="/api/{user_id}", tags=["Assistant"])
CHAT = "chat"
ANSWERS: dict[int | str, dict[str, Any]] = {
    404: described("There is no such conversation, or it has not asked that"),
    429: described("The person has said as much as is answered in a minute or a day"),
}


@asynccontextmanager
async def lifespan(_: FastAPI, runtime: Runtime) -> AsyncIterator[None]:
    try:
        yield
    finally:
        if CHAT in runtime.extras:
            await runtime.extras[CHAT].close()


async def handlers_of(runtime: Runtime) -> "Handlers":
    """Returns the handlers. The first call imports them in a thread: they take 44 MB of memory and two seconds."""
    if CHAT not in runtime.extras:
        handlers = await asyncio.to_thread(import_module, "todo_backend.chat.handlers")
        if CHAT not in runtime.extras:
            runtime.extras[CHAT] = handlers.Handlers(runtime)
    return cast("Handlers", runtime.extras[CHAT])


Token = Annotated[HTTPAuthorizationCredentials, Depends(bearer)]


@router.get("/chat")
async def get_assistant(request: Request, background: BackgroundTasks, _: CurrentUser) -> AssistantInfo:
    """Returns the model that answers, or `rules` if no provider is configured."""
    runtime = runtime_of(request)
    model = await key_of(runtime).model()
    background.add_task(handlers_of, runtime)  # whoever asks for the name is about to send a message
    return AssistantInfo(model=model, kind="rules" if model == RULES else "provider")


@router.post("/chat", responses=ANSWERS)
async def chat(request: Request, user: CurrentUser, token: Token, body: ChatRequest) -> ChatAnswer:
    """Sends a message, or the decision on an approval, and returns the assistant's answer. Conversations are stored."""
    return await (await handlers_of(runtime_of(request))).answer(user, token.credentials, body)


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
async def chatkit(request: Request, user: CurrentUser, token: Token) -> Response:
    """ChatKit's protocol: server-sent events for requests that the assistant answers, JSON for all others."""
    return await (await handlers_of(runtime_of(request))).chatkit(user, token.credentials, await request.body())
