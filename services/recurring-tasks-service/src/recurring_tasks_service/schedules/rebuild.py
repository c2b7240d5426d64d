"""How what is planned is made anew from the audit trail. A reminder that was sent is not sent again."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from recurring_tasks_service.schedules.follow import follow
from recurring_tasks_service.schedules.models import OccurrenceRequest, Reminder, Schedule, Series
from todo_kit.database import one_of
from todo_kit.events import tasks
from todo_kit.events.reminders import ReminderTriggered
from todo_kit.events.tasks import TaskEvent
from todo_kit.messaging.rebuild import Projection
from todo_kit.runtime import Runtime

SENT = "sent_reminders"


async def versions(session: AsyncSession, user_id: str) -> dict[int, int]:
    """Locked, so that none of them changes meanwhile."""
    query = select(Schedule.task_id, Schedule.seq).where(col(Schedule.user_id) == user_id).with_for_update()
    return {row.task_id: row.seq for row in await session.execute(query)}


async def forget(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> None:
    # The trail may not know yet what was sent a moment ago.
    triggered = col(Reminder.state) == "triggered"
    query = select(Reminder.task_id, Reminder.remind_at).where(_of(Reminder, user_id, task_ids), triggered)
    session.info[SENT] = [(row.task_id, row.remind_at) for row in await session.execute(query)]
    for table in (Schedule, Series, Reminder, OccurrenceRequest):
        await session.execute(delete(table).where(_of(table, user_id, task_ids)))


def _of(
    table: type[Schedule | Series | Reminder | OccurrenceRequest], user_id: str, task_ids: Sequence[int]
) -> ColumnElement[bool]:
    return and_(col(table.user_id) == user_id, one_of((col(table.task_id),), [(task_id,) for task_id in task_ids]))


async def replay(runtime: Runtime, session: AsyncSession, events: Sequence[TaskEvent | ReminderTriggered]) -> None:
    await follow(runtime, session, [event for event in events if isinstance(event, TaskEvent)])
    for event in events:
        if isinstance(event, ReminderTriggered):
            reminder = await session.get(Reminder, (event.user_id, event.task_id))
            if reminder is not None and reminder.remind_at == event.payload.remind_at:
                reminder.state = "triggered"


async def finish(session: AsyncSession, user_id: str, _: Sequence[int]) -> None:
    sent = one_of((col(Reminder.task_id), col(Reminder.remind_at)), session.info.pop(SENT))
    scheduled = col(Reminder.state) == "scheduled"
    statement = update(Reminder).where(col(Reminder.user_id) == user_id, sent, scheduled)
    await session.execute(statement.values(state="triggered"))


projection = Projection((*tasks.CONTRACTS, ReminderTriggered), versions, forget, replay, finish)
