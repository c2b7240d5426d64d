"""Schedules and cancels the reminders of a task, as its newest version wants them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from recurring_tasks_service.schedules import repository
from recurring_tasks_service.schedules.events import emit
from recurring_tasks_service.schedules.models import SENT, FurtherReminder, Reminder, Scheduled
from recurring_tasks_service.schedules.repository import FIRST
from todo_kit import reminders
from todo_kit.dates import resolve, start_of_day
from todo_kit.events.reminders import ReminderCancelled, ReminderPayload, ReminderScheduled
from todo_kit.events.tasks import TaskEvent, TaskPayload

NEW_PLANS = {"TaskCreated", "TaskUpdated"}
"""After these events, a reminder whose instant has passed may still be sent."""


@dataclass(frozen=True, slots=True)
class Wanted:
    identity: datetime
    payload: ReminderPayload
    """Its `remind_at` is the instant of the reminder."""


def plan(
    session: AsyncSession, event: TaskEvent, known: Mapping[str, Scheduled], all_day_time: time, now: datetime
) -> bool:
    """Schedules or cancels the reminders of the task. Returns True if one was scheduled or moved."""
    wanted = wanted_by(event.payload, all_day_time)
    to_send = in_time(event, wanted, known)
    is_moved = False
    for key in {**known, **wanted}:
        row, found = known.get(key), wanted.get(key)
        if row and found and row.state in SENT and identity_of(row) == found.identity:
            _keep_sent(event, row, found)
        elif found and key in to_send:
            is_moved |= _schedule(session, event, key, row, found, now)
        elif row:
            _end(session, event, row, now)
    return is_moved


def wanted_by(task: TaskPayload, all_day_time: time) -> dict[str, Wanted]:
    """Returns the reminders by the key of their rows. Of several at the same instant, the first one counts."""
    if task.due_date is None:
        return {}
    found: dict[datetime, tuple[str, Wanted]] = {}
    for reminder in task.all_reminders:
        is_first = reminder.minutes_before is not None and reminder.minutes_before == task.reminder_lead_time
        instant = reminder.instant(task.due_date, task.time_zone, all_day_time)
        identity = reminder.identity(task.due_date, task.time_zone)
        payload = payload_of(task, None if is_first else reminder, instant)
        found.setdefault(instant, (FIRST if is_first else reminder.key, Wanted(identity, payload)))
    return dict(found.values())


def payload_of(task: TaskPayload, reminder: reminders.Reminder | None, instant: datetime) -> ReminderPayload:
    """Returns what the events of a reminder say. Without `reminder` it is the task's lead time."""
    if task.due_date is None:
        raise ValueError("a task without a due date has no reminder")
    lead_time = reminder.minutes_before if reminder else task.reminder_lead_time
    if lead_time is None:
        lead_time = (resolve(task.due_date, ZoneInfo(task.time_zone)).at - instant) // timedelta(minutes=1)
    return ReminderPayload(
        title=task.title,
        due_date=task.due_date,
        time_zone=task.time_zone,
        remind_at=instant,
        lead_time=lead_time,
        reminder=reminder,
    )


def in_time(event: TaskEvent, wanted: Mapping[str, Wanted], known: Mapping[str, Scheduled]) -> set[str]:
    """Returns the keys of the reminders that are not too late to send.

    Compares with the timestamp of the event, not with the time of processing, and keeps a scheduled reminder. So
    reminders missed during downtime are sent late instead of being lost. If all instants of a new or changed task have
    passed, the latest reminder is sent, unless the task is over.
    """
    if event.payload.status != "pending":
        return set()
    instants = {key: found.payload.remind_at for key, found in wanted.items()}
    ahead = {key for key, instant in instants.items() if instant >= event.timestamp}
    if instants and not ahead and event.event_type in NEW_PLANS and not is_over(event.payload, event.timestamp):
        ahead = {max(instants, key=instants.__getitem__)}
    return ahead | {
        key for key, row in known.items() if row.state == "scheduled" and row.remind_at == instants.get(key)
    }


def is_over(task: TaskPayload, now: datetime) -> bool:
    """Returns True if the due instant, or for an all-day task its local day, has passed; also without a due date."""
    if task.due_date is None or isinstance(task.due_date, datetime):
        return task.due_date is None or task.due_date <= now
    return start_of_day(task.due_date + timedelta(days=1), ZoneInfo(task.time_zone)) <= now


def identity_of(row: Scheduled) -> datetime:
    return ReminderPayload.model_validate(row.payload).identity


def sent_again(task: TaskPayload, sent: ReminderPayload) -> ReminderPayload | None:
    """Returns the newest payload of a reminder that was sent; None if the task does not want it any more."""
    if task.status != "pending" or task.due_date is None:
        return None
    for found in wanted_by(task, time()).values():
        if found.identity == sent.identity:
            return found.payload.model_copy(update={"remind_at": sent.remind_at})
    return None


def _keep_sent(event: TaskEvent, row: Scheduled, found: Wanted) -> None:
    row.seq, row.state = event.seq, "triggered" if event.payload.status == "pending" else "settled"
    row.payload = found.payload.model_copy(update={"remind_at": row.remind_at}).model_dump(mode="json")


def _schedule(
    session: AsyncSession, event: TaskEvent, key: str, known: Scheduled | None, found: Wanted, now: datetime
) -> bool:
    instant = found.payload.remind_at
    is_moved = known is None or known.state != "scheduled" or known.remind_at != instant
    reminder = repository.put_reminder(
        session,
        Reminder if key == FIRST else FurtherReminder,
        known,
        **({} if key == FIRST else {"key": key}),
        user_id=event.user_id,
        task_id=event.task_id,
        seq=event.seq,
        remind_at=instant,
        planned_at=event.timestamp if known is None or is_moved else known.planned_at,
        payload=found.payload.model_dump(mode="json"),
        correlation_id=event.correlation_id,
        traceparent=event.traceparent,
    )
    if is_moved:
        emit(session, ReminderScheduled, reminder, now)
    return is_moved


def _end(session: AsyncSession, event: TaskEvent, row: Scheduled, now: datetime) -> None:
    if row.state == "scheduled":
        row.seq, row.state = event.seq, "cancelled"
        emit(session, ReminderCancelled, row, now)
    elif row.state == "triggered":
        row.seq, row.state = event.seq, "settled"
