from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from todo_kit.fields import ClockTime
from todo_kit.text import Storable


class EmailChannel(BaseModel):
    available: bool
    """Whether this installation sends mails."""
    address: str | None
    """Where reminders are sent; null: e-mail is off."""
    problem: str | None


class PushDevice(BaseModel):
    id: UUID
    name: str
    created_at: AwareDatetime
    this_session: bool


class PushChannel(BaseModel):
    key: str
    """The `applicationServerKey` for subscribing: an uncompressed P-256 point, base64url."""
    devices: list[PushDevice]


class QuietHours(BaseModel):
    """Between these times of the user's time zone nothing is sent by e-mail or push; it is sent at the end."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    start: ClockTime
    end: ClockTime


class Channels(BaseModel):
    email: EmailChannel
    push: PushChannel
    quiet_hours: QuietHours | None


class AddressProof(BaseModel):
    """`proof`: a token of `/api/auth/address-proof`, in which the sign-in server states the user's address."""

    model_config = ConfigDict(extra="forbid")

    proof: Annotated[str, Field(max_length=8192)]


class PushKeys(BaseModel):
    """The keys of the browser, base64url (RFC 8291)."""

    model_config = ConfigDict(extra="forbid")

    p256dh: Annotated[str, Field(max_length=200)]
    auth: Annotated[str, Field(max_length=100)]


class PushSubscriptionIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    endpoint: Annotated[str, Field(max_length=1000)]
    keys: PushKeys
    name: Annotated[Storable, Field(min_length=1, max_length=100)]
