from fastapi import APIRouter, Depends, Request

from todo_backend.occurrences import service
from todo_backend.occurrences.schemas import OccurrenceAnswer, OccurrenceRequest
from todo_kit.auth.dependencies import from_sidecar
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/internal", tags=["Internal"], dependencies=[Depends(from_sidecar)])


@router.post("/occurrences")
async def ensure_occurrence(request: Request, body: OccurrenceRequest) -> OccurrenceAnswer:
    """Called by the recurring-tasks service. Idempotent."""
    return await service.ensure(runtime_of(request), body)
