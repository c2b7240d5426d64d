"""`trail-heads`: the signed head of a user's audit trail. Published by the audit service, to be stored elsewhere."""

from datetime import datetime
from typing import Literal

from todo_kit.events.envelope import Contract, Event

TOPIC = "trail-heads"


class TrailHead(Contract):
    """`signature` is Ed25519 over the head; `audit_service.trail.signatures` says over which bytes."""

    position: int
    hash: str
    """Hash of the entry at this position, in hexadecimal."""
    signed_at: datetime
    key_id: str
    signature: str
    """Base64."""


class TrailSigned(Event):
    event_type: Literal["TrailSigned"] = "TrailSigned"
    task_id: None = None
    payload: TrailHead


CONTRACTS: tuple[type[Event], ...] = (TrailSigned,)
