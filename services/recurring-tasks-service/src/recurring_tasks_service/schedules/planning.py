"""A reminder planned by hand, under the same rule as those of tasks: the highest version decides."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from recurring_tasks_service.recurrence import remind_at
from recurring_tasks_service.rules import instant_of
from recurring_tasks_service.schedules import events as told
from recurring_tasks_service.schedules import repository
from recurring_tasks_service.schedules.models import Reminder
from recurring_tasks_service.schedules.schemas import ScheduleIn
from todo_kit import context
from todo_kit.events.reminders import ReminderPayload, ReminderScheduled
from todo_kit.telemetry import tracing


async def plan(session: AsyncSession, wanted: ScheduleIn, now: datetime) -> bool:
    """False when a newer version of the task is known."""
    if not await repository.take_newer_version(session, wanted.user_id, wanted.task_id, wanted.seq):
        return False
    zone = ZoneInfo(wanted.time_zone)
    due = instant_of(wanted.due_date, zone)
    instant = remind_at(due, wanted.lead_time)
    payload = ReminderPayload(
        title=wanted.title,
        due_date=due if isinstance(wanted.due_date, datetime) else wanted.due_date,
        time_zone=wanted.time_zone,
        remind_at=instant,
        lead_time=wanted.lead_time,
    )
    known = await session.get(Reminder, (wanted.user_id, wanted.task_id))
    reminder = repository.put_reminder(
        session,
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
    told.emit(session, ReminderScheduled, reminder, now)
    return True
