from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from todo_backend.overview import service
from todo_backend.overview.schemas import Overview, Statistics
from todo_kit.answers import model_answer
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.direct import direct
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}", tags=["Overview"])


@router.get("/overview", response_model=Overview)
@direct
async def get_overview(request: Request, user: CurrentUser) -> Response:
    """Returns the number of open tasks by view and by tag."""
    runtime = runtime_of(request)
    return model_answer(await service.overview(runtime.database, user.id, runtime.clock.now()))


@router.get("/statistics")
async def get_statistics(
    request: Request, user: CurrentUser, days: Annotated[int, Query(ge=1, le=service.YEAR)] = 30
) -> Statistics:
    """Returns the completed tasks by day and priority, in the user's time zone, the open tasks and the streaks."""
    runtime = runtime_of(request)
    return await service.statistics(runtime.database, user.id, runtime.clock.now(), days)
