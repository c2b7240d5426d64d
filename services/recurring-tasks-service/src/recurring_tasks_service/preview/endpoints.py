from fastapi import APIRouter

from recurring_tasks_service.preview import service
from recurring_tasks_service.preview.schemas import Preview, PreviewRequest
from recurring_tasks_service.schedules import preferences
from todo_kit.auth.dependencies import Reader
from todo_kit.database import ReadSession

router = APIRouter(prefix="/api/{user_id}/recurrence", tags=["Recurrence"])


@router.post("/preview")
async def preview_recurrence(user: Reader, session: ReadSession, request: PreviewRequest) -> Preview:
    """Return the next occurrences, each with the reason for its date. Nothing is saved."""
    times = await preferences.all_day_times(session, [user.id])
    return service.preview(request, times[user.id])
