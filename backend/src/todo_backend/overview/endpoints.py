from typing import Annotated

from fastapi import APIRouter, Query, Request

from todo_backend.overview import service
from todo_backend.overview.schemas import Overview, Statistics
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.database import ReadSession
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}", tags=["Overview"])


@router.get("/overview")
async def get_overview(request: Request, user: CurrentUser, session: ReadSession) -> Overview:
    """Returns the number of open tasks by view and by tag."""
    return await service.overview(session, user.id, runtime_of(request).clock.now())


@router.get("/statistics")
async def get_statistics(
    request: Request, user: CurrentUser, session: ReadSession, days: Annotated[int, Query(ge=1, le=service.YEAR)] = 30
) -> Statistics:
    """Returns the completed tasks by day and priority, in the user's time zone, the open tasks and the streaks."""
    return await service.statistics(session, user.id, runtime_of(request).clock.now(), days)
