"""What a channel sends, and how that can end."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from uuid import UUID

from todo_kit.runtime import Runtime

ChannelName = Literal["email", "push"]
TEST = "test"
"""The type of a notification that the user asks for to see that a channel works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A notification for one target. Each attempt has the same id, so that the receiver can drop the second one."""

    id: UUID
    user_id: str
    notification_id: UUID
    type: str
    task_id: int | None
    title: str
    body: str
    created_at: datetime
    target: str
    """An e-mail address, or the id of a push subscription."""
    unsubscribe_token: str | None = None
    endpoint: str | None = None
    p256dh: str | None = None
    auth: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The other side has it."""


@dataclass(frozen=True, slots=True)
class Later:
    """The other side could not take it now."""

    reason: str
    after_seconds: float = 0
    may_have_arrived: bool = False
    """The other side did not answer after it had everything. It is sent a second time, and not again."""


@dataclass(frozen=True, slots=True)
class Never:
    """The other side refused it for good; with `target_gone`, whatever is sent to this target."""

    reason: str
    target_gone: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """This installation has to be repaired first: its settings, its credentials, its key. No attempt is counted."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Nobody wants it any more. Nothing was sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """The user wants nothing before `until`. Nothing was sent, and the time does not count."""

    reason: str
    until: datetime


Outcome = Sent | Later | Never | Broken
Send = Callable[[Runtime, Outgoing], Awaitable[Outcome]]
"""Never raises for what the other side does, and ends within the lease of a delivery."""


@dataclass(frozen=True, slots=True)
class Channel:
    name: ChannelName
    send: Send
    at_once: int
    """Attempts of a replica at the same time."""
    attempt_seconds: float
    """The longest time of an attempt."""


def seconds_of(retry_after: str, now: float, longest: float) -> float:
    """Returns the seconds of a Retry-After header, which has a number or a date (RFC 9110, section 10.2.3)."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(float(retry_after), longest)
    try:
        return min(max(0.0, parsedate_to_datetime(retry_after).timestamp() - now), longest)
    except (ValueError, OverflowError):
        return 0.0
