"""Events published by this service: a reminder was scheduled, cancelled, triggered or snoozed, a snooze cancelled."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from recurring_tasks_service.schedules.models import Scheduled
from todo_kit import context
from todo_kit.events.reminders import (
    TOPIC,
    ReminderCancelled,
    ReminderPayload,
    ReminderScheduled,
    ReminderSnoozed,
    ReminderTriggered,
    SnoozeCancelled,
)
from todo_kit.ids import uuid7
from todo_kit.messaging import outbox

Contract = type[ReminderScheduled | ReminderCancelled | ReminderTriggered | ReminderSnoozed | SnoozeCancelled]
SOURCE = "recurring-tasks-service"


def emit(session: AsyncSession, contract: Contract, reminder: Scheduled, now: datetime, late: int = 0) -> None:
    """Adds an event to the outbox. The actor is taken from the current context: the task event, or the clock."""
    work = context.current()
    event = contract(
        event_id=uuid7(),
        user_id=reminder.user_id,
        task_id=reminder.task_id,
        seq=reminder.seq,
        timestamp=now,
        actor=work.actor,
        correlation_id=reminder.correlation_id,
        payload=ReminderPayload.model_validate({**reminder.payload, "late_by_seconds": late}),
    )
    outbox.add(session, TOPIC, event, SOURCE)
