from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from todo_backend.tasks.steps import REDO
from todo_backend.undo.models import UndoStep


async def newest_step(session: AsyncSession, user_id: str, client: str, within: str) -> str | None:
    """Returns the client's newest step that is not undone and whose id starts with `within`."""
    query = (
        select(UndoStep.step)
        .where(
            UndoStep.user_id == user_id,
            UndoStep.client == client,
            col(UndoStep.undone_at).is_(None),
            col(UndoStep.step).startswith(within, autoescape=True),
            col(UndoStep.step).not_like(f"{REDO}%"),
        )
        .order_by(col(UndoStep.id).desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def of_step(session: AsyncSession, user_id: str, step: str, client: str | None) -> Sequence[UndoStep]:
    """Locks and returns the rows of the step, newest first. With `client`, only rows of that client."""
    query = select(UndoStep).where(UndoStep.user_id == user_id, UndoStep.step == step)
    if client is not None:
        query = query.where(UndoStep.client == client)
    return (await session.execute(query.order_by(col(UndoStep.id).desc()).with_for_update())).scalars().all()


async def mark_undone(session: AsyncSession, user_id: str, rows: Sequence[UndoStep], now: datetime | None) -> None:
    """Marks the rows as undone at `now`; with None, as not undone."""
    ids = [row.id for row in rows]
    statement = update(UndoStep).where(col(UndoStep.user_id) == user_id, col(UndoStep.id).in_(ids))
    await session.execute(statement.values(undone_at=now))
