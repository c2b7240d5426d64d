"""The statements on tasks. Every one of them names the user."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, select, text, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.tasks.errors import TaskDeletedError, TaskNotFound
from todo_backend.tasks.models import Task
from todo_backend.tasks.views import COLUMNS

# Made once: to put so many columns together costs more than the query.
PAGE = select(*(getattr(Task, name) for name in COLUMNS))
OPEN = and_(col(Task.completed_at).is_(None), col(Task.deleted_at).is_(None))
ONE = PAGE.where(col(Task.user_id) == bindparam("user_id"), col(Task.id) == bindparam("task_id"))

TURN = text("SELECT pg_advisory_xact_lock(hashtextextended('tasks/' || :user_id, 0))")


async def get_row(session: AsyncSession, user_id: str, task_id: int) -> Row[Any]:
    """The task as it can be shown. Raises TaskNotFound, TaskDeletedError."""
    row = (await session.execute(ONE, {"user_id": user_id, "task_id": task_id})).one_or_none()
    if row is None:
        raise TaskNotFound(task_id)
    if row.deleted_at is not None:
        raise TaskDeletedError(task_id)
    return row


async def get_rows(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Those that there are, by number, deleted ones too."""
    query = PAGE.where(col(Task.user_id) == user_id, col(Task.id).in_(task_ids)).order_by(col(Task.id))
    return (await session.execute(query)).all()


async def lock(session: AsyncSession, user_id: str, task_id: int, *, deleted_too: bool = False) -> Task:
    """The task, locked until the commit: its version, and so the order of its events, is decided by one at a time."""
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.id) == task_id).with_for_update()
    task = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if task is None:
        raise TaskNotFound(task_id)
    if task.deleted_at is not None and not deleted_too:
        raise TaskDeletedError(task_id)
    return task


async def take_turn(session: AsyncSession, user_id: str) -> None:
    """Waits for whoever else locks several of the person's tasks, until the commit.

    What a change reaches may come to light only when it holds other tasks, so there is no order in which all could be
    locked. Who locks a single one needs no turn: it waits for nobody while it holds that one.
    """
    await session.execute(TURN, {"user_id": user_id})


async def lock_all(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> None:
    """Locks the tasks, and with them what their changes may reach: their successors and what is open in their series.

    In the order of the numbers, and in its turn.
    """
    await take_turn(session, user_id)
    mine = select(col(Task.id)).where(col(Task.user_id) == user_id)
    series = select(col(Task.series_id)).where(col(Task.user_id) == user_id, col(Task.id).in_(task_ids))
    wanted = union(
        mine.where(col(Task.id).in_(task_ids)),
        mine.where(col(Task.predecessor_series).in_(series), col(Task.predecessor).in_(task_ids)),
        mine.where(col(Task.series_id).in_(series), OPEN),
    )
    await session.execute(mine.where(col(Task.id).in_(wanted)).order_by(col(Task.id)).with_for_update())


async def get_many(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> Sequence[Task]:
    """Those that there are, deleted ones too."""
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.id).in_(task_ids))
    return (await session.execute(query)).scalars().all()


def successor_of(task: Task) -> Select[Task]:
    return select(Task).where(
        col(Task.user_id) == task.user_id,
        col(Task.predecessor_series) == task.series_id,
        col(Task.predecessor) == task.id,
    )


async def lock_successor(session: AsyncSession, task: Task) -> Task | None:
    return (await session.execute(successor_of(task).with_for_update())).scalar_one_or_none()


async def lock_open_of_series(session: AsyncSession, user_id: str, series_id: UUID) -> Sequence[Task]:
    query = select(Task).where(
        col(Task.user_id) == user_id,
        col(Task.series_id) == series_id,
        OPEN,
    )
    return (await session.execute(query.order_by(col(Task.id)).with_for_update())).scalars().all()
