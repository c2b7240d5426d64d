"""`accounts`: what ends for a user's account. Published by the task API."""

from datetime import datetime
from typing import Literal

from todo_kit.events.envelope import Contract, Event

TOPIC = "accounts"


class EndedGrant(Contract):
    grant: str
    """`session:<sid>`, `app:<client_id>`, or empty for everything that was granted until then."""
    ended_at: datetime


class GrantEnded(Event):
    """A session ended, or an app was disconnected. What belongs to it ends, too."""

    event_type: Literal["GrantEnded"] = "GrantEnded"
    task_id: None = None
    payload: EndedGrant


class DeletedAccount(Contract):
    deleted_at: datetime


class AccountDeleted(Event):
    """An account was deleted for good. Every service erases what it knows about the user."""

    event_type: Literal["AccountDeleted"] = "AccountDeleted"
    task_id: None = None
    payload: DeletedAccount


CONTRACTS: tuple[type[Event], ...] = (GrantEnded, AccountDeleted)
