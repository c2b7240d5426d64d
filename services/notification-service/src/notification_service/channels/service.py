import secrets
from datetime import timedelta
from typing import Annotated, Literal, cast
from uuid import UUID

from pydantic import BaseModel, Field, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.channels import repository
from notification_service.channels.models import PushSubscription
from notification_service.channels.schemas import (
    Channels,
    EmailChannel,
    PushChannel,
    PushDevice,
    PushSubscriptionIn,
    QuietHours,
)
from notification_service.email.delivery import is_available
from notification_service.push import keys
from notification_service.push.delivery import is_allowed
from notification_service.push.encryption import keys_of
from notification_service.settings import Settings
from todo_kit.auth.users import User
from todo_kit.errors import Conflict, Invalid, NotFound
from todo_kit.ids import uuid7
from todo_kit.retention import Retention
from todo_kit.runtime import Runtime

MAX_DEVICES = 20
TOKEN_BYTES = 16
"""Of an unsubscribe token: short, because many mail programs break a long List-Unsubscribe."""
SUBSCRIPTIONS = Retention("push_subscriptions", "seen_at", timedelta(days=90))
"""Longer than a session lives without being used."""


class NoMail(Conflict):
    """This installation sends no mail"""

    code = "no_mail"


class TooManyDevices(Conflict):
    """There are too many devices"""

    code = "too_many_devices"


class DeviceNotFound(NotFound):
    """There is no such device"""

    code = "device_not_found"


class Address(BaseModel):
    """The claims of a proof."""

    sub: str
    email: Annotated[str, Field(max_length=254, pattern=r"^[^\s@<>,;:()\[\]\\\"]+@[^\s@<>,;:()\[\]\\\"]+$")]
    email_verified: Literal[True]


async def channels_of(runtime: Runtime, session: AsyncSession, user: User) -> Channels:
    stored = await repository.get(session, user.id)
    devices = [
        PushDevice(id=row.id, name=row.name, created_at=row.created_at, this_session=row.grant_id == user.grant)
        for row in await repository.devices(session, user.id)
    ]
    quiet = None
    if stored.quiet_start is not None and stored.quiet_end is not None:
        quiet = QuietHours(start=stored.quiet_start, end=stored.quiet_end)
    return Channels(
        email=EmailChannel(available=_sends_mail(runtime), address=stored.email, problem=stored.email_problem),
        push=PushChannel(key=await keys.public_key(runtime, session), devices=devices),
        quiet_hours=quiet,
    )


async def proved_address(runtime: Runtime, user: User, proof: str) -> str:
    """Returns the address. Raises NoMail, Unauthorized, or Invalid if the proof is not one of this user's address.

    It may have to fetch keys: no session is open meanwhile.
    """
    if not _sends_mail(runtime):
        raise NoMail("it has no SMTP server; use push, or ask whoever runs it")
    claims = await runtime.tokens.verify_statement(proof, "address")
    try:
        address = Address.model_validate(claims)
    except ValidationError as error:
        raise Invalid("proof", f"{error.errors()[0]['loc'][0]}: {error.errors()[0]['msg']}") from None
    if address.sub != user.id:
        raise Invalid("proof", "is of another user")
    return address.email


async def turn_email_on(session: AsyncSession, user: User, address: str) -> None:
    token = (await repository.get(session, user.id)).unsubscribe_token or secrets.token_urlsafe(TOKEN_BYTES)
    values = {"email": address, "email_problem": None, "unsubscribe_token": token}
    await repository.save(session, user.id, values)


async def turn_email_off(session: AsyncSession, user: User) -> None:
    await repository.save(session, user.id, {"email": None, "email_problem": None})


async def set_quiet_hours(session: AsyncSession, user: User, hours: QuietHours | None) -> None:
    if hours and hours.start == hours.end:
        raise Invalid("end", "is the same as start; remove the quiet hours instead")
    values = {"quiet_start": hours.start if hours else None, "quiet_end": hours.end if hours else None}
    await repository.save(session, user.id, values)


async def subscribe(runtime: Runtime, session: AsyncSession, user: User, given: PushSubscriptionIn) -> None:
    """Raises Invalid if the endpoint is not one of a known push service or a key is malformed, or TooManyDevices."""
    if not is_allowed(cast("Settings", runtime.settings), given.endpoint):
        raise Invalid("endpoint", "is not a URL of a push service that this installation knows")
    try:
        keys_of(given.keys.p256dh, given.keys.auth)
    except ValueError as error:
        raise Invalid("keys", f"are not those of a push subscription: {error}") from None
    if await repository.count_devices(session, user.id, besides=given.endpoint) >= MAX_DEVICES:
        raise TooManyDevices(f"there are {MAX_DEVICES} already; remove one of them")
    now = runtime.clock.now()
    subscription = PushSubscription(
        id=uuid7(),
        user_id=user.id,
        endpoint=given.endpoint,
        p256dh=given.keys.p256dh,
        auth=given.keys.auth,
        name=given.name,
        grant_id=user.grant,
        created_at=now,
        seen_at=now,
    )
    await repository.subscribe(session, subscription)


async def remove_device(session: AsyncSession, user: User, id_: UUID) -> None:
    if not await repository.remove_device(session, user.id, id_):
        raise DeviceNotFound(f"there is no device {id_}")


def _sends_mail(runtime: Runtime) -> bool:
    return is_available(cast("Settings", runtime.settings))
