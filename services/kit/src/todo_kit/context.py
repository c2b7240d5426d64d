"""Who and what the current work belongs to: carried from request to outbox, event, consumer and log."""

import re
from contextvars import ContextVar
from dataclasses import dataclass, replace

from todo_kit.events.envelope import Actor
from todo_kit.ids import uuid7

CORRELATION_HEADER = "x-correlation-id"
WITHIN = "todo.within"
"""In the ASGI scope of a request that a service makes of itself, within the process: its correlation id. Nothing that
comes by the network can set it."""
_CORRELATION_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")

SYSTEM = Actor(type="system", client="system")


@dataclass(frozen=True, slots=True)
class WorkContext:
    correlation_id: str
    actor: Actor = SYSTEM
    user_id: str | None = None


_current: ContextVar[WorkContext | None] = ContextVar("work_context", default=None)


def current() -> WorkContext:
    """The context of this request or event; outside of one, a new one of the system's."""
    return _current.get() or WorkContext(correlation_id=str(uuid7()))


def enter(context: WorkContext) -> None:
    _current.set(context)


def act_as(actor: Actor, user_id: str) -> None:
    """From here on this request's changes are the actor's, in that person's tasks."""
    _current.set(replace(current(), actor=actor, user_id=user_id))


def correlation_id_from(header: str | None) -> str:
    """The id of a caller of our own when it is fit to be logged, else a new one."""
    return header if header and _CORRELATION_ID.fullmatch(header) else str(uuid7())
