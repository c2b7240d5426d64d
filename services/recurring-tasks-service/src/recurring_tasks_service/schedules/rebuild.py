"""Rebuilds schedules from the audit trail. A reminder that was sent is not sent again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from recurring_tasks_service.schedules import preferences, repository, snoozes
from recurring_tasks_service.schedules.follow import follow
from recurring_tasks_service.schedules.models import (
    SENT,
    FurtherReminder,
    OccurrenceRequest,
    Reminder,
    Schedule,
    Scheduled,
    Snooze,
)
from recurring_tasks_service.schedules.reminders import identity_of
from todo_kit.database import one_of
from todo_kit.events import settings, tasks
from todo_kit.events.reminders import ReminderEvent, ReminderSnoozed, ReminderTriggered, SnoozeCancelled
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
    known = await repository.reminders_of(session, [(user_id, task_id) for task_id in task_ids])
    rows = [row for of_task in known.values() for row in of_task.values()]
    session.info[SENT_BEFORE] = {
        (row.task_id, identity_of(row)): row.state for row in rows if row.state in {*SENT, "skipped"}
    }
    snoozed = (await session.execute(select(Snooze).where(_of(Snooze, user_id, task_ids)))).scalars().all()
    session.info[SNOOZED_BEFORE] = [row.model_dump() for row in snoozed]
    for row in (*rows, *snoozed):
        session.expunge(row)
    for table in (Schedule, Reminder, FurtherReminder, Snooze, OccurrenceRequest):
        await session.execute(delete(table).where(_of(table, user_id, task_ids)))


def _of(
    table: type[Schedule | Scheduled | OccurrenceRequest], user_id: str, task_ids: Sequence[int]
) -> ColumnElement[bool]:
    return and_(col(table.user_id) == user_id, one_of((col(table.task_id),), [(task_id,) for task_id in task_ids]))


Replayed = TaskEvent | SettingsChanged | ReminderTriggered | ReminderSnoozed | SnoozeCancelled


async def replay(runtime: Runtime, session: AsyncSession, events: Sequence[Replayed]) -> None:
    await follow(runtime, session, [event for event in events if isinstance(event, TaskEvent | SettingsChanged)])
    for event in events:
        match event:
            case ReminderTriggered():
                await _replay_sent(session, event)
            case ReminderSnoozed():
                await _replay_snoozed(session, event)
            case SnoozeCancelled():
                await _end_snooze(session, event, "cancelled")


async def _replay_sent(session: AsyncSession, event: ReminderTriggered) -> None:
    for reminder in await _with_identity(session, event):
        reminder.state = "triggered"
    await _end_snooze(session, event, "triggered")


async def _end_snooze(session: AsyncSession, event: ReminderEvent, state: str) -> None:
    snooze = await session.get(Snooze, (event.user_id, event.task_id))
    if snooze is not None and snooze.remind_at == event.payload.remind_at and snooze.state == "scheduled":
        snooze.state = state


async def _replay_snoozed(session: AsyncSession, event: ReminderSnoozed) -> None:
    if any(reminder.state == "triggered" for reminder in await _with_identity(session, event)):
        await snoozes.put(session, event.user_id, event.task_id, event.seq, event.payload, event.timestamp)


async def _with_identity(session: AsyncSession, event: ReminderEvent) -> list[Scheduled]:
    """Returns the reminder that the event is about, unless its task wants another one meanwhile."""
    return [
        row
        for row in await _reminders_of(session, event.user_id, event.task_id)
        if identity_of(row) == event.payload.identity
    ]


async def _reminders_of(session: AsyncSession, user_id: str, task_id: int) -> list[Scheduled]:
    found = await repository.reminders_of(session, [(user_id, task_id)])
    return [row for of_task in found.values() for row in of_task.values()]


async def finish(session: AsyncSession, user_id: str, _: Sequence[int]) -> None:
    done: dict[tuple[int, str], str] = session.info.pop(SENT_BEFORE)
    for task_id in sorted({task_id for task_id, _ in done}):
        for reminder in await _reminders_of(session, user_id, task_id):
            before = done.get((task_id, identity_of(reminder)))
            if reminder.state == "scheduled" and before:
                reminder.state = "skipped" if before == "skipped" else "triggered"
    for before in session.info.pop(SNOOZED_BEFORE):
        await _keep_newer(session, before)


async def _keep_newer(session: AsyncSession, before: dict[str, Any]) -> None:
    """Keeps the snooze as it was if the trail does not contain it yet, or does not say yet that it was sent."""
    user_id, task_id = before["user_id"], before["task_id"]
    rebuilt = await session.get(Snooze, (user_id, task_id))
    if rebuilt is None:
        if any(reminder.state == "triggered" for reminder in await _reminders_of(session, user_id, task_id)):
            session.add(Snooze(**before))
    elif before["planned_at"] >= rebuilt.planned_at:
        rebuilt.sqlmodel_update(before)


projection = Projection(
    (*tasks.CONTRACTS, *settings.CONTRACTS, ReminderTriggered, ReminderSnoozed, SnoozeCancelled),
    versions,
    forget,
    replay,
    finish,
)
