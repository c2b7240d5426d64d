from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from recurring_tasks_service.schedules.models import FurtherReminder, OccurrenceRequest, Reminder, Scheduled
from todo_kit.database import one_of
from todo_kit.events.tasks import TaskEvent
from todo_kit.statements import fetch, prepare

Key = tuple[str, int]
R = TypeVar("R", bound=Scheduled)
REMINDERS: tuple[type[Scheduled], ...] = (Reminder, FurtherReminder)
FIRST = ""

# Ordered by task, so that two batches with the same tasks do not deadlock.
TAKE_NEWER = prepare("""
    INSERT INTO schedules (user_id, task_id, seq)
    SELECT user_id, task_id, seq
    FROM unnest(CAST(:users AS text[]), CAST(:tasks AS int[]), CAST(:seqs AS int[])) AS e(user_id, task_id, seq)
    ORDER BY user_id, task_id
    ON CONFLICT (user_id, task_id) DO UPDATE SET seq = excluded.seq WHERE schedules.seq < excluded.seq
    RETURNING user_id, task_id
""")


async def take_newer(session: AsyncSession, events: Sequence[TaskEvent]) -> list[TaskEvent]:
    """Records the versions that are newer than the known ones. Returns the events of these versions."""
    by_key = {(event.user_id, event.task_id): event for event in events}
    parameters = {
        "users": [user_id for user_id, _ in by_key],
        "tasks": [task_id for _, task_id in by_key],
        "seqs": [event.seq for event in by_key.values()],
    }
    rows = await fetch(session, TAKE_NEWER, parameters)
    return [by_key[row["user_id"], row["task_id"]] for row in rows]


async def take_newer_version(session: AsyncSession, user_id: str, task_id: int, seq: int) -> bool:
    return bool(await fetch(session, TAKE_NEWER, {"users": [user_id], "tasks": [task_id], "seqs": [seq]}))


async def reminders_of(session: AsyncSession, keys: Sequence[Key]) -> dict[Key, dict[str, Scheduled]]:
    """Returns the reminders of each task by their keys, and locks them; the lead time has the key FIRST."""
    found: dict[Key, dict[str, Scheduled]] = {}
    for table in REMINDERS:
        for row in (await session.execute(select(table).where(among(table, keys)).with_for_update())).scalars():
            found.setdefault((row.user_id, row.task_id), {})[row.key if isinstance(row, FurtherReminder) else FIRST] = (
                row
            )
    return found


async def requests_of(session: AsyncSession, events: Sequence[TaskEvent]) -> dict[Key, OccurrenceRequest]:
    keys = [(event.user_id, event.task_id) for event in events if event.payload.series_id]
    if not keys:
        return {}
    query = select(OccurrenceRequest).where(among(OccurrenceRequest, keys)).with_for_update()
    return {(row.user_id, row.task_id): row for row in (await session.execute(query)).scalars()}


def among(table: type[Scheduled | OccurrenceRequest], keys: Sequence[Key]) -> ColumnElement[bool]:
    """Returns the condition that selects the rows of these tasks."""
    return one_of((col(table.user_id), col(table.task_id)), keys)


def put_reminder(session: AsyncSession, table: type[R], known: R | None, **values: Any) -> R:
    """Sets the values of the row `known`, or of a new row: by default, of a scheduled reminder."""
    values.setdefault("state", "scheduled")
    reminder = known.sqlmodel_update(values) if known else table(**values)
    session.add(reminder)
    return reminder


def put_request(session: AsyncSession, known: OccurrenceRequest | None, **values: Any) -> None:
    values |= {"state": "pending", "attempts": 0, "lease": None}
    session.add(known.sqlmodel_update(values) if known else OccurrenceRequest(**values))
