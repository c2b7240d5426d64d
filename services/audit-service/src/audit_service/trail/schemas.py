from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from audit_service.trail.models import AuditLog
from todo_kit.fields import Instant
from todo_kit.text import Storable

Whole = Annotated[int, Field(ge=-(2**53), le=2**53)]
Name = Annotated[Storable, Field(min_length=1, max_length=64)]


class ActorOut(BaseModel):
    type: str
    client: str


class AuditLogOut(BaseModel):
    """`resource_id` is the task number. `payload` is null if the user's data was erased."""

    position: int
    event_id: UUID
    action_type: str
    resource_type: str
    resource_id: int | None
    seq: int
    timestamp: AwareDatetime
    actor: ActorOut
    correlation_id: str
    changes: dict[str, list[Any]] | None
    payload: dict[str, Any] | None
    hash: str
    recorded_at: AwareDatetime


class EventOut(BaseModel):
    """The event of an entry. `payload` is null if the user's data was erased."""

    position: int
    event_id: UUID
    event_type: str
    user_id: str
    task_id: int | None
    seq: int
    timestamp: AwareDatetime
    actor: ActorOut
    correlation_id: str
    payload: dict[str, Any] | None

    @classmethod
    def of(cls, row: AuditLog) -> "EventOut":
        names = {"position", "event_id", "user_id", "seq", "timestamp", "correlation_id", "payload"}
        return cls(
            **row.model_dump(include=names),
            event_type=row.action_type,
            task_id=row.resource_id,
            actor=ActorOut(type=row.actor_type, client=row.actor_client),
        )


class AuditLogPage(BaseModel):
    items: list[AuditLogOut]
    next_cursor: str | None


class FirstInvalid(BaseModel):
    position: int
    reason: str


class SignedHead(BaseModel):
    """The newest signed head of the trail (Ed25519, Base64). It covers every entry up to `position`."""

    user_id: str
    position: int
    hash: str
    signed_at: AwareDatetime
    key_id: str
    signature: str
    public_key: str


class Verification(BaseModel):
    """The first `checked` entries form a valid chain. `head_hash` is the hash of the last of them.

    `erased` of them have no payload. `signature` is null if the trail is invalid, nothing is signed yet or no key is
    set; in the last two cases only the chain was checked.
    """

    valid: bool
    checked: int
    first_invalid: FirstInvalid | None
    head_hash: str
    erased: int
    signature: SignedHead | None


class EntryIn(BaseModel):
    """An entry that is not an event. Repeating an `event_id` has no effect."""

    model_config = ConfigDict(extra="forbid")

    user_id: Annotated[Storable, Field(min_length=1, max_length=128)]
    event_id: UUID
    action_type: Name
    resource_type: Name = "task"
    resource_id: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    seq: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    timestamp: Instant
    actor_type: Literal["user", "assistant", "system"] = "system"
    actor_client: Name = "system"
    correlation_id: Name
    payload: dict[Name, Storable | Whole | bool | None] = {}


class Recorded(BaseModel):
    recorded: bool
