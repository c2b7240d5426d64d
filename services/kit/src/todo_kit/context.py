"""The work context: correlation id, actor and user, passed from request to outbox, event, consumer and log."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from todo_kit.events.envelope import Actor

CORRELATION_HEADER = "x-correlation-id"
_CORRELATION_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")

SYSTEM = Actor(type="system", client="system")


@dataclass(frozen=True, slots=True)
class WorkContext:
    correlation_id: str
    actor: Actor = SYSTEM
    user_id: str | None = None


_current: ContextVar[WorkContext | None] = ContextVar("work_context", default=None)


def current() -> WorkContext:
    """Returns the context of the current request or event; outside of both, a new context with the system as actor."""
    return _current.get() or WorkContext(_new_id())


def enter(context: WorkContext) -> None:
    _current.set(context)


@contextmanager
def entered(context: WorkContext) -> Iterator[None]:
    outer = current()
    enter(context)
    try:
        yield
    finally:
        enter(outer)


def act_as(actor: Actor, user_id: str) -> None:
    """Attributes the rest of the request to the actor and the user."""
    _current.set(WorkContext(current().correlation_id, actor, user_id))


def correlation_id_from(header: str | None) -> str:
    """Returns the header's id if it is safe to log, otherwise a new id."""
    return header if header and _CORRELATION_ID.fullmatch(header) else _new_id()


def _new_id() -> str:
    return os.urandom(16).hex()  # every request needs one: a UUID costs twenty times as much
