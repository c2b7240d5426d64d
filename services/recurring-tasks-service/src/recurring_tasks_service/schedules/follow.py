"""Consumes task events: schedules or cancels the reminder and the successor request of each task.

The decision depends on the task state in the event with the highest `seq`; the event type matters only for
`NEW_PLANS`. Duplicate and reordered events are therefore harmless.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from recurring_tasks_service.recurrence import next_occurrence
from recurring_tasks_service.rules import series_of
from recurring_tasks_service.schedules import clock, preferences, repository, requests, snoozes
from recurring_tasks_service.schedules.events import emit
from recurring_tasks_service.schedules.models import SENT, OccurrenceRequest, Reminder
from todo_kit.database import after_commit
from todo_kit.dates import remind_at, resolve, start_of_day
from todo_kit.events.reminders import ReminderCancelled, ReminderPayload, ReminderScheduled, identity
from todo_kit.events.settings import SettingsChanged
from todo_kit.events.tasks import TaskEvent, TaskPayload
from todo_kit.messaging.consumer import caused_by
from todo_kit.recurrence import calls_for_successor
from todo_kit.runtime import Runtime

NEW_PLANS = {"TaskCreated", "TaskUpdated"}
"""After these events, a reminder whose instant has passed is still sent if the task is not over yet."""


async def follow(runtime: Runtime, session: AsyncSession, events: Sequence[TaskEvent | SettingsChanged]) -> None:
    tasks = sorted((event for event in events if isinstance(event, TaskEvent)), key=lambda event: event.seq)
    settings = [event for event in events if isinstance(event, SettingsChanged)]
    newest = {(event.user_id, event.task_id): event for event in tasks}
    fresh = await repository.take_newer(session, list(newest.values()))
    if settings or any(has_all_day_reminder(event.payload) for event in fresh):
        await preferences.lock(session, (event.user_id for event in (*settings, *fresh)))
        await preferences.apply(session, settings, runtime.clock.now())
    if settings:
        after_commit(session, lambda: clock.wake(runtime))
    if not fresh:
        return
    times = await preferences.all_day_times(session, {event.user_id for event in fresh})
    reminders = await repository.reminders_of(session, fresh)
    snoozed = await snoozes.of_reminders(session, list(reminders))
    requested = await repository.requests_of(session, fresh)
    for event in fresh:
        key = event.user_id, event.task_id
        with caused_by(event):
            if snooze := snoozed.get(key):
                is_wanted = event.payload.status == "pending" and _still(event, reminders[key])
                payload = _payload(event.payload, snooze.remind_at) if is_wanted else None
                snoozes.follow(session, event, snooze, payload, runtime.clock.now())
            if _plan_reminder(session, event, reminders.get(key), times[event.user_id], runtime.clock.now()):
                after_commit(session, lambda: clock.wake(runtime))
            if _plan_successor(session, event, requested.get(key), runtime.clock.now()):
                after_commit(session, lambda: requests.wake(runtime))


def due_instant(task: TaskPayload) -> datetime | None:
    return None if task.due_date is None else resolve(task.due_date, ZoneInfo(task.time_zone)).at


def has_all_day_reminder(task: TaskPayload) -> bool:
    return task.reminder_lead_time is not None and task.due_date is not None and not isinstance(task.due_date, datetime)


def is_over(task: TaskPayload, now: datetime) -> bool:
    """Returns True if the due instant, or for an all-day task its local day, has passed; also without a due date."""
    if task.due_date is None or isinstance(task.due_date, datetime):
        return task.due_date is None or task.due_date <= now
    return start_of_day(task.due_date + timedelta(days=1), ZoneInfo(task.time_zone)) <= now


def wanted_reminder(event: TaskEvent, known: Reminder | None, all_day_time: time) -> datetime | None:
    """Returns the instant of the task's reminder; None if the task wants no reminder (any more).

    Compares with the timestamp of the event, not with the time of processing, and keeps a scheduled reminder. So
    reminders missed during downtime are sent late instead of being lost.
    """
    task = event.payload
    if task.status != "pending" or task.reminder_lead_time is None or task.due_date is None:
        return None
    instant = remind_at(task.due_date, task.time_zone, task.reminder_lead_time, all_day_time)
    is_new = event.event_type in NEW_PLANS and not is_over(task, event.timestamp)
    lies_ahead = instant >= event.timestamp or is_new
    planned = known is not None and known.state == "scheduled" and known.remind_at == instant
    return instant if lies_ahead or planned else None


def _plan_reminder(
    session: AsyncSession, event: TaskEvent, known: Reminder | None, all_day_time: time, now: datetime
) -> bool:
    """Schedules or cancels the task's reminder. Returns True if one was scheduled or moved."""
    wanted = wanted_reminder(event, known, all_day_time)
    if known is not None and known.state in SENT and _still(event, known):
        is_pending = event.payload.status == "pending"
        known.seq, known.state = event.seq, "triggered" if is_pending else "settled"
        known.payload = _payload(event.payload, known.remind_at).model_dump(mode="json")
        return False
    if wanted is None:
        if known is not None and known.state == "scheduled":
            known.seq, known.state = event.seq, "cancelled"
            emit(session, ReminderCancelled, known, now)
        elif known is not None and known.state == "triggered":
            known.seq, known.state = event.seq, "settled"
        return False
    moved = known is None or known.state != "scheduled" or known.remind_at != wanted
    reminder = repository.put_reminder(
        session,
        Reminder,
        known,
        user_id=event.user_id,
        task_id=event.task_id,
        seq=event.seq,
        remind_at=wanted,
        planned_at=event.timestamp if known is None or moved else known.planned_at,
        payload=_payload(event.payload, wanted).model_dump(mode="json"),
        correlation_id=event.correlation_id,
        traceparent=event.traceparent,
    )
    if moved:
        emit(session, ReminderScheduled, reminder, now)
    return moved


def _still(event: TaskEvent, reminder: Reminder) -> bool:
    """Returns whether the task's reminder is the one already sent, which is not sent again."""
    due, lead = event.payload.due_date, event.payload.reminder_lead_time
    if due is None or lead is None:
        return False
    sent = ReminderPayload.model_validate(reminder.payload)
    return identity(due, event.payload.time_zone, lead) == sent.identity


def _payload(task: TaskPayload, instant: datetime) -> ReminderPayload:
    if task.due_date is None or task.reminder_lead_time is None:
        raise ValueError("a task without a due date or a lead time has no reminder")
    return ReminderPayload(
        title=task.title,
        due_date=task.due_date,
        time_zone=task.time_zone,
        remind_at=instant,
        lead_time=task.reminder_lead_time,
    )


def _plan_successor(session: AsyncSession, event: TaskEvent, known: OccurrenceRequest | None, now: datetime) -> bool:
    """Adds or withdraws the request for the successor. Returns True if there is a request to send."""
    task = event.payload
    is_over = task.completed or task.status == "deleted"
    if not calls_for_successor(task.recurrence_pattern, task.delete_scope, is_over=is_over):
        if known is not None:
            known.state, known.lease = "withdrawn", None
        return False
    # Request again for every newer version, even if the last request succeeded: between two versions seen here the task
    # may have been reopened and its successor removed. The task API creates at most one successor in any case.
    series, due = series_of(task), due_instant(task)
    if series is None or due is None or task.series_id is None:
        return False
    # A task skipped early counts as completed when due. Otherwise the next occurrence could be on the same day.
    done_at = task.completed_at or (max(due, task.deleted_at) if task.deleted_at else None)
    found = next_occurrence(series, task.slot or 0, due, done_at)
    if found is None:
        return False
    repository.put_request(
        session,
        known,
        user_id=event.user_id,
        task_id=event.task_id,
        series_id=task.series_id,
        slot=found.slot,
        due_date=found.local.isoformat() if series.all_day else found.due.isoformat(),
        next_attempt_at=now,
        correlation_id=event.correlation_id,
        traceparent=event.traceparent,
    )
    return True
