from fastapi import APIRouter, Depends, Request

from todo_backend.digests import service
from todo_backend.digests.schemas import Digest, DigestRequest
from todo_kit.auth.dependencies import from_sidecar
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/internal", tags=["Internal"], dependencies=[Depends(from_sidecar)])


@router.post("/digests")
async def get_digest(request: Request, body: DigestRequest) -> Digest:
    """Called by the notification service. Reads only."""
    return await service.digest_of(runtime_of(request), body.user_id)
