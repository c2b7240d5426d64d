"""Rebuilds schedules from the audit trail. A reminder that was sent is not sent again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from recurring_tasks_service.schedules import preferences
from recurring_tasks_service.schedules.follow import follow
from recurring_tasks_service.schedules.models import OccurrenceRequest, Reminder, Schedule
from todo_kit.database import one_of
from todo_kit.events import settings, tasks
from todo_kit.events.reminders import ReminderPayload, ReminderTriggered
from todo_kit.events.settings import SettingsChanged
from todo_kit.events.tasks import TaskEvent
from todo_kit.messaging.rebuild import Projection
from todo_kit.runtime import Runtime

SENT = "sent_reminders"


async def versions(session: AsyncSession, user_id: str) -> dict[int, int]:
    """Returns the known version of each task. Locks the rows and the user's preferences until the commit."""
    query = select(Schedule.task_id, Schedule.seq).where(col(Schedule.user_id) == user_id).with_for_update()
    known = {row.task_id: row.seq for row in await session.execute(query)}
    await preferences.lock(session, [user_id])
    return known


async def forget(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> None:
    """Deletes the rows of the tasks. Keeps the preferences, which older events do not change."""
    # The trail may not contain the most recently sent reminders yet.
    triggered = col(Reminder.state) == "triggered"
    query = select(Reminder).where(_of(Reminder, user_id, task_ids), triggered)
    session.info[SENT] = {row.task_id: identity_of(row) for row in (await session.execute(query)).scalars()}
    for table in (Schedule, Reminder, OccurrenceRequest):
        await session.execute(delete(table).where(_of(table, user_id, task_ids)))


def identity_of(reminder: Reminder) -> datetime:
    return ReminderPayload.model_validate(reminder.payload).identity


def _of(
    table: type[Schedule | Reminder | OccurrenceRequest], user_id: str, task_ids: Sequence[int]
) -> ColumnElement[bool]:
    return and_(col(table.user_id) == user_id, one_of((col(table.task_id),), [(task_id,) for task_id in task_ids]))


Replayed = TaskEvent | SettingsChanged | ReminderTriggered


async def replay(runtime: Runtime, session: AsyncSession, events: Sequence[Replayed]) -> None:
    await follow(runtime, session, [event for event in events if not isinstance(event, ReminderTriggered)])
    for event in events:
        if isinstance(event, ReminderTriggered):
            reminder = await session.get(Reminder, (event.user_id, event.task_id))
            if reminder is not None and identity_of(reminder) == event.payload.identity:
                reminder.state = "triggered"


async def finish(session: AsyncSession, user_id: str, _: Sequence[int]) -> None:
    sent: dict[int, datetime] = session.info.pop(SENT)
    query = select(Reminder).where(_of(Reminder, user_id, list(sent)), col(Reminder.state) == "scheduled")
    for reminder in (await session.execute(query)).scalars():
        if identity_of(reminder) == sent[reminder.task_id]:
            reminder.state = "triggered"


projection = Projection((*tasks.CONTRACTS, *settings.CONTRACTS, ReminderTriggered), versions, forget, replay, finish)
