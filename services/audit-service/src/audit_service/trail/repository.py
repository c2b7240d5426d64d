from collections.abc import AsyncIterator, Mapping, Sequence
from functools import cache
from typing import Any, cast
from uuid import UUID

import asyncpg
from sqlalchemy import ColumnElement, Integer, String, Table, any_, bindparam, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from audit_service.trail.chain import GENESIS
from audit_service.trail.models import AuditLog, TrailHead
from audit_service.trail.signatures import Head
from todo_kit.database import Database
from todo_kit.statements import Statement, arrays_of, fetch, insert_sql, prepare

TABLE = cast("Table", AuditLog.__table__)  # type: ignore[attr-defined]
CHUNK = 1000
FILTERS: dict[str, ColumnElement[bool]] = {
    "resource_id": TABLE.c.resource_id == bindparam("resource_id"),
    "action_types": TABLE.c.action_type == any_(bindparam("action_types", type_=ARRAY(String))),
    "since": TABLE.c.timestamp >= bindparam("since"),
    "until": TABLE.c.timestamp < bindparam("until"),
    "correlation_id": TABLE.c.correlation_id == bindparam("correlation_id"),
    "before": TABLE.c.position < bindparam("before"),
}
"""Conditions on a page of entries. `until` is exclusive, and `before` is a position."""

# Ordered by user, so that two batches with the same users do not deadlock.
LOCK_PEOPLE = prepare("""
    SELECT pg_advisory_xact_lock(hashtextextended('audit/' || user_id, 0))
    FROM unnest(CAST(:user_ids AS text[])) AS user_id ORDER BY user_id
""")
HEADS = prepare("""
    SELECT p.user_id, head.position, head.hash
    FROM unnest(CAST(:user_ids AS text[])) AS p(user_id)
    CROSS JOIN LATERAL (
        SELECT position, hash FROM audit_logs AS a WHERE a.user_id = p.user_id ORDER BY position DESC LIMIT 1
    ) AS head
""")
WRITTEN = tuple(column.name for column in TABLE.columns if column.server_default is None)
ADD = prepare(f"""
    WITH written AS ({insert_sql(TABLE, WRITTEN)} RETURNING user_id, position)
    INSERT INTO trail_heads (user_id, position)
    SELECT user_id, max(position) FROM written GROUP BY user_id ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE SET position = excluded.position
""")  # noqa: S608 - names of our own


async def lock_heads(session: AsyncSession, user_ids: Sequence[str]) -> dict[str, tuple[int, bytes]]:
    """Locks the chains of these users until the commit. Returns the position and hash of each last entry, by user."""
    people = {"user_ids": sorted(set(user_ids))}
    await fetch(session, LOCK_PEOPLE, people)
    rows = await fetch(session, HEADS, people)
    found = {row["user_id"]: (row["position"], row["hash"]) for row in rows}
    return {user_id: found.get(user_id, (0, GENESIS)) for user_id in people["user_ids"]}


async def known(session: AsyncSession, event_ids: Sequence[UUID]) -> set[UUID]:
    query = select(col(AuditLog.event_id)).where(col(AuditLog.event_id).in_(event_ids))
    return set((await session.execute(query)).scalars())


async def add(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    await fetch(session, ADD, arrays_of(rows, WRITTEN))


async def grown_heads(session: AsyncSession, limit: int) -> Sequence[TrailHead]:
    """Returns heads of chains that have grown since they were last signed or found to be rewritten."""
    query = select(TrailHead).where(col(TrailHead.position) > col(TrailHead.looked_at_position)).limit(limit)
    return (await session.execute(query)).scalars().all()


async def head(session: AsyncSession, user_id: str) -> TrailHead | None:
    return (await session.execute(select(TrailHead).where(col(TrailHead.user_id) == user_id))).scalar_one_or_none()


async def signed_heads(session: AsyncSession, after: str, limit: int) -> Sequence[TrailHead]:
    """Returns a page of signed heads, ordered by user id, starting after `after`."""
    query = select(TrailHead).where(col(TrailHead.signature).is_not(None), col(TrailHead.user_id) > after)
    return (await session.execute(query.order_by(col(TrailHead.user_id)).limit(limit))).scalars().all()


async def mark_signed(session: AsyncSession, signed: Head) -> bool:
    """Stores a signed head. Returns False if this head or a newer one is stored already."""
    statement = (
        update(TrailHead)
        .where(col(TrailHead.user_id) == signed.user_id, col(TrailHead.signed_position) < signed.position)
        .values(
            looked_at_position=signed.position,
            signed_position=signed.position,
            signed_hash=signed.hash,
            signed_at=signed.signed_at,
            key_id=signed.key_id,
            signature=signed.signature,
        )
    )
    return bool((await session.execute(statement)).rowcount)  # type: ignore[attr-defined]


async def postpone(session: AsyncSession, looked_at: TrailHead) -> None:
    """Excludes a chain that cannot be signed from `grown_heads` until it grows."""
    statement = update(TrailHead).where(col(TrailHead.user_id) == looked_at.user_id)
    await session.execute(statement.values(looked_at_position=looked_at.position))


async def hash_at(session: AsyncSession, user_id: str, position: int) -> bytes | None:
    query = select(col(AuditLog.hash)).where(col(AuditLog.user_id) == user_id, col(AuditLog.position) == position)
    return (await session.execute(query)).scalar_one_or_none()


async def page(database: Database, user_id: str, filters: Mapping[str, Any], limit: int) -> list[asyncpg.Record]:
    """Returns a page of entries, newest first. `filters` are values for some of FILTERS; None is no filter."""
    given = {name: value for name, value in filters.items() if value is not None}
    return await database.fetch(_page(frozenset(given)), given | {"user_id": user_id, "limit": limit})


@cache
def _page(names: frozenset[str]) -> Statement:
    query = select(TABLE).where(TABLE.c.user_id == bindparam("user_id"), *(FILTERS[name] for name in sorted(names)))
    return prepare(query.order_by(TABLE.c.position.desc()).limit(bindparam("limit", type_=Integer)))


async def people(session: AsyncSession, after: str, limit: int) -> list[str]:
    """Returns a page of users with a trail, ordered by id: each trail has exactly one entry at position 1."""
    query = select(col(AuditLog.user_id)).where(col(AuditLog.position) == 1, col(AuditLog.user_id) > after)
    return list((await session.execute(query.order_by(col(AuditLog.user_id)).limit(limit))).scalars())


async def entries(session: AsyncSession, user_id: str, after: int, limit: int) -> Sequence[AuditLog]:
    query = select(AuditLog).where(col(AuditLog.user_id) == user_id, col(AuditLog.position) > after)
    return (await session.execute(query.order_by(col(AuditLog.position)).limit(limit))).scalars().all()


def whole_chain(database: Database, user_id: str) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
    """Yields a user's entries in order, including those with invalid positions below 1."""
    return chain_after(database, user_id, None)


async def chain_after(
    database: Database, user_id: str, position: int | None
) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
    """Yields entries in chunks. This limits memory, and releases the connection between two chunks."""
    query = select(TABLE).where(TABLE.c.user_id == user_id).order_by(TABLE.c.position).limit(CHUNK)
    rest = query if position is None else query.where(TABLE.c.position > position)
    while True:
        async with database.autocommit() as session:
            rows = cast("Sequence[Mapping[str, Any]]", (await session.execute(rest)).mappings().all())
        if not rows:
            return
        yield rows
        rest = query.where(TABLE.c.position > rows[-1]["position"])
