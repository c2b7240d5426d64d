from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.channels import service
from notification_service.channels.schemas import AddressProof, Channels, PushSubscriptionIn, QuietHours
from todo_kit.auth.dependencies import FirstParty
from todo_kit.auth.users import User
from todo_kit.database import SessionDep
from todo_kit.errors import described
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}/notifications/channels", tags=["Channels"])

NO_MAIL: dict[int | str, dict[str, Any]] = {409: described("This installation sends no mail")}
FULL: dict[int | str, dict[str, Any]] = {409: described("The user has the most devices already")}
NO_DEVICE: dict[int | str, dict[str, Any]] = {404: described("There is no such device")}


async def show(request: Request, session: AsyncSession, user: User) -> Channels:
    return await service.channels_of(runtime_of(request), session, user)


@router.get("")
async def get_channels(request: Request, user: FirstParty, session: SessionDep) -> Channels:
    """Return where notifications are sent besides the page, and when they are not."""
    return await show(request, session, user)


@router.put("/email", responses=NO_MAIL)
async def turn_email_on(request: Request, user: FirstParty, body: AddressProof) -> Channels:
    """Send notifications by mail, to the address that the proof states."""
    runtime = runtime_of(request)
    address = await service.proved_address(runtime, user, body.proof)
    async with runtime.database.transaction() as session:
        await service.turn_email_on(session, user, address)
        return await show(request, session, user)


@router.delete("/email")
async def turn_email_off(request: Request, user: FirstParty, session: SessionDep) -> Channels:
    """Send no notifications by mail. Idempotent."""
    await service.turn_email_off(session, user)
    return await show(request, session, user)


@router.post("/push", responses=FULL)
async def subscribe(request: Request, user: FirstParty, session: SessionDep, body: PushSubscriptionIn) -> Channels:
    """Push notifications to this browser, for as long as its session lives. Idempotent by `endpoint`."""
    await service.subscribe(runtime_of(request), session, user, body)
    return await show(request, session, user)


@router.delete("/push/{device_id}", responses=NO_DEVICE)
async def remove_device(request: Request, user: FirstParty, session: SessionDep, device_id: UUID) -> Channels:
    """Push no notifications to a browser."""
    await service.remove_device(session, user, device_id)
    return await show(request, session, user)


@router.put("/quiet_hours")
async def set_quiet_hours(request: Request, user: FirstParty, session: SessionDep, body: QuietHours) -> Channels:
    """Send nothing by mail or push between two times of the user's time zone; it is sent at the end."""
    await service.set_quiet_hours(session, user, body)
    return await show(request, session, user)


@router.delete("/quiet_hours")
async def remove_quiet_hours(request: Request, user: FirstParty, session: SessionDep) -> Channels:
    """Have no quiet hours. Idempotent."""
    await service.set_quiet_hours(session, user, None)
    return await show(request, session, user)
