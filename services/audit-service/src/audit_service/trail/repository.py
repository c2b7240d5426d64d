from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from audit_service.trail.chain import GENESIS
from audit_service.trail.models import AuditLog
from todo_kit.database import Database

TABLE = cast("Table", AuditLog.__table__)  # type: ignore[attr-defined]
CHUNK = 1000

# In the order of the names, so that two batches with the same people wait for each other instead of deadlocking.
LOCK_PEOPLE = text("""
    SELECT pg_advisory_xact_lock(hashtextextended('audit/' || user_id, 0))
    FROM unnest(CAST(:user_ids AS text[])) AS user_id ORDER BY user_id
""")
HEADS = text("""
    SELECT p.user_id, head.position, head.hash
    FROM unnest(CAST(:user_ids AS text[])) AS p(user_id)
    CROSS JOIN LATERAL (
        SELECT position, hash FROM audit_logs AS a WHERE a.user_id = p.user_id ORDER BY position DESC LIMIT 1
    ) AS head
""")


async def lock_heads(session: AsyncSession, user_ids: Sequence[str]) -> dict[str, tuple[int, bytes]]:
    """Where each person's chain ends. Until the commit nobody else adds to these chains."""
    people = {"user_ids": sorted(set(user_ids))}
    await session.execute(LOCK_PEOPLE, people)
    found = {row.user_id: (row.position, row.hash) for row in await session.execute(HEADS, people)}
    return {user_id: found.get(user_id, (0, GENESIS)) for user_id in people["user_ids"]}


async def known(session: AsyncSession, event_ids: Sequence[UUID]) -> set[UUID]:
    query = select(col(AuditLog.event_id)).where(col(AuditLog.event_id).in_(event_ids))
    return set((await session.execute(query)).scalars())


async def add(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    await session.execute(insert(TABLE), rows)


async def page(
    session: AsyncSession, user_id: str, where: Sequence[ColumnElement[bool]], before: int | None, limit: int
) -> Sequence[AuditLog]:
    """The newest first, from below a position."""
    query = select(AuditLog).where(col(AuditLog.user_id) == user_id, *where)
    if before is not None:
        query = query.where(col(AuditLog.position) < before)
    return (await session.execute(query.order_by(col(AuditLog.position).desc()).limit(limit))).scalars().all()


async def people(session: AsyncSession, after: str, limit: int) -> list[str]:
    """By their first entries, of which each has one."""
    query = select(col(AuditLog.user_id)).where(col(AuditLog.position) == 1, col(AuditLog.user_id) > after)
    return list((await session.execute(query.order_by(col(AuditLog.user_id)).limit(limit))).scalars())


async def entries(session: AsyncSession, user_id: str, after: int, limit: int) -> Sequence[AuditLog]:
    query = select(AuditLog).where(col(AuditLog.user_id) == user_id, col(AuditLog.position) > after)
    return (await session.execute(query.order_by(col(AuditLog.position)).limit(limit))).scalars().all()


async def whole_chain(database: Database, user_id: str) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
    """A person's entries from the first to the last, whatever their positions, in chunks: memory does not grow with
    the trail, and between two chunks others have their turn at the database.
    """
    query = select(TABLE).where(TABLE.c.user_id == user_id).order_by(TABLE.c.position).limit(CHUNK)
    rest = query
    while True:
        async with database.autocommit() as session:
            rows = cast("Sequence[Mapping[str, Any]]", (await session.execute(rest)).mappings().all())
        if not rows:
            return
        yield rows
        rest = query.where(TABLE.c.position > rows[-1]["position"])
