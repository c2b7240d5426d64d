from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from notification_service.notifications.models import Notification, TaskState
from todo_kit.database import one_of

Key = tuple[str, int]

# Ordered by task, so that two batches with the same tasks do not deadlock.
TAKE_NEWER = text("""
    INSERT INTO task_states (user_id, task_id, seq, remind_at)
    SELECT user_id, task_id, seq, remind_at
    FROM unnest(
        CAST(:users AS text[]), CAST(:tasks AS int[]), CAST(:seqs AS int[]), CAST(:remind_ats AS timestamptz[])
    ) AS e(user_id, task_id, seq, remind_at)
    ORDER BY user_id, task_id
    ON CONFLICT (user_id, task_id) DO UPDATE SET seq = excluded.seq, remind_at = excluded.remind_at
    WHERE task_states.seq < excluded.seq
""")


async def take_newer(session: AsyncSession, states: Sequence[TaskState]) -> None:
    """Stores the states that are newer than the known ones and ignores the others."""
    parameters = {
        "users": [state.user_id for state in states],
        "tasks": [state.task_id for state in states],
        "seqs": [state.seq for state in states],
        "remind_ats": [state.remind_at for state in states],
    }
    await session.execute(TAKE_NEWER, parameters)


async def states_of(session: AsyncSession, keys: Sequence[Key]) -> dict[Key, TaskState]:
    query = select(TaskState).where(one_of((col(TaskState.user_id), col(TaskState.task_id)), keys))
    return {(row.user_id, row.task_id): row for row in (await session.execute(query)).scalars()}


async def add(session: AsyncSession, notifications: Sequence[Notification]) -> set[UUID]:
    """Inserts at most one notification per event. Returns the ids of the inserted ones."""
    table = cast("Table", Notification.__table__)  # type: ignore[attr-defined]
    rows = [notification.model_dump() for notification in notifications]
    statement = insert(table).values(rows).on_conflict_do_nothing(index_elements=["event_id"])
    return set((await session.execute(statement.returning(table.c.id))).scalars())


async def page(
    session: AsyncSession, user_id: str, *, unread_only: bool, before: UUID | None, limit: int
) -> Sequence[Notification]:
    query = select(Notification).where(col(Notification.user_id) == user_id)
    if unread_only:
        query = query.where(col(Notification.read_at).is_(None))
    if before is not None:
        query = query.where(col(Notification.id) < before)
    return (await session.execute(query.order_by(col(Notification.id).desc()).limit(limit))).scalars().all()


async def count_unread(session: AsyncSession, user_id: str) -> int:
    query = select(func.count()).select_from(Notification)
    query = query.where(col(Notification.user_id) == user_id, col(Notification.read_at).is_(None))
    return (await session.execute(query)).scalar_one()


async def lock(session: AsyncSession, user_id: str, notification_id: UUID) -> Notification | None:
    query = select(Notification).where(col(Notification.user_id) == user_id, col(Notification.id) == notification_id)
    return (await session.execute(query.with_for_update())).scalar_one_or_none()


async def read_all(session: AsyncSession, user_id: str, now: datetime) -> list[UUID]:
    statement = update(Notification).where(col(Notification.user_id) == user_id, col(Notification.read_at).is_(None))
    result = await session.execute(statement.values(read_at=now).returning(col(Notification.id)))
    return list(result.scalars())
