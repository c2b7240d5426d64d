from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

import asyncpg
from sqlalchemy import Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from notification_service.webhooks.models import LIFETIME, Message, Webhook
from todo_kit.database import Database
from todo_kit.statements import arrays_of, fetch, insert_sql, prepare


@dataclass(frozen=True, slots=True)
class AtOnce:
    """How many attempts run at the same time, of all replicas."""

    to_webhook: int
    of_user: int


TABLE = cast("Table", Message.__table__)  # type: ignore[attr-defined]
ADD = prepare(f"{insert_sql(TABLE, TABLE.columns.keys())} ON CONFLICT (webhook_id, event_id) DO NOTHING")
# The lock lets a deletion wait: a message of a webhook that is deleted meanwhile would fail the whole batch.
ACTIVE = prepare("""
    SELECT id, user_id, events, tags FROM webhooks WHERE user_id = ANY(CAST(:users AS text[])) AND paused IS NULL
    ORDER BY id FOR KEY SHARE
""")
WAITING_OF = prepare("""
    SELECT webhook_id, count(*) AS number FROM webhook_messages
    WHERE webhook_id = ANY(CAST(:ids AS uuid[])) AND state = 'waiting' GROUP BY webhook_id
""")
# Webhooks that are on and have messages, by a loose index scan: one probe for each, however many messages it has.
# Running attempts have leases that end soon, so they are in a short range of the index. Clocks may differ a minute.
BUSY = """
    WITH RECURSIVE found (id) AS (
        (SELECT webhook_id FROM webhook_messages WHERE state = 'waiting' ORDER BY webhook_id LIMIT 1)
        UNION ALL
        SELECT (
            SELECT webhook_id FROM webhook_messages WHERE state = 'waiting' AND webhook_id > found.id
            ORDER BY webhook_id LIMIT 1
        ) FROM found WHERE found.id IS NOT NULL
    ), running AS (
        SELECT w.id, w.user_id, w.failing_since IS NOT NULL AS failing, (
            SELECT count(*) FROM webhook_messages
            WHERE webhook_id = w.id AND state = 'waiting' AND lease IS NOT NULL
                AND due_at > :now AND due_at <= CAST(:lease_ends AS timestamptz) + interval '1 minute'
        ) AS attempts
        FROM found JOIN webhooks w ON w.id = found.id
        WHERE w.paused IS NULL AND NOT EXISTS (SELECT FROM erased_users e WHERE e.user_id = w.user_id)
    ), busy AS (
        SELECT *, sum(attempts) OVER (PARTITION BY user_id) AS attempts_of_user FROM running
    )
"""
# A webhook and a user have a limited number of attempts at a time, so that slow receivers hold up no other user. The
# first of each user come first, those of webhooks that work before those of others.
CLAIM = prepare(f"""{BUSY}, oldest AS (
        SELECT m.id, m.due_at, b.failing, b.attempts_of_user + row_number() OVER (
            PARTITION BY b.user_id ORDER BY b.failing, m.place, m.due_at, m.id
        ) AS place
        FROM busy b CROSS JOIN LATERAL (
            SELECT id, due_at, row_number() OVER (ORDER BY due_at, id) AS place FROM webhook_messages
            WHERE webhook_id = b.id AND state = 'waiting' AND due_at <= :now ORDER BY due_at, id
            LIMIT greatest(0, CAST(:to_webhook AS int) - b.attempts)
        ) m
    ), due AS (
        SELECT m.id FROM webhook_messages m JOIN oldest o ON o.id = m.id
        WHERE o.place <= CAST(:of_user AS int) AND m.state = 'waiting' AND m.due_at <= :now
        ORDER BY o.place, o.failing, o.due_at, o.id LIMIT CAST(:number AS int) FOR UPDATE OF m SKIP LOCKED
    ), claimed AS (
        UPDATE webhook_messages m SET attempts = attempts + 1, lease = CAST(:lease AS uuid), due_at = :lease_ends
        FROM due WHERE m.id = due.id RETURNING m.*
    )
    SELECT c.id, c.user_id, c.webhook_id, c.type, c.body, c.attempts, c.expires_at, c.lease, w.url, w.secret,
        CASE WHEN w.previous_until > :now THEN w.previous_secret END AS previous_secret
    FROM claimed c JOIN webhooks w ON w.id = c.webhook_id ORDER BY c.id
""")  # noqa: S608 - SQL of our own
# Claims at once would each count the same running attempts.
CLAIM_TURN = prepare("SELECT pg_advisory_xact_lock(hashtextextended('webhooks/claims', 0))")
# A webhook or user that has its attempts waits until one ends: this replica wakes itself, another claims by itself, and
# one that died has leases that end.
DUE = prepare(f"""{BUSY}
    SELECT min(m.due_at) AS next_at FROM busy b CROSS JOIN LATERAL (
        SELECT due_at FROM webhook_messages
        WHERE webhook_id = b.id AND state = 'waiting' AND (due_at > :now OR (
            b.attempts < CAST(:to_webhook AS int) AND b.attempts_of_user < CAST(:of_user AS int)
        ))
        ORDER BY due_at LIMIT 1
    ) m
""")  # noqa: S608 - SQL of our own
ANSWERED = prepare("""
    UPDATE webhook_messages SET status = CAST(:status AS int), answer = CAST(:answer AS text)
    WHERE id = CAST(:id AS uuid) AND lease = CAST(:lease AS uuid)
""")
FINISH = prepare("""
    UPDATE webhook_messages SET state = CAST(:state AS text), reason = CAST(:reason AS text), finished_at = :now,
        lease = NULL
    WHERE id = CAST(:id AS uuid) AND lease = CAST(:lease AS uuid)
""")
POSTPONE = prepare("""
    UPDATE webhook_messages SET due_at = :due_at, reason = CAST(:reason AS text), lease = NULL,
        attempts = attempts - CASE WHEN CAST(:counted AS boolean) THEN 0 ELSE 1 END
    WHERE id = CAST(:id AS uuid) AND lease = CAST(:lease AS uuid)
""")
ARRIVED = prepare("""
    UPDATE webhooks SET failing_since = NULL WHERE id = CAST(:id AS uuid) AND failing_since IS NOT NULL
""")
FAILED = prepare("""
    UPDATE webhooks SET failing_since = coalesce(failing_since, :now) WHERE id = CAST(:id AS uuid)
    RETURNING failing_since
""")
PAUSE = prepare("""
    WITH paused AS (
        UPDATE webhooks SET paused = CAST(:reason AS text)
        WHERE id = ANY(CAST(:ids AS uuid[])) AND paused IS NULL RETURNING id, user_id, url
    ), dropped AS (
        UPDATE webhook_messages SET state = 'dropped', reason = CAST(:reason AS text), finished_at = :now, lease = NULL
        FROM paused WHERE webhook_id = paused.id AND state = 'waiting'
    )
    SELECT * FROM paused
""")


async def of_user(session: AsyncSession, user_id: str) -> Sequence[Webhook]:
    query = select(Webhook).where(col(Webhook.user_id) == user_id).order_by(col(Webhook.created_at), col(Webhook.id))
    return (await session.execute(query)).scalars().all()


async def lock(session: AsyncSession, user_id: str, id_: UUID) -> Webhook | None:
    query = select(Webhook).where(col(Webhook.user_id) == user_id, col(Webhook.id) == id_).with_for_update()
    return (await session.execute(query)).scalar_one_or_none()


async def lock_user(session: AsyncSession, user_id: str) -> None:
    """Lets requests at once not pass a limit together."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"webhooks/{user_id}", 0))))


async def messages(
    session: AsyncSession, user_id: str, webhook_id: UUID, before: UUID | None, limit: int
) -> Sequence[Message]:
    """Returns the newest messages, or those before one."""
    query = select(Message).where(col(Message.user_id) == user_id, col(Message.webhook_id) == webhook_id)
    if before is not None:
        query = query.where(col(Message.id) < before)
    return (await session.execute(query.order_by(col(Message.id).desc()).limit(limit))).scalars().all()


async def send_again(session: AsyncSession, user_id: str, webhook_id: UUID, id_: UUID, now: datetime) -> bool:
    """Lets a message wait again. Returns whether the webhook has such a message; one that waits already is sent now."""
    mine = col(Message.user_id) == user_id, col(Message.webhook_id) == webhook_id, col(Message.id) == id_
    waiting = {"state": "waiting", "attempts": 0, "due_at": now, "expires_at": now + LIFETIME}
    waiting |= {"finished_at": None, "reason": None}
    found = await session.execute(update(Message).where(*mine, col(Message.lease).is_(None)).values(**waiting))
    if found.rowcount:  # type: ignore[attr-defined]
        return True
    return (await session.execute(select(col(Message.id)).where(*mine))).scalar_one_or_none() is not None


async def active_of(session: AsyncSession, users: Sequence[str]) -> list[asyncpg.Record]:
    return await fetch(session, ACTIVE, {"users": users})


async def waiting_of(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Returns how many messages of the webhooks wait."""
    return {row["webhook_id"]: row["number"] for row in await fetch(session, WAITING_OF, {"ids": ids})}


async def add(session: AsyncSession, messages: Sequence[Message]) -> None:
    rows = [message.model_dump() for message in messages]
    await fetch(session, ADD, arrays_of(rows, TABLE.columns.keys()))


async def pause(session: AsyncSession, ids: Sequence[UUID], reason: str, now: datetime) -> list[asyncpg.Record]:
    """Pauses webhooks and drops what waits. Returns those that were on, with `id`, `user_id` and `url`."""
    return await fetch(session, PAUSE, {"ids": ids, "reason": reason, "now": now})


async def claim(
    database: Database, number: int, at_once: AtOnce, lease: UUID, now: datetime, ends: datetime
) -> list[asyncpg.Record]:
    """Claims due messages until `ends`, and returns them with what is needed to send them."""
    values = {"number": number, "lease": lease, "now": now, "lease_ends": ends, **asdict(at_once)}
    async with database.transaction() as session:
        await fetch(session, CLAIM_TURN, {})
        return await fetch(session, CLAIM, values)


async def next_at(database: Database, at_once: AtOnce, now: datetime, ends: datetime) -> datetime | None:
    """Returns when the next message can be claimed. `ends` is the end of a lease that begins now."""
    [row] = await database.fetch(DUE, {"now": now, "lease_ends": ends, **asdict(at_once)})
    return cast("datetime | None", row["next_at"])


async def record_answer(database: Database, id_: UUID, lease: UUID, status: int, answer: str) -> None:
    await database.fetch(ANSWERED, {"id": id_, "lease": lease, "status": status, "answer": answer})


async def finish(database: Database, id_: UUID, lease: UUID, state: str, reason: str | None, now: datetime) -> None:
    await database.fetch(FINISH, {"id": id_, "lease": lease, "state": state, "reason": reason, "now": now})


async def postpone(database: Database, id_: UUID, lease: UUID, reason: str, due_at: datetime, *, counted: bool) -> None:
    values = {"id": id_, "lease": lease, "reason": reason, "due_at": due_at, "counted": counted}
    await database.fetch(POSTPONE, values)


async def arrived(database: Database, webhook_id: UUID) -> None:
    await database.fetch(ARRIVED, {"id": webhook_id})


async def failed_for(database: Database, webhook_id: UUID, now: datetime) -> timedelta:
    """Records a failure. Returns how long nothing has arrived."""
    rows = await database.fetch(FAILED, {"id": webhook_id, "now": now})
    return now - rows[0]["failing_since"] if rows else timedelta()
