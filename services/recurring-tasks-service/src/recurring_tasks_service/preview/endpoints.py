from fastapi import APIRouter

from recurring_tasks_service.preview import service
from recurring_tasks_service.preview.schemas import Preview, PreviewRequest
from todo_kit.auth.dependencies import Reader

router = APIRouter(prefix="/api/{user_id}/recurrence", tags=["Recurrence"])


@router.post("/preview")
async def preview_recurrence(_: Reader, request: PreviewRequest) -> Preview:
    """The next occurrences, each with the reason for its date. Nothing is kept."""
    return service.preview(request)
