"""Schedules and cancels the reminders of a task, as its newest version wants them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeVar
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

Key = TypeVar("Key")
PLAN = {"due_date", "time_zone", "reminders", "reminder_lead_time"}
"""Fields whose change makes new plans: a reminder whose instant has passed by then was not missed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    identity: str
    payload: ReminderPayload

    @property
    def instant(self) -> datetime:
        return self.payload.remind_at


@dataclass(frozen=True, slots=True)
class Former:
    """What is known of a reminder before the event."""

    state: str
    identity: str
    instant: datetime
    sent_before: datetime | None = None


async def plan(
    session: AsyncSession, event: TaskEvent, known: Mapping[str, Scheduled], all_day_time: time, now: datetime
) -> bool:
    """Schedules or cancels the reminders of the task. Returns True if one was scheduled or moved."""
    wanted = wanted_by(event.payload, all_day_time)
    former = [Former(row.state, identity_of(row), row.remind_at, row.sent_before) for row in known.values()]
    states = states_of(event, wanted, former)
    scheduled = {(wanted[key].identity, wanted[key].instant) for key, state in states.items() if state == "scheduled"}
    for key, row in known.items():
        if key not in states:
            await _end(session, event, row, now, is_elsewhere=(identity_of(row), row.remind_at) in scheduled)
    is_moved = False
    planned = {(row.identity, row.instant) for row in former if row.state == "scheduled"}
    for key, state in states.items():
        found = wanted[key]
        is_new = state == "scheduled" and (found.identity, found.instant) not in planned
        row = _put(session, event, key, known.get(key), found, state, is_new=is_new)
        if is_new:
            emit(session, ReminderScheduled, row, now)
        is_moved |= is_new
    return is_moved


def wanted_by(task: TaskPayload, all_day_time: time) -> dict[str, Wanted]:
    """Returns the reminders by the key of their rows."""
    if task.due_date is None:
        return {}
    found = {}
    for place, reminder in enumerate(task.all_reminders):
        is_first = place == 0 and reminder.minutes_before is not None
        instant = reminder.instant(task.due_date, task.time_zone, all_day_time)
        identity = reminder.identity(task.due_date, task.time_zone)
        payload = payload_of(task, None if is_first else reminder, instant)
        found[FIRST if is_first else reminder.key] = Wanted(identity, payload)
    return found


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


def states_of(event: TaskEvent, wanted: Mapping[str, Wanted], former: Sequence[Former]) -> dict[str, str]:
    """Returns the states of the wanted reminders. Of a task that is over, only those of reminders that were sent."""
    is_pending = event.payload.status == "pending"
    sent = [row for row in former if row.state in SENT]
    identities = {row.identity for row in sent}
    instants = {row.instant for row in sent} | {row.sent_before for row in former}
    skipped = {row.identity for row in former if row.state == "skipped"}
    states = {}
    for key, found in wanted.items():
        if found.identity in identities or found.instant in instants:
            states[key] = "triggered" if is_pending else "settled"
        elif found.identity in skipped:
            states[key] = "skipped"
    if is_pending:
        left = {key: found for key, found in wanted.items() if key not in states}
        to_send = in_time(event, wanted, [row for row in former if row.state == "scheduled"]) & left.keys()
        late = () if is_over(event.payload, event.timestamp) else left.keys() - to_send
        states |= dict.fromkeys(late, "skipped") | merged({key: left[key].instant for key in left if key in to_send})
    return states


def merged(instants: Mapping[Key, datetime]) -> dict[Key, str]:
    """Returns the states of reminders that are to be sent: those at the same instant are sent as one."""
    first: dict[datetime, Key] = {}
    for key, instant in instants.items():
        first.setdefault(instant, key)
    return {key: "scheduled" if first[instant] == key else "merged" for key, instant in instants.items()}


def in_time(event: TaskEvent, wanted: Mapping[str, Wanted], scheduled: Sequence[Former]) -> set[str]:
    """Returns the keys of the reminders that are not too late to send.

    Compares with the timestamp of the event, not with the time of processing, and keeps a scheduled reminder. So
    reminders missed during downtime are sent late instead of being lost, also if the event that planned them is not
    known. If all instants of a new plan have passed, the latest reminder is sent; if it was sent already, none is.
    """
    task = event.payload
    planned = {(row.identity, row.instant) for row in scheduled}
    found = {
        key
        for key, each in wanted.items()
        if each.instant >= event.timestamp or (each.identity, each.instant) in planned
    }
    if event.event_type not in {"TaskCreated", "TaskUpdated"} or is_over(task, event.timestamp):
        return found
    is_new_plan = event.event_type == "TaskCreated" or task.changes is None or not PLAN.isdisjoint(task.changes)
    if not is_new_plan:
        found |= {key for key, each in wanted.items() if each.instant >= task.created_at}
    return found or set(sorted(wanted, key=lambda key: wanted[key].instant)[-1:])


def is_over(task: TaskPayload, now: datetime) -> bool:
    """Returns True if the due instant, or for an all-day task its local day, has passed; also without a due date."""
    if task.due_date is None or isinstance(task.due_date, datetime):
        return task.due_date is None or task.due_date <= now
    return start_of_day(task.due_date + timedelta(days=1), ZoneInfo(task.time_zone)) <= now


def identity_of(row: Scheduled) -> str:
    return ReminderPayload.model_validate(row.payload).identity


def sent_again(task: TaskPayload, sent: ReminderPayload) -> ReminderPayload | None:
    """Returns the newest payload of a reminder that was sent; None if the task does not want it any more."""
    if task.status != "pending":
        return None
    for found in wanted_by(task, time()).values():
        if found.identity == sent.identity:
            return found.payload.model_copy(update={"remind_at": sent.remind_at})
    return None


def _put(
    session: AsyncSession, event: TaskEvent, key: str, known: Scheduled | None, found: Wanted, state: str,
    *, is_new: bool,
) -> Scheduled:  # fmt: skip
    was_sent = known is not None and known.state in SENT and state in SENT
    instant = known.remind_at if known and was_sent else found.instant
    sent_before = known.remind_at if known and known.state in SENT else known.sent_before if known else None
    values = {
        "user_id": event.user_id,
        "task_id": event.task_id,
        "seq": event.seq,
        "state": state,
        "remind_at": instant,
        "planned_at": event.timestamp if is_new or known is None else known.planned_at,
        "payload": found.payload.model_copy(update={"remind_at": instant}).model_dump(mode="json"),
        "correlation_id": event.correlation_id,
        "traceparent": event.traceparent,
        "sent_before": sent_before,
    }
    if key == FIRST:
        return repository.put_reminder(session, Reminder, known, **values)
    return repository.put_reminder(session, FurtherReminder, known, key=key, **values)


async def _end(session: AsyncSession, event: TaskEvent, row: Scheduled, now: datetime, *, is_elsewhere: bool) -> None:
    """Ends a reminder that the task does not want any more. `is_elsewhere`: another row has it now."""
    row.seq = event.seq
    if row.state == "scheduled" and not is_elsewhere:
        emit(session, ReminderCancelled, row, now)
    if row.state in SENT:
        row.state = "settled"
    elif isinstance(row, FurtherReminder) and row.sent_before is None:
        await session.delete(row)
    elif row.state != "skipped":
        row.state = "cancelled"
