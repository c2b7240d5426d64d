from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request

from todo_backend.accounts import repository as accounts
from todo_backend.quick_add.languages.english import ENGLISH
from todo_backend.quick_add.parser import understand
from todo_backend.quick_add.schemas import ParseRequest, Understood
from todo_kit.auth.dependencies import Reader
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}/tasks", tags=["Tasks"])


@router.post("/parse", response_model_exclude_unset=True)
async def parse_task(request: Request, user: Reader, body: ParseRequest) -> Understood:
    """What a task as it is typed means, and which words say so. Nothing is saved."""
    runtime = runtime_of(request)
    zone = body.time_zone
    if zone is None:
        async with runtime.database.autocommit() as session:
            zone = (await accounts.get(session, user.id)).time_zone
    return understand(body.text, runtime.clock.now(), ZoneInfo(zone), ENGLISH, body.literal)
