from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request

from todo_backend.accounts import repository as accounts
from todo_backend.accounts.locales import conventions_of
from todo_backend.quick_add.date_words import as_change, before_of
from todo_backend.quick_add.languages import language_of
from todo_backend.quick_add.parser import understand
from todo_backend.quick_add.schemas import ParseRequest, Understood
from todo_backend.tasks import repository
from todo_kit.auth.dependencies import Reader
from todo_kit.errors import Invalid, described
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}/tasks", tags=["Tasks"])
LONGEST_KEPT = timedelta(days=366)
"""Maximum age of `now`: an offline client may send a text later."""
FASTEST_CLOCK = timedelta(days=1)


@router.post("/parse", response_model_exclude_unset=True, responses={404: described("There is no such task")})
async def parse_task(request: Request, user: Reader, body: ParseRequest) -> Understood:
    """Parse a typed task, and return which words mean what. Nothing is saved."""
    runtime = runtime_of(request)
    now = typed_at(body.now, runtime.clock.now())
    async with runtime.database.autocommit() as session:
        account = await accounts.get(session, user.id)
    zone = ZoneInfo(body.time_zone or account.time_zone)
    conventions = conventions_of(account, body.locale)
    before = None
    if body.task_id is not None:
        task = await repository.get_row(runtime.database, user.id, body.task_id)
        before = before_of(task["due_on"] or task["due_at"], task["recurrence"], zone, task["time_zone"])
    answer = understand(
        body.text, now, zone, language_of(conventions), body.literal, conventions=conventions, before=before
    )
    return as_change(answer, zone) if before else answer


def typed_at(said: datetime | None, now: datetime) -> datetime:
    if said is None:
        return now
    if not now - LONGEST_KEPT <= said <= now + FASTEST_CLOCK:
        raise Invalid("now", "must be at most a year ago and not after tomorrow: check the clock of the device")
    return said
