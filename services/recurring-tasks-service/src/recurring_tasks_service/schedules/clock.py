"""Sends reminders when they are due. APScheduler triggers the checks; the due times are stored in the database.

Concurrent replicas claim different rows (SKIP LOCKED). The transaction that marks a row also adds the event to the
outbox, so each reminder is sent exactly once even if the process crashes. After downtime, missed reminders are sent
immediately; the event says how late they are.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import ScalarSelect, exists, func, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from recurring_tasks_service.schedules.events import emit
from recurring_tasks_service.schedules.models import Scheduled, Snooze
from recurring_tasks_service.schedules.repository import REMINDERS
from todo_kit import context
from todo_kit.events.reminders import ReminderTriggered
from todo_kit.loops import IDLE_SECONDS, every, pause_until
from todo_kit.runtime import Runtime
from todo_kit.telemetry import metrics

log = structlog.get_logger()

LOOK_EVERY_SECONDS = IDLE_SECONDS
MEASURE_EVERY_SECONDS = IDLE_SECONDS
BATCH = 500
LATE_SECONDS = 5
"""A shorter delay is not reported to the user."""

TABLES: tuple[type[Scheduled], ...] = (*REMINDERS, Snooze)


def _claim(table: type[Scheduled]) -> Any:
    """Selects scheduled rows that no other replica has locked. `trigger_due` adds the condition on the time."""
    scheduled = select(table).where(col(table.state) == "scheduled")
    return scheduled.order_by(col(table.remind_at)).limit(BATCH).with_for_update(skip_locked=True)


def _first(table: type[Scheduled]) -> ScalarSelect[datetime]:
    return select(func.min(table.remind_at)).where(col(table.state) == "scheduled").scalar_subquery()


def _at_instant_of(table: type[Scheduled]) -> Any:
    """Matches snoozes whose time is the instant of a scheduled reminder of the same task."""
    same = (getattr(table, name) == col(getattr(Snooze, name)) for name in ("user_id", "task_id", "remind_at"))
    return exists().where(col(table.state) == "scheduled", *same)


CLAIMS = [(table, _claim(table)) for table in REMINDERS]
CLAIM_SNOOZES = _claim(Snooze).where(*(~_at_instant_of(table) for table in REMINDERS))
NEXT = select(func.least(*(_first(table) for table in TABLES)))
"""NULLs are ignored by Postgres' LEAST."""


def wake(runtime: Runtime) -> None:
    """Triggers a check now. Call it after scheduling a reminder that may be due before the next check."""
    _look(runtime).set()


def _look(runtime: Runtime) -> asyncio.Event:
    event: asyncio.Event = runtime.extras.setdefault("reminders", asyncio.Event())
    return event


async def remind(runtime: Runtime) -> None:
    """Checks when a reminder is scheduled, at the instant of the next reminder, and every 30 seconds.

    The interval covers reminders scheduled by a replica that then crashed.
    """
    look = _look(runtime)

    async def wake() -> None:
        # A coroutine, because APScheduler runs a plain function in a thread, and asyncio.Event is not thread-safe.
        look.set()

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(wake, "interval", seconds=LOOK_EVERY_SECONDS, coalesce=True, max_instances=1)
    scheduler.start()
    try:
        while not runtime.stopping.is_set():
            look.clear()
            while await trigger_due(runtime) >= BATCH:
                pass
            if (soon := await next_within(runtime, LOOK_EVERY_SECONDS)) is not None:
                scheduler.add_job(wake, "date", run_date=soon, id="next", replace_existing=True)
            await pause_until(look, runtime, LOOK_EVERY_SECONDS * 2)
    finally:
        scheduler.shutdown(wait=False)


async def trigger_due(runtime: Runtime) -> int:
    """Sends at most one batch of each kind of due reminders. Returns how many."""
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        due: list[Scheduled] = [
            row
            for table, claim in CLAIMS
            for row in (await session.execute(claim.where(col(table.remind_at) <= now))).scalars().all()
        ]
        await _end_snoozes(session, due)
        due += (await session.execute(CLAIM_SNOOZES.where(col(Snooze.remind_at) <= now))).scalars().all()
        for reminder in due:
            reminder.state = "triggered"
            lateness = max(0.0, (now - max(reminder.remind_at, reminder.planned_at)).total_seconds())
            metrics.REMINDER_LATENESS_SECONDS.observe(lateness)
            context.enter(context.WorkContext(reminder.correlation_id))
            late = int(lateness) if lateness >= LATE_SECONDS else 0
            emit(session, ReminderTriggered, reminder, now, late)
    return len(due)


async def _end_snoozes(session: AsyncSession, due: Sequence[Scheduled]) -> None:
    """Ends the snoozes whose time is the instant of one of these reminders: the reminder is sent instead.

    A locked snooze is being changed. Waiting for it while holding the reminders could deadlock.
    """
    if not due:
        return
    moments = [(row.user_id, row.task_id, row.remind_at) for row in due]
    moment = tuple_(col(Snooze.user_id), col(Snooze.task_id), col(Snooze.remind_at))
    same = select(Snooze).where(moment.in_(moments), col(Snooze.state) == "scheduled")
    for snooze in (await session.execute(same.with_for_update(skip_locked=True))).scalars():
        snooze.state = "triggered"


async def measure_overdue(runtime: Runtime) -> None:
    """Measures the delay of the next reminder.

    Runs separately from `remind`, so that it also reports a stuck reminder loop, which sends nothing to measure.
    """
    async for _ in every(runtime, MEASURE_EVERY_SECONDS):
        async with runtime.database.autocommit() as session:
            next_at: datetime | None = (await session.execute(NEXT)).scalar_one()
        overdue = (runtime.clock.now() - next_at).total_seconds() if next_at else 0.0
        metrics.REMINDER_OVERDUE_SECONDS.set(max(0.0, overdue))


async def next_within(runtime: Runtime, seconds: float) -> datetime | None:
    async with runtime.database.autocommit() as session:
        next_at: datetime | None = (await session.execute(NEXT)).scalar_one()
    return next_at if next_at and next_at < runtime.clock.now() + timedelta(seconds=seconds) else None
