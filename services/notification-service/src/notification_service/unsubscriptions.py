"""The links in mails, which end them without a session (RFC 8058)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from notification_service import channels, digests
from todo_kit.auth.dependencies import from_sidecar
from todo_kit.database import SessionDep

router = APIRouter(prefix="/internal/unsubscriptions", tags=["Internal"], dependencies=[Depends(from_sidecar)])


@router.post("/{token}", status_code=204)
async def unsubscribe(session: SessionDep, token: Annotated[str, Path(max_length=64, pattern=r"^[\w-]+$")]) -> None:
    """Turn reminders or the digest off for whoever has this token in a mail. It does not tell whether somebody has."""
    await channels.unsubscribe(session, token)
    await digests.unsubscribe(session, token)
