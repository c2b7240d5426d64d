"""Subscriptions: the events that a service consumes, and their handlers."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from todo_kit.events.envelope import Event
from todo_kit.runtime import Runtime

Handler = Callable[[Runtime, AsyncSession, Sequence[Any]], Awaitable[None]]
"""Applies one event or a batch, in order, in the transaction that also writes the inbox rows."""
Status = Literal["SUCCESS", "RETRY", "DROP"]


@dataclass(frozen=True)
class Subscription:
    topic: str
    contracts: tuple[type[Event], ...]
    """The events to handle. Other events of the topic are acknowledged and ignored."""
    handler: Handler
    by_name: dict[str, type[Event]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        names = {contract.model_fields["event_type"].default: contract for contract in self.contracts}
        object.__setattr__(self, "by_name", names)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A received event: `event` if valid, `defect` if malformed, neither if the service does not handle its type."""

    event_id: UUID
    envelope: Any
    event: Event | None = None
    defect: str | None = None

    @property
    def body(self) -> bytes:
        return orjson.dumps(self.envelope, default=str)


def read(subscription: Subscription, envelope: Any) -> Delivery:
    if not isinstance(envelope, dict) or not isinstance(envelope.get("type"), str):
        return Delivery(_id_of(envelope), envelope, defect="it is not a CloudEvent with a type")
    contract = subscription.by_name.get(envelope["type"])
    try:
        event_id = UUID(str(envelope.get("id")))
    except ValueError:
        return Delivery(_id_of(envelope), envelope, defect="its id is not a UUID")
    if contract is None:
        return Delivery(event_id, envelope)
    try:
        event = contract.model_validate({**envelope["data"], "traceparent": envelope.get("traceparent")})
    except (ValidationError, TypeError, KeyError, RecursionError) as error:
        return Delivery(event_id, envelope, defect=f"it does not fit the contract: {_short(error)}")
    if event.event_id != event_id:
        return Delivery(event_id, envelope, defect="its id is not its data's event_id")
    return Delivery(event_id, envelope, event=event)


def _id_of(envelope: Any) -> UUID:
    """Returns an id for what has none: the same for the same content."""
    return uuid5(NAMESPACE_URL, orjson.dumps(envelope, default=str).hex())


def _short(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:3])
    return f"{type(error).__name__}: {error}"
