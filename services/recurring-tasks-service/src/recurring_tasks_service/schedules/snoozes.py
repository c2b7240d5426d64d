"""Reminders that the user wants again later. A snooze never moves a due date; it ends when its task changes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from recurring_tasks_service.schedules import repository
from recurring_tasks_service.schedules.events import emit
from recurring_tasks_service.schedules.models import Schedule, Snooze
from recurring_tasks_service.schedules.reminders import sent_again
from todo_kit import context
from todo_kit.errors import Conflict, Invalid
from todo_kit.events.reminders import (
    LONGEST_SNOOZE,
    ReminderCancelled,
    ReminderPayload,
    ReminderSnoozed,
    SnoozeCancelled,
)
from todo_kit.events.tasks import TaskEvent
from todo_kit.telemetry import tracing


class NothingToSnooze(Conflict):
    """There is no reminder to snooze"""

    code = "nothing_to_snooze"


class NoSnooze(Conflict):
    """There is no snooze to cancel"""

    code = "no_snooze"


MOST_LISTED = 500


async def snooze(session: AsyncSession, user_id: str, task_id: int, until: datetime, now: datetime) -> Snooze:
    """Schedules the task's latest reminder again. A former snooze of the task is replaced.

    Raises Invalid if `until` is not within the next 366 days, and NothingToSnooze if the task's reminder was not sent
    or the task wants no reminder any more.
    """
    if not now < until <= now + LONGEST_SNOOZE:
        raise Invalid("until", "must be in the future, at most 366 days from now")
    await session.get(Schedule, (user_id, task_id), with_for_update=True)  # a rebuild locks these rows first
    rows = (await repository.reminders_of(session, [(user_id, task_id)])).get((user_id, task_id), {}).values()
    sent = [row for row in rows if row.state == "triggered"]
    if not sent:
        raise NothingToSnooze(f"task {task_id} was completed or changed since its reminder, or was not reminded of yet")
    reminder = max(sent, key=lambda row: row.remind_at)
    payload = ReminderPayload.model_validate({**reminder.payload, "remind_at": until})
    return await put(session, user_id, task_id, reminder.seq, payload, now)


async def put(
    session: AsyncSession, user_id: str, task_id: int, seq: int, payload: ReminderPayload, now: datetime
) -> Snooze:
    known = await session.get(Snooze, (user_id, task_id), with_for_update=True)
    found = repository.put_reminder(
        session,
        Snooze,
        known,
        user_id=user_id,
        task_id=task_id,
        seq=seq,
        remind_at=payload.remind_at,
        planned_at=now,
        payload=payload.model_dump(mode="json"),
        correlation_id=context.current().correlation_id,
        traceparent=tracing.traceparent(),
    )
    emit(session, ReminderSnoozed, found, now)
    return found


async def cancel(session: AsyncSession, user_id: str, task_id: int, now: datetime) -> None:
    """Cancels the snooze of a task. Raises NoSnooze if none is pending."""
    await session.get(Schedule, (user_id, task_id), with_for_update=True)  # a rebuild locks these rows first
    known = await session.get(Snooze, (user_id, task_id), with_for_update=True)
    if known is None or known.state != "scheduled":
        raise NoSnooze(f"the reminder of task {task_id} is not snoozed, or was sent again meanwhile")
    known.state = "cancelled"
    known.correlation_id = context.current().correlation_id
    emit(session, SnoozeCancelled, known, now)


async def pending(session: AsyncSession, user_id: str, task_id: int | None) -> Sequence[Snooze]:
    """Returns the scheduled snoozes of the user, or of one task, by time."""
    of_user = col(Snooze.user_id) == user_id, col(Snooze.state) == "scheduled"
    query = select(Snooze).where(*of_user).order_by(col(Snooze.remind_at), col(Snooze.task_id)).limit(MOST_LISTED)
    if task_id is not None:
        query = query.where(col(Snooze.task_id) == task_id)
    return (await session.execute(query)).scalars().all()


async def of_reminders(session: AsyncSession, keys: Sequence[repository.Key]) -> dict[repository.Key, Snooze]:
    """Returns the scheduled snoozes of the tasks with these reminders."""
    if not keys:
        return {}
    scheduled = col(Snooze.state) == "scheduled"
    query = select(Snooze).where(repository.among(Snooze, keys), scheduled).with_for_update()
    return {(row.user_id, row.task_id): row for row in (await session.execute(query)).scalars()}


def follow(session: AsyncSession, event: TaskEvent, known: Snooze, now: datetime) -> None:
    """Keeps the snooze with the newest payload. Cancels it if its reminder is no longer wanted."""
    known.seq = event.seq
    if payload := sent_again(event.payload, ReminderPayload.model_validate(known.payload)):
        known.payload = payload.model_dump(mode="json")
        return
    known.state = "cancelled"
    emit(session, ReminderCancelled, known, now)
