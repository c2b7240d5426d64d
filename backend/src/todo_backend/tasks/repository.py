"""Statements on tasks. Each one names the user."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import (
    CollectionAggregate,
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    any_,
    bindparam,
    literal,
    literal_column,
    select,
    text,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.tasks.errors import TaskDeletedError, TaskNotFound
from todo_backend.tasks.models import Task
from todo_backend.tasks.views import COLUMNS
from todo_kit.database import Database
from todo_kit.statements import prepare

# Built once: building a select of so many columns costs more than running it.
ANCHOR: list[ColumnElement[Any]] = [
    literal_column("tasks.template ->> 'anchor'").label("anchor"),
    literal_column("(tasks.template ->> 'anchor_slot')::int").label("anchor_slot"),
]
PAGE: Select[Any] = select(*(getattr(Task, name) for name in COLUMNS), *ANCHOR)
OPEN = and_(col(Task.completed_at).is_(None), col(Task.deleted_at).is_(None))
ONE = prepare(PAGE.where(col(Task.user_id) == bindparam("user_id"), col(Task.id) == bindparam("task_id")))

TURN = text("SELECT pg_advisory_xact_lock(hashtextextended('tasks/' || :user_id, 0))")


async def get_row(database: Database, user_id: str, task_id: int) -> asyncpg.Record:
    """Returns the columns that a view needs. Raises TaskNotFound or TaskDeletedError."""
    row = await database.fetch_one(ONE, {"user_id": user_id, "task_id": task_id})
    if row is None:
        raise TaskNotFound(task_id)
    if row["deleted_at"] is not None:
        raise TaskDeletedError(task_id)
    return row


async def get_rows(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Returns the tasks that exist, including deleted ones, ordered by number."""
    query = PAGE.where(col(Task.user_id) == user_id, col(Task.id).in_(task_ids)).order_by(col(Task.id))
    rows: Sequence[Row[Any]] = (await session.execute(query)).all()
    return rows


async def lock(
    session: AsyncSession, user_id: str, task_id: int, *, deleted_too: bool = False, purged_too: bool = False
) -> Task:
    """Returns the task, locked until the commit. The lock serializes its versions, and so the order of its events.

    Raises TaskNotFound, or TaskDeletedError unless `deleted_too`. A purged task is not found unless `purged_too`.
    """
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.id) == task_id).with_for_update()
    task = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if task is None or (task.purged_at is not None and not purged_too):
        raise TaskNotFound(task_id)
    if task.deleted_at is not None and not deleted_too:
        raise TaskDeletedError(task_id)
    return task


async def take_turn(session: AsyncSession, user_id: str) -> None:
    """Takes the account's advisory lock until the commit. Required before locking several tasks of a user.

    A change may find out which tasks it affects only while it holds other tasks, so locking by number is not always
    possible. A transaction that locks a single task does not need this lock: it waits for no other task meanwhile.
    """
    await session.execute(TURN, {"user_id": user_id})


async def lock_all(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> None:
    """Locks the tasks and what their changes may affect: their successors and the open tasks of their series.

    Takes the account's advisory lock first, then locks in the order of the numbers.
    """
    await take_turn(session, user_id)
    mine, given = select(col(Task.id)).where(col(Task.user_id) == user_id), _any_of(task_ids)
    series = select(col(Task.series_id)).where(col(Task.user_id) == user_id, col(Task.id) == given)
    wanted = union(
        mine.where(col(Task.id) == given),
        mine.where(col(Task.predecessor_series).in_(series), col(Task.predecessor) == given),
        mine.where(col(Task.series_id).in_(series), OPEN),
    )
    await session.execute(mine.where(col(Task.id).in_(wanted)).order_by(col(Task.id)).with_for_update())


async def get_many(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> Sequence[Task]:
    """Returns the tasks that exist, including deleted ones."""
    query = select(Task).where(col(Task.user_id) == user_id, col(Task.id) == _any_of(task_ids))
    return (await session.execute(query)).scalars().all()


def _any_of(numbers: Sequence[int]) -> CollectionAggregate[bool]:
    """One parameter for any number of tasks: a step can have more than the 32,767 parameters of a statement."""
    return any_(literal(list(numbers), ARRAY(Integer)))


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
