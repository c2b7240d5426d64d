from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, false, or_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from todo_backend.undo.models import AssistantChange


async def newest_step(session: AsyncSession, user_id: str, within: str) -> str | None:
    """The correlation id of the last change that still stands; `within` is how its correlation id must begin."""
    query = (
        select(AssistantChange.correlation_id)
        .where(
            AssistantChange.user_id == user_id,
            col(AssistantChange.undone_at).is_(None),
            col(AssistantChange.correlation_id).startswith(within, autoescape=True),
        )
        .order_by(col(AssistantChange.id).desc())
        .limit(1)
    )
    return (await session.execute(query)).scalar_one_or_none()


async def take(session: AsyncSession, user_id: str, correlation_id: str, now: datetime) -> Sequence[AssistantChange]:
    """The step's changes that still stand, the last one first, marked as taken back: whoever is second finds none."""
    statement = (
        update(AssistantChange)
        .where(
            col(AssistantChange.user_id) == user_id,
            col(AssistantChange.correlation_id) == correlation_id,
            col(AssistantChange.undone_at).is_(None),
        )
        .values(undone_at=now)
        .returning(AssistantChange)
    )
    changes = (await session.execute(statement)).scalars().all()
    return sorted(changes, key=lambda change: change.id, reverse=True)


async def standing_for(
    session: AsyncSession, user_id: str, versions: Iterable[tuple[int, int]]
) -> Sequence[AssistantChange]:
    """The changes that still stand and made one of these versions of a task."""
    made = [col(AssistantChange.inverse).contains([{"id": task, "if_match": version}]) for task, version in versions]
    query = select(AssistantChange).where(
        AssistantChange.user_id == user_id, col(AssistantChange.undone_at).is_(None), or_(false(), *made)
    )
    return (await session.execute(query.with_for_update())).scalars().all()


async def prune(session: AsyncSession, made_before: datetime) -> int:
    result = await session.execute(delete(AssistantChange).where(col(AssistantChange.made_at) < made_before))
    return int(result.rowcount)  # type: ignore[attr-defined]
