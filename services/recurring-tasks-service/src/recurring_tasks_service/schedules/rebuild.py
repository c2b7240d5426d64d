"""Rebuilds schedules from the audit trail. A reminder that was sent is not sent again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from recurring_tasks_service.schedules import preferences, snoozes
from recurring_tasks_service.schedules.follow import follow
from recurring_tasks_service.schedules.models import SENT, OccurrenceRequest, Reminder, Schedule, Snooze
from todo_kit.database import one_of
from todo_kit.events import settings, tasks
from todo_kit.events.reminders import ReminderPayload, ReminderSnoozed, ReminderTriggered
from todo_kit.events.settings import SettingsChanged
from todo_kit.events.tasks import TaskEvent
from todo_kit.messaging.rebuild import Projection
from todo_kit.runtime import Runtime

SENT_BEFORE, SNOOZED_BEFORE = "sent_reminders", "snoozes"


async def versions(session: AsyncSession, user_id: str) -> dict[int, int]:
    """Returns the known version of each task. Locks the rows and the user's preferences until the commit."""
    query = select(Schedule.task_id, Schedule.seq).where(col(Schedule.user_id) == user_id).with_for_update()
    known = {row.task_id: row.seq for row in await session.execute(query)}
    await preferences.lock(session, [user_id])
    return known


async def forget(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> None:
    """Deletes the rows of the tasks. Keeps the preferences, which older events do not change."""
    # The trail may not contain the most recently sent and snoozed reminders yet.
    query = select(Reminder).where(_of(Reminder, user_id, task_ids), col(Reminder.state).in_(SENT))
    session.info[SENT_BEFORE] = {row.task_id: identity_of(row) for row in (await session.execute(query)).scalars()}
    snoozed = (await session.execute(select(Snooze).where(_of(Snooze, user_id, task_ids)))).scalars().all()
    session.info[SNOOZED_BEFORE] = [row.model_dump() for row in snoozed]
    for row in snoozed:
        session.expunge(row)
    for table in (Schedule, Reminder, Snooze, OccurrenceRequest):
        await session.execute(delete(table).where(_of(table, user_id, task_ids)))


def identity_of(reminder: Reminder) -> datetime:
    return ReminderPayload.model_validate(reminder.payload).identity


def _of(
    table: type[Schedule | Reminder | Snooze | OccurrenceRequest], user_id: str, task_ids: Sequence[int]
) -> ColumnElement[bool]:
    return and_(col(table.user_id) == user_id, one_of((col(table.task_id),), [(task_id,) for task_id in task_ids]))


Replayed = TaskEvent | SettingsChanged | ReminderTriggered | ReminderSnoozed


async def replay(runtime: Runtime, session: AsyncSession, events: Sequence[Replayed]) -> None:
    await follow(runtime, session, [event for event in events if isinstance(event, TaskEvent | SettingsChanged)])
    for event in events:
        match event:
            case ReminderTriggered():
                await _replay_sent(session, event)
            case ReminderSnoozed():
                await _replay_snoozed(session, event)


async def _replay_sent(session: AsyncSession, event: ReminderTriggered) -> None:
    key = event.user_id, event.task_id
    reminder = await session.get(Reminder, key)
    if reminder is not None and identity_of(reminder) == event.payload.identity:
        reminder.state = "triggered"
    snooze = await session.get(Snooze, key)
    if snooze is not None and snooze.remind_at == event.payload.remind_at and snooze.state == "scheduled":
        snooze.state = "triggered"


async def _replay_snoozed(session: AsyncSession, event: ReminderSnoozed) -> None:
    reminder = await session.get(Reminder, (event.user_id, event.task_id))
    if reminder is not None and reminder.state == "triggered" and identity_of(reminder) == event.payload.identity:
        await snoozes.put(session, event.user_id, event.task_id, event.seq, event.payload, event.timestamp)


async def finish(session: AsyncSession, user_id: str, _: Sequence[int]) -> None:
    sent: dict[int, datetime] = session.info.pop(SENT_BEFORE)
    query = select(Reminder).where(_of(Reminder, user_id, list(sent)), col(Reminder.state) == "scheduled")
    for reminder in (await session.execute(query)).scalars():
        if identity_of(reminder) == sent[reminder.task_id]:
            reminder.state = "triggered"
    for before in session.info.pop(SNOOZED_BEFORE):
        await _keep_newer(session, before)


async def _keep_newer(session: AsyncSession, before: dict[str, Any]) -> None:
    """Keeps the snooze as it was if the trail does not contain it yet, or does not say yet that it was sent."""
    key = before["user_id"], before["task_id"]
    reminder, rebuilt = await session.get(Reminder, key), await session.get(Snooze, key)
    if rebuilt is None:
        if reminder is not None and reminder.state == "triggered":
            session.add(Snooze(**before))
    elif before["planned_at"] >= rebuilt.planned_at:
        rebuilt.sqlmodel_update(before)


projection = Projection(
    (*tasks.CONTRACTS, *settings.CONTRACTS, ReminderTriggered, ReminderSnoozed), versions, forget, replay, finish
)
