"""Users' reminder times for all-day tasks. A change of the setting moves the scheduled reminders."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from recurring_tasks_service.schedules.events import emit
from recurring_tasks_service.schedules.models import Preference, Scheduled
from recurring_tasks_service.schedules.reminders import merged
from recurring_tasks_service.schedules.repository import REMINDERS
from todo_kit.events.reminders import ReminderCancelled, ReminderPayload, ReminderScheduled
from todo_kit.events.settings import ALL_DAY_REMINDER_TIME, SettingsChanged
from todo_kit.messaging.consumer import caused_by
from todo_kit.statements import fetch, prepare

# Ordered by user, so that two batches with the same users do not deadlock.
LOCK = prepare("""
    SELECT pg_advisory_xact_lock(hashtextextended('preferences/' || user_id, 0))
    FROM unnest(CAST(:user_ids AS text[])) AS user_id ORDER BY user_id
""")
TIMES = prepare("SELECT user_id, all_day_reminder_time FROM preferences WHERE user_id = ANY(CAST(:user_ids AS text[]))")
DATE_LENGTH = len("2026-01-31")


async def lock(session: AsyncSession, user_ids: Iterable[str]) -> None:
    """Locks the preferences of these users until the commit, for changes and for scheduling all-day reminders.

    Without the lock, a reminder could be scheduled at the old time while another transaction moves the visible ones.
    """
    await fetch(session, LOCK, {"user_ids": sorted(set(user_ids))})


async def all_day_times(session: AsyncSession, user_ids: Iterable[str]) -> dict[str, time]:
    """Returns the reminder time of each user in `user_ids`, by user."""
    names = list(user_ids)
    rows = await fetch(session, TIMES, {"user_ids": names})
    found = {row["user_id"]: row["all_day_reminder_time"] for row in rows}
    return {name: found.get(name, ALL_DAY_REMINDER_TIME) for name in names}


async def apply(session: AsyncSession, events: Sequence[SettingsChanged], now: datetime) -> None:
    """Stores the newest settings of each user and moves the reminders of all-day tasks. The users must be locked."""
    newest = {event.user_id: event for event in sorted(events, key=lambda event: event.seq)}
    for event in newest.values():
        at = event.payload.all_day_reminder_time
        statement = insert(Preference).values(user_id=event.user_id, seq=event.seq, all_day_reminder_time=at)
        changed = {"seq": statement.excluded.seq, "all_day_reminder_time": statement.excluded.all_day_reminder_time}
        kept = await session.execute(
            statement.on_conflict_do_update(
                index_elements=["user_id"], set_=changed, where=col(Preference.seq) < statement.excluded.seq
            ).returning(col(Preference.seq))
        )
        if kept.first():
            with caused_by(event):
                await _move(session, event.user_id, at, now)


async def _move(session: AsyncSession, user_id: str, at: time, now: datetime) -> None:
    """Moves scheduled reminders of all-day tasks. If all of a task have passed then, the latest is due at once."""
    of_tasks: dict[int, list[Scheduled]] = {}
    for table in REMINDERS:
        all_day = func.length(col(table.payload)["due_date"].astext) == DATE_LENGTH
        is_open = col(table.state).in_(("scheduled", "merged"))
        query = select(table).where(col(table.user_id) == user_id, is_open, all_day).order_by(col(table.task_id))
        for row in (await session.execute(query.with_for_update())).scalars():
            of_tasks.setdefault(row.task_id, []).append(row)
    for rows in of_tasks.values():
        scheduled = {row.remind_at for row in rows if row.state == "scheduled"}
        open_rows = [row for row in rows if row.remind_at in scheduled]  # the others are merged with one that was sent
        if open_rows:
            instants = [ReminderPayload.model_validate(row.payload).instant(at) for row in open_rows]
            ahead = {place: instant for place, instant in enumerate(instants) if instant >= now}
            states = merged(ahead or {instants.index(max(instants)): max(instants)})
            for place, row in enumerate(open_rows):
                _reschedule(session, row, states.get(place, "skipped"), instants[place], now)


def _reschedule(session: AsyncSession, row: Scheduled, state: str, instant: datetime, now: datetime) -> None:
    former = row.state, row.remind_at
    if (state, instant) == former:
        return
    if former[0] == "scheduled" and state != "scheduled":
        emit(session, ReminderCancelled, row, now)
    payload = ReminderPayload.model_validate(row.payload).model_copy(update={"remind_at": instant})
    row.state, row.remind_at, row.planned_at, row.payload = state, instant, now, payload.model_dump(mode="json")
    if state == "scheduled":
        emit(session, ReminderScheduled, row, now)
