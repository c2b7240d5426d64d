from typing import Any

from fastapi import APIRouter, Request

from notification_service.channels.service import proved_address
from notification_service.digests import repository, service
from notification_service.digests.schemas import DigestIn, DigestOut
from todo_kit.auth.dependencies import FirstParty
from todo_kit.database import SessionDep
from todo_kit.errors import described
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}/notifications/digest", tags=["Daily digest"])

NO_MAIL: dict[int | str, dict[str, Any]] = {409: described("This installation sends no mail")}


@router.get("")
async def get_digest(request: Request, user: FirstParty, session: SessionDep) -> DigestOut:
    """Return when and where the daily digest is sent."""
    return await service.digest_of(runtime_of(request), session, user.id)


@router.put("", responses=NO_MAIL)
async def turn_digest_on(request: Request, user: FirstParty, body: DigestIn) -> DigestOut:
    """Send what is due, once a day, to the address that the proof states."""
    runtime = runtime_of(request)
    address = await proved_address(runtime, user, body.proof)
    async with runtime.database.transaction() as session:
        await service.turn_on(runtime, session, user.id, address, body)
        return await service.digest_of(runtime, session, user.id)


@router.delete("")
async def turn_digest_off(request: Request, user: FirstParty, session: SessionDep) -> DigestOut:
    """Send no daily digest. Idempotent."""
    await repository.remove(session, user.id)
    return await service.digest_of(runtime_of(request), session, user.id)
