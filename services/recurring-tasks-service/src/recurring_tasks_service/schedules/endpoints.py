from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, status
from pydantic import BaseModel, Field
from sqlalchemy import select, tuple_, union_all
from sqlmodel import col

from recurring_tasks_service.schedules import clock, planner, snoozes
from recurring_tasks_service.schedules.models import Scheduled
from recurring_tasks_service.schedules.schemas import (
    PendingSnooze,
    PendingSnoozes,
    Planned,
    ScheduleIn,
    ScheduleOut,
    SchedulePage,
    Snoozed,
    SnoozeIn,
)
from todo_kit import cursors
from todo_kit.auth.dependencies import CurrentUser, from_sidecar
from todo_kit.database import ReadSession, SessionDep, after_commit
from todo_kit.errors import described
from todo_kit.fields import Moment, TaskNumber
from todo_kit.runtime import runtime_of
from todo_kit.text import Storable

TaskFilter = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Only that of this task")]
router = APIRouter(prefix="/api/{user_id}/reminders", tags=["Reminders"])
internal = APIRouter(prefix="/internal/schedules", tags=["Internal"], dependencies=[Depends(from_sidecar)])


@router.post(
    "/{task_id}/snooze",
    responses={409: described("The task has sent no reminder, or was completed or changed since")},
)
async def snooze_reminder(
    request: Request, user: CurrentUser, session: SessionDep, task_id: TaskNumber, body: SnoozeIn
) -> Snoozed:
    """Send the reminder of a task again at a later time. The due date stays as it is."""
    runtime = runtime_of(request)
    snooze = await snoozes.snooze(session, user.id, task_id, body.until, runtime.clock.now())
    after_commit(session, lambda: clock.wake(runtime))
    return Snoozed(task_id=task_id, until=snooze.remind_at)


@router.delete(
    "/{task_id}/snooze",
    status_code=status.HTTP_204_NO_CONTENT,
    responses={409: described("No snooze of the task is pending")},
)
async def cancel_snooze(request: Request, user: CurrentUser, session: SessionDep, task_id: TaskNumber) -> None:
    """Do not send the reminder of a task again. It can be snoozed again."""
    await snoozes.cancel(session, user.id, task_id, runtime_of(request).clock.now())


@router.get("/snoozes")
async def list_snoozes(user: CurrentUser, session: ReadSession, task_id: TaskFilter = None) -> PendingSnoozes:
    """List the reminders that will be sent again, by time."""
    rows = await snoozes.pending(session, user.id, task_id)
    items = [PendingSnooze(task_id=row.task_id, until=row.remind_at, title=row.payload["title"]) for row in rows]
    return PendingSnoozes(items=items)


@internal.post("")
async def plan_reminder(request: Request, session: SessionDep, body: ScheduleIn) -> Planned:
    """Schedules a reminder, unless this version of the task or a newer one is known."""
    runtime = runtime_of(request)
    after_commit(session, lambda: clock.wake(runtime))
    return Planned(planned=await planner.plan(session, body, runtime.clock.now()))


@internal.get("/due")
async def list_due(
    request: Request,
    session: SessionDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> SchedulePage:
    """Lists reminders that are due but not sent yet, snoozed ones too; normally none."""
    now = runtime_of(request).clock.now()
    due = union_all(*(_due(table, now) for table in clock.TABLES)).subquery()
    place = tuple_(due.c.remind_at, due.c.user_id, due.c.task_id)
    query = select(due)
    if cursor:
        after = cursors.read(cursor, Cursor)
        query = query.where(place > tuple_(after.r, after.u, after.t))
    rows = (await session.execute(query.order_by(*place.clauses).limit(limit + 1))).all()
    items = [ScheduleOut.model_validate(row, from_attributes=True) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return SchedulePage(
        items=items,
        next_cursor=last and cursors.encode({"r": last.remind_at, "u": last.user_id, "t": last.task_id}),
    )


def _due(table: type[Scheduled], now: datetime) -> Any:
    columns = (table.user_id, table.task_id, table.seq, table.state, table.remind_at)
    return select(*map(col, columns)).where(col(table.state) == "scheduled", col(table.remind_at) <= now)


class Cursor(BaseModel):
    r: Moment
    u: Annotated[Storable, Field(max_length=128)]
    t: TaskNumber
