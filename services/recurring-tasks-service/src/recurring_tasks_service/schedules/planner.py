"""Reminders scheduled by other services. As with task events, the highest version wins."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from recurring_tasks_service.schedules import preferences, repository
from recurring_tasks_service.schedules.events import emit
from recurring_tasks_service.schedules.models import Reminder
from recurring_tasks_service.schedules.schemas import ScheduleIn
from todo_kit import context
from todo_kit.dates import remind_at, resolve
from todo_kit.events.reminders import ReminderPayload, ReminderScheduled
from todo_kit.telemetry import tracing


async def plan(session: AsyncSession, wanted: ScheduleIn, now: datetime) -> bool:
    """Schedules a reminder. Returns False, without effect, if this version of the task or a newer one is known."""
    if not await repository.take_newer_version(session, wanted.user_id, wanted.task_id, wanted.seq):
        return False
    await preferences.lock(session, [wanted.user_id])
    times = await preferences.all_day_times(session, [wanted.user_id])
    is_timed = isinstance(wanted.due_date, datetime)
    due = resolve(wanted.due_date, ZoneInfo(wanted.time_zone)).at if is_timed else wanted.due_date
    instant = remind_at(due, wanted.time_zone, wanted.lead_time, times[wanted.user_id])
    payload = ReminderPayload(
        title=wanted.title,
        due_date=due,
        time_zone=wanted.time_zone,
        remind_at=instant,
        lead_time=wanted.lead_time,
    )
    known = await session.get(Reminder, (wanted.user_id, wanted.task_id))
    reminder = repository.put_reminder(
        session,
        Reminder,
        known,
        user_id=wanted.user_id,
        task_id=wanted.task_id,
        seq=wanted.seq,
        remind_at=instant,
        planned_at=now,
        payload=payload.model_dump(mode="json"),
        correlation_id=context.current().correlation_id,
        traceparent=tracing.traceparent(),
    )
    emit(session, ReminderScheduled, reminder, now)
    return True
