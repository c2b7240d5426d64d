from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import cast
from uuid import UUID

import asyncpg
from sqlalchemy import Integer, Table, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from notification_service.notifications.models import Notification, TaskState
from todo_kit.database import Database
from todo_kit.ids import uuid7
from todo_kit.statements import Statement, arrays_of, fetch, insert_sql, prepare

Key = tuple[str, int]

# Ordered by task, so that two batches with the same tasks do not deadlock.
TAKE_NEWER = prepare("""
    INSERT INTO task_states (user_id, task_id, seq, reminders, over)
    SELECT user_id, task_id, seq, string_to_array(reminders, E'\n'), over
    FROM unnest(
        CAST(:users AS text[]), CAST(:tasks AS int[]), CAST(:seqs AS int[]), CAST(:reminders AS text[]),
        CAST(:over AS boolean[])
    ) AS e(user_id, task_id, seq, reminders, over)
    ORDER BY user_id, task_id
    ON CONFLICT (user_id, task_id) DO UPDATE
    SET seq = excluded.seq, remind_at = NULL, reminders = excluded.reminders, over = excluded.over
    WHERE task_states.seq < excluded.seq
""")
STATES = prepare("""
    SELECT user_id, task_id, seq, remind_at, reminders, over FROM task_states
    WHERE (user_id, task_id) IN (SELECT * FROM unnest(CAST(:users AS text[]), CAST(:tasks AS int[])))
""")
TABLE = cast("Table", Notification.__table__)  # type: ignore[attr-defined]
OWN = TABLE.c.user_id == bindparam("user_id")
UNREAD = TABLE.c.read_at.is_(None)
COUNT_UNREAD = prepare(select(func.count()).select_from(TABLE).where(OWN, UNREAD))
ADD = prepare(f"{insert_sql(TABLE, TABLE.columns.keys())} ON CONFLICT (event_id) DO NOTHING RETURNING id")


async def take_newer(session: AsyncSession, states: Sequence[TaskState]) -> None:
    """Stores the states that are newer than the known ones and ignores the others."""
    parameters = {
        "users": [state.user_id for state in states],
        "tasks": [state.task_id for state in states],
        "seqs": [state.seq for state in states],
        # Joined, because unnest flattens an array of arrays.
        "reminders": ["\n".join(state.reminders) for state in states],
        "over": [state.over for state in states],
    }
    await fetch(session, TAKE_NEWER, parameters)


async def states_of(session: AsyncSession, keys: Sequence[Key]) -> dict[Key, TaskState]:
    users, tasks = [user_id for user_id, _ in keys], [task_id for _, task_id in keys]
    rows = await fetch(session, STATES, {"users": users, "tasks": tasks})
    return {(row["user_id"], row["task_id"]): TaskState(**row) for row in rows}


async def add(session: AsyncSession, notifications: Sequence[Notification]) -> set[UUID]:
    """Inserts at most one notification per event. Returns the ids of the inserted ones."""
    rows = [notification.model_dump() for notification in notifications]
    return {row["id"] for row in await fetch(session, ADD, arrays_of(rows, TABLE.columns.keys()))}


async def page(
    database: Database, user_id: str, *, unread_only: bool, before: UUID | None, limit: int
) -> list[asyncpg.Record]:
    values = {"user_id": user_id, "before": before, "limit": limit}
    return await database.fetch(_page(unread_only=unread_only, continued=before is not None), values)


@cache
def _page(*, unread_only: bool, continued: bool) -> Statement:
    query = select(TABLE).where(OWN, *([UNREAD] if unread_only else []))
    if continued:
        query = query.where(TABLE.c.id < bindparam("before"))
    return prepare(query.order_by(TABLE.c.id.desc()).limit(bindparam("limit", type_=Integer)))


async def count_unread(database: Database, user_id: str) -> int:
    [(count,)] = await database.fetch(COUNT_UNREAD, {"user_id": user_id})
    return int(count)


async def has_type_since(session: AsyncSession, user_id: str, type_: str, since: datetime) -> bool:
    """Returns whether the user has a notification of this type that was created after `since`."""
    newer = col(Notification.user_id) == user_id, col(Notification.id) > uuid7(since), col(Notification.type) == type_
    return (await session.execute(select(col(Notification.id)).where(*newer).limit(1))).first() is not None


async def lock_tests(session: AsyncSession, user_id: str) -> None:
    """Lets the user's requests for a test wait for one another until the commit."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"test {user_id}"))))


async def lock(session: AsyncSession, user_id: str, notification_id: UUID) -> Notification | None:
    query = select(Notification).where(col(Notification.user_id) == user_id, col(Notification.id) == notification_id)
    return (await session.execute(query.with_for_update())).scalar_one_or_none()


async def read_all(session: AsyncSession, user_id: str, now: datetime) -> list[UUID]:
    statement = update(Notification).where(col(Notification.user_id) == user_id, col(Notification.read_at).is_(None))
    result = await session.execute(statement.values(read_at=now).returning(col(Notification.id)))
    return list(result.scalars())
