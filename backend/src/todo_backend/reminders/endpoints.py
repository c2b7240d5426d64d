from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import orjson
from fastapi import APIRouter, Query, Request, Response, status

from todo_backend.accounts import repository as accounts
from todo_backend.forwarding import forward
from todo_backend.quick_add.date_words import words_of
from todo_backend.reminders.schemas import PendingSnoozes, Snooze, Snoozed
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.dates import resolve
from todo_kit.errors import Invalid, described
from todo_kit.events.reminders import LONGEST_SNOOZE
from todo_kit.fields import TaskNumber
from todo_kit.runtime import Runtime, runtime_of

router = APIRouter(prefix="/api/{user_id}", tags=["Reminders"])
RECURRING = "recurring-tasks-service"


@router.post(
    "/tasks/{task_id}/snooze",
    response_model=Snoozed,
    responses={409: described("The task has sent no reminder, or was completed or changed since")},
)
async def snooze_reminder(request: Request, user: CurrentUser, task_id: TaskNumber, body: Snooze) -> Response:
    """Sends the reminder of a task again at a later time. The due date stays as it is."""
    runtime = runtime_of(request)
    now = runtime.clock.now()
    [(field, given)] = body.model_dump(exclude_none=True).items()
    match field:
        case "when":
            until = await instant_of(runtime, user.id, given, now)
        case "minutes":
            until = now + timedelta(minutes=given)
        case _:
            until = given
    if not now < until <= now + LONGEST_SNOOZE:
        raise Invalid(field, "must be in the future, at most 366 days from now")
    path = f"api/{user.id}/reminders/{task_id}/snooze"
    return await forward(request, RECURRING, path, orjson.dumps({"until": until}))


@router.delete(
    "/tasks/{task_id}/snooze",
    status_code=status.HTTP_204_NO_CONTENT,
    responses={409: described("No snooze of the task is pending")},
)
async def cancel_snooze(request: Request, user: CurrentUser, task_id: TaskNumber) -> Response:
    """Does not send the reminder of a task again. It can be snoozed again."""
    return await forward(request, RECURRING, f"api/{user.id}/reminders/{task_id}/snooze", b"")


@router.get("/snoozes", response_model=PendingSnoozes)
async def list_snoozes(
    request: Request,
    user: CurrentUser,
    _: Annotated[int | None, Query(alias="task_id", ge=1, le=2**31 - 1, description="Only that of this task")] = None,
) -> Response:
    """Lists the reminders that will be sent again, by time."""
    return await forward(request, RECURRING, f"api/{user.id}/reminders/snoozes", b"")


async def instant_of(runtime: Runtime, user_id: str, text: str, now: datetime) -> datetime:
    """Returns the instant that the words mean. Raises Invalid if they mean no time, several, or more than a time."""
    words = await words_of(runtime.database, user_id)
    for said in (text, f"in {text}"):
        meant = words(said).understood(now)
        if ambiguities := meant.ambiguities:
            labels = "; ".join(each.label for each in ambiguities[0].alternatives if each.fields.due_date)
            raise Invalid("when", f"“{text}” can mean: {labels}. Say it exactly, such as “9am” or “21:00”")
        if meant.fields.due_date and not meant.title and meant.fields.model_fields_set <= {"due_date", "time_zone"}:
            return await _with_time(runtime, user_id, meant.fields.due_date, words(said).zone)
    raise Invalid("when", f"“{text}” is not a time; say it like “2 hours”, “tomorrow 9am” or “friday”")


async def _with_time(runtime: Runtime, user_id: str, due: str, zone: ZoneInfo) -> datetime:
    if "T" in due:
        return resolve(datetime.fromisoformat(due), zone).at
    async with runtime.database.autocommit() as session:
        at: time = (await accounts.get(session, user_id)).all_day_reminder_time
    return resolve(datetime.combine(date.fromisoformat(due), at), zone).at
