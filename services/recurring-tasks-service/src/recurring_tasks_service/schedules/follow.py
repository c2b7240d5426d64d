"""Consumes task events: schedules or cancels the reminders and the successor request of each task.

The decision depends on the task state in the event with the highest `seq`; the event type matters only for
`reminders.NEW_PLANS`. Duplicate and reordered events are therefore harmless.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from recurring_tasks_service.recurrence import next_occurrence
from recurring_tasks_service.rules import series_of
from recurring_tasks_service.schedules import clock, preferences, reminders, repository, requests, snoozes
from recurring_tasks_service.schedules.models import OccurrenceRequest
from todo_kit.database import after_commit
from todo_kit.dates import resolve
from todo_kit.events.settings import SettingsChanged
from todo_kit.events.tasks import TaskEvent, TaskPayload
from todo_kit.messaging.consumer import caused_by
from todo_kit.recurrence import calls_for_successor
from todo_kit.runtime import Runtime


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
    keys = [(event.user_id, event.task_id) for event in fresh]
    known = await repository.reminders_of(session, keys)
    snoozed = await snoozes.of_reminders(session, list(known))
    requested = await repository.requests_of(session, fresh)
    for event in fresh:
        key = event.user_id, event.task_id
        with caused_by(event):
            if snooze := snoozed.get(key):
                snoozes.follow(session, event, snooze, runtime.clock.now())
            if await reminders.plan(session, event, known.get(key, {}), times[event.user_id], runtime.clock.now()):
                after_commit(session, lambda: clock.wake(runtime))
            if _plan_successor(session, event, requested.get(key), runtime.clock.now()):
                after_commit(session, lambda: requests.wake(runtime))


def due_instant(task: TaskPayload) -> datetime | None:
    return None if task.due_date is None else resolve(task.due_date, ZoneInfo(task.time_zone)).at


def has_all_day_reminder(task: TaskPayload) -> bool:
    return bool(task.all_reminders) and task.due_date is not None and not isinstance(task.due_date, datetime)


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
