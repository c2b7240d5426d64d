from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from todo_kit.fields import ClockTime, TimeZone


class DigestIn(BaseModel):
    """`proof`: a token of `/api/auth/address-proof`, in which the sign-in server states the user's address."""

    model_config = ConfigDict(extra="forbid")

    proof: Annotated[str, Field(max_length=8192)]
    send_at: ClockTime
    time_zone: TimeZone


class DigestOut(BaseModel):
    """`address`: where the digest is sent; null: it is off. `send_at`: a time of `time_zone`, the user's."""

    available: bool
    """Whether this installation sends mails."""
    address: str | None
    send_at: ClockTime | None
    time_zone: str | None
    problem: str | None
