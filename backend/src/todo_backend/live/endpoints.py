import time
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse

from todo_backend.limits import SlotStream, limiter_of
from todo_backend.live import log
from todo_backend.live.hub import hub_of
from todo_backend.live.models import LiveEvent
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.auth.revocations import until_revoked
from todo_kit.auth.users import User
from todo_kit.errors import ProblemDetails, database_is_away
from todo_kit.loops import pause, pause_until
from todo_kit.runtime import Runtime, runtime_of

router = APIRouter(prefix="/api/{user_id}/events", tags=["Live"])

HEARTBEAT_SECONDS = 15.0
RETRY_MILLISECONDS = 1000
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}, "description": "An endless stream"},
    429: {
        "model": ProblemDetails,
        "content": {"application/problem+json": {}},
        "description": "Too many streams are open",
    },
}

LastEventId = Annotated[
    int | None, Header(alias="Last-Event-ID", ge=0, le=2**63 - 1, description="What the page had last")
]


@router.get("", response_class=StreamingResponse, responses=STREAM)
async def follow_events(request: Request, user: CurrentUser, last_event_id: LastEventId = None) -> StreamingResponse:
    """Server-sent events: `TaskChanged`, `NotificationCreated`, `NotificationRead`, each with the id to resume from.

    `ready` comes first. `reset` replaces it if the log cannot resume after `Last-Event-ID`: load everything again.
    """
    runtime = runtime_of(request)
    with ExitStack() as slot:
        slot.enter_context(limiter_of(runtime).stream(user.id))  # before any await: many streams may be opened at once
        frames = await open_stream(runtime, user, last_event_id)
        return SlotStream(frames, slot.pop_all(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def open_stream(runtime: Runtime, user: User, last_event_id: int | None) -> AsyncIterator[bytes]:
    async with runtime.database.transaction() as session:
        extent = await log.extent(session, user.id)
    reset = last_event_id is not None and not extent.follows(last_event_id)
    last = extent.newest if last_event_id is None or reset else last_event_id
    return until_revoked(runtime.tokens.revocations, user, stream(runtime, user, last, reset=reset))


async def stream(runtime: Runtime, user: User, last: int, *, reset: bool) -> AsyncIterator[bytes]:
    """Yields frames until the process stops or the token expires. The page reconnects and misses nothing."""
    yield f"retry: {RETRY_MILLISECONDS}\n".encode()
    yield frame(last, "reset" if reset else "ready", {})
    with hub_of(runtime).stream(user.id) as woken:
        while not runtime.stopping.is_set() and time.time() < user.expires_at:
            woken.clear()
            events = await _read(runtime, user.id, last)
            if events is None:
                await pause(runtime, 1.0)
                continue
            for event in events:
                last = event.id
                yield frame(last, event.event_type, event.data)
            if not events:
                await pause_until(woken, runtime, HEARTBEAT_SECONDS)
                if not woken.is_set():
                    yield b": still here\n\n"


async def _read(runtime: Runtime, user_id: str, last: int) -> "list[LiveEvent] | None":
    """Returns the next events, or None if the database is unavailable: the stream stays open and continues later."""
    try:
        async with runtime.database.transaction() as session:
            return list(await log.after(session, user_id, last))
    except Exception as error:
        if not database_is_away(error):
            raise
        return None


def frame(event_id: int, event_type: str, data: dict[str, Any]) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (event_id, event_type.encode(), orjson.dumps(data))
