from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import asyncpg
from sqlalchemy import Table, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from notification_service.digests.models import Digest, DigestSettings
from todo_kit.database import Database
from todo_kit.statements import arrays_of, fetch, insert_sql, prepare

BATCH = 500
TABLE = cast("Table", Digest.__table__)  # type: ignore[attr-defined]
ADD = prepare(f"{insert_sql(TABLE, TABLE.columns.keys())} ON CONFLICT (user_id, day) DO NOTHING")
# A CTE, because Postgres may run a subquery of IN more than once and then claim more than one batch.
CLAIM = prepare("""
    WITH due AS (
        SELECT id FROM digests WHERE state = 'waiting' AND due_at <= :now
        ORDER BY due_at LIMIT CAST(:number AS int) FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE digests d SET attempts = attempts + 1, lease = CAST(:lease AS uuid), due_at = :lease_ends
        FROM due WHERE d.id = due.id RETURNING d.*
    )
    SELECT c.id, c.user_id, c.day, c.attempts, c.expires_at, c.created_at, s.email, s.unsubscribe_token,
        s.user_id IS NOT NULL AND s.problem IS NULL AND e.user_id IS NULL AS wanted
    FROM claimed c LEFT JOIN digest_settings s ON s.user_id = c.user_id
    LEFT JOIN erased_users e ON e.user_id = c.user_id ORDER BY c.id
""")
FINISH = prepare("""
    UPDATE digests SET state = CAST(:state AS text), reason = CAST(:reason AS text), finished_at = :now, lease = NULL
    WHERE id = CAST(:id AS uuid) AND lease = CAST(:lease AS uuid)
""")
POSTPONE = prepare("""
    UPDATE digests SET due_at = :due_at, reason = CAST(:reason AS text), lease = NULL,
        attempts = attempts - CASE WHEN CAST(:counted AS boolean) THEN 0 ELSE 1 END
    WHERE id = CAST(:id AS uuid) AND lease = CAST(:lease AS uuid)
""")
WAITING = prepare("""
    SELECT min(due_at) AS next_at, min(created_at) AS oldest FROM digests WHERE state = 'waiting'
""")


async def get(session: AsyncSession, user_id: str) -> DigestSettings | None:
    return await session.get(DigestSettings, user_id)


async def save(session: AsyncSession, user_id: str, values: dict[str, Any], unsubscribe_token: str) -> None:
    """Stores the values. The token stays, because it is in mails that were sent."""
    new = {"user_id": user_id, "settings_seq": 0, "unsubscribe_token": unsubscribe_token, **values}
    statement = insert(DigestSettings).values(new)
    await session.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=values))


async def remove(session: AsyncSession, user_id: str) -> None:
    await session.execute(delete(DigestSettings).where(col(DigestSettings.user_id) == user_id))


async def unsubscribe(session: AsyncSession, token: str) -> None:
    await session.execute(delete(DigestSettings).where(col(DigestSettings.unsubscribe_token) == token))


async def set_problem(session: AsyncSession, user_id: str, address: str, problem: str) -> None:
    named = col(DigestSettings.user_id) == user_id, col(DigestSettings.email) == address
    await session.execute(update(DigestSettings).where(*named).values(problem=problem))


async def lock_older(session: AsyncSession, seqs: dict[str, int]) -> list[DigestSettings]:
    """Returns the settings of these users that are older than the given versions."""
    query = select(DigestSettings).where(col(DigestSettings.user_id).in_(seqs)).order_by(col(DigestSettings.user_id))
    found = (await session.execute(query.with_for_update())).scalars().all()
    return [settings for settings in found if settings.settings_seq < seqs[settings.user_id]]


async def lock_due(session: AsyncSession, now: datetime) -> Sequence[DigestSettings]:
    """Returns settings whose time has come. Replicas take different ones."""
    query = select(DigestSettings).where(col(DigestSettings.next_at) <= now).order_by(col(DigestSettings.next_at))
    return (await session.execute(query.limit(BATCH).with_for_update(skip_locked=True))).scalars().all()


async def add(session: AsyncSession, digests: Sequence[Digest]) -> None:
    rows = [digest.model_dump() for digest in digests]
    await fetch(session, ADD, arrays_of(rows, TABLE.columns.keys()))


async def claim(database: Database, number: int, lease: UUID, now: datetime, ends: datetime) -> list[asyncpg.Record]:
    return await database.fetch(CLAIM, {"number": number, "lease": lease, "now": now, "lease_ends": ends})


async def waiting(database: Database) -> tuple[datetime, datetime] | None:
    [row] = await database.fetch(WAITING, {})
    return (row["next_at"], row["oldest"]) if row["next_at"] else None


async def finish(database: Database, id_: UUID, lease: UUID, state: str, reason: str | None, now: datetime) -> None:
    await database.fetch(FINISH, {"id": id_, "lease": lease, "state": state, "reason": reason, "now": now})


async def postpone(database: Database, id_: UUID, lease: UUID, reason: str, due_at: datetime, *, counted: bool) -> None:
    values = {"id": id_, "lease": lease, "reason": reason, "due_at": due_at, "counted": counted}
    await database.fetch(POSTPONE, values)
