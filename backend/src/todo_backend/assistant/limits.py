"""Limits of the assistant per user, counted in the state store, so that they hold across replicas."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from pydantic import BaseModel

from todo_backend.assistant.context import RequestContext
from todo_backend.assistant.conversations import ATTEMPTS, STORE
from todo_backend.limits import TooManyRequests
from todo_backend.settings import Settings
from todo_kit.errors import Unavailable
from todo_kit.sidecar import Sidecar


class Usage(BaseModel):
    minute: str = ""
    turns_this_minute: int = 0
    day: str = ""
    turns_today: int = 0
    tokens_today: int = 0

    def at(self, now: datetime) -> "Usage":
        minute, day = now.strftime("%H:%M"), now.date().isoformat()
        same_day = day == self.day
        return Usage(
            minute=minute,
            turns_this_minute=self.turns_this_minute if same_day and minute == self.minute else 0,
            day=day,
            turns_today=self.turns_today if same_day else 0,
            tokens_today=self.tokens_today if same_day else 0,
        )


async def count_turn(context: RequestContext) -> None:
    """Counts a turn. Raises TooManyRequests, with the time until the next try, if a limit is reached."""
    settings = cast("Settings", context.runtime.settings)
    now = context.runtime.clock.now()
    next_minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1) - now
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - now

    def counted(usage: Usage) -> Usage:
        if usage.turns_this_minute >= settings.assistant_turns_per_minute:
            raise TooManyRequests("too many messages within a minute; go on in the next one", next_minute)
        if usage.turns_today >= settings.assistant_turns_per_day:
            detail = f"no more than {usage.turns_today} messages a day are answered; go on tomorrow (UTC)"
            raise TooManyRequests(detail, tomorrow)
        if usage.tokens_today >= settings.assistant_tokens_per_day:
            detail = "the assistant has read and written all it may for you today; go on tomorrow (UTC)"
            raise TooManyRequests(detail, tomorrow)
        usage.turns_this_minute += 1
        usage.turns_today += 1
        return usage

    await _change(context, counted)


async def count_tokens(context: RequestContext, tokens: int) -> None:
    def counted(usage: Usage) -> Usage:
        usage.tokens_today += tokens
        return usage

    if tokens:
        await _change(context, counted)


async def forget_usage(sidecar: Sidecar, user_id: str) -> None:
    await sidecar.forget_state(STORE, _key(user_id))


def _key(user_id: str) -> str:
    return f"assistant-usage/{user_id}"


async def _change(context: RequestContext, change: Callable[[Usage], Usage]) -> None:
    sidecar, key = context.runtime.sidecar, _key(context.user.id)
    for _ in range(ATTEMPTS):
        known = await sidecar.read_state(STORE, key)
        usage = change((Usage.model_validate_json(known.value) if known else Usage()).at(context.runtime.clock.now()))
        if await sidecar.write_state(STORE, key, usage.model_dump_json().encode(), known):
            return
    raise Unavailable("too many messages at once")
