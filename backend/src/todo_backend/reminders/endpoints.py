from datetime import date, datetime, time, timedelta

import orjson
from fastapi import APIRouter, Request, Response

from todo_backend.accounts import repository as accounts
from todo_backend.forwarding import forward
from todo_backend.quick_add.date_words import words_of
from todo_backend.reminders.schemas import Snooze, Snoozed
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.dates import resolve
from todo_kit.errors import Invalid, described
from todo_kit.fields import TaskNumber
from todo_kit.runtime import Runtime, runtime_of

router = APIRouter(prefix="/api/{user_id}/tasks", tags=["Reminders"])
RECURRING = "recurring-tasks-service"


@router.post(
    "/{task_id}/snooze",
    response_model=Snoozed,
    responses={409: described("The task has sent no reminder, or was completed or changed since")},
)
async def snooze_reminder(request: Request, user: CurrentUser, task_id: TaskNumber, body: Snooze) -> Response:
    """Sends the reminder of a task again at a later time. The due date stays as it is."""
    runtime = runtime_of(request)
    until = body.until
    if body.when is not None:
        until = await instant_of(runtime, user.id, body.when)
    elif body.minutes is not None:
        until = runtime.clock.now() + timedelta(minutes=body.minutes)
    path = f"api/{user.id}/reminders/{task_id}/snooze"
    return await forward(request, RECURRING, path, orjson.dumps({"until": until}))


async def instant_of(runtime: Runtime, user_id: str, text: str) -> datetime:
    """Returns the instant that the words mean. Raises Invalid if they are not clear or mean more than a time."""
    words = (await words_of(runtime.database, user_id))(text)
    fields = words.fields(runtime.clock.now())
    if other := sorted(fields.keys() - {"due_date", "time_zone"}):
        raise Invalid("when", f"“{text}” also sets {' and '.join(other)}, which a snooze does not change")
    due = fields.get("due_date")
    if due is None:
        raise Invalid("when", f"“{text}” has no date or time")
    local = datetime.fromisoformat(due) if "T" in due else await _with_time(runtime, user_id, date.fromisoformat(due))
    return resolve(local, words.zone).at


async def _with_time(runtime: Runtime, user_id: str, day: date) -> datetime:
    async with runtime.database.autocommit() as session:
        at: time = (await accounts.get(session, user_id)).all_day_reminder_time
    return datetime.combine(day, at)
