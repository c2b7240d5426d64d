from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import asyncpg
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.deliveries.models import LIFETIME, Delivery
from notification_service.sending import Outgoing
from todo_kit.database import Database
from todo_kit.statements import arrays_of, fetch, insert_sql, prepare

TABLE = cast("Table", Delivery.__table__)  # type: ignore[attr-defined]
ADD = prepare(f"{insert_sql(TABLE, TABLE.columns.keys())} ON CONFLICT (notification_id, channel, target) DO NOTHING")
# Of the oldest, the first of each user come first, so that one with very many does not hold up the others.
# A CTE, because Postgres may run a subquery of IN more than once and then claim more than one batch.
CLAIM = prepare("""
    WITH oldest AS (
        SELECT id, user_id, due_at FROM deliveries
        WHERE channel = CAST(:channel AS text) AND state = 'waiting' AND due_at <= :now ORDER BY due_at LIMIT 1000
    ), ranked AS (
        SELECT id, due_at, row_number() OVER (PARTITION BY user_id ORDER BY due_at) AS place FROM oldest
    ), due AS (
        SELECT d.id FROM deliveries d JOIN ranked r ON r.id = d.id WHERE d.state = 'waiting' AND d.due_at <= :now
        ORDER BY r.place, r.due_at LIMIT CAST(:number AS int) FOR UPDATE OF d SKIP LOCKED
    ), claimed AS (
        UPDATE deliveries d SET attempts = attempts + 1, lease = CAST(:lease AS uuid), due_at = :lease_ends
        FROM due WHERE d.id = due.id RETURNING d.*
    )
    SELECT c.id, c.user_id, c.notification_id, c.attempts, c.expires_at, c.target, n.type, n.task_id, n.title, n.body,
        n.created_at, s.quiet_start, s.quiet_end, coalesce(s.time_zone, n.time_zone) AS time_zone,
        (n.read_at IS NULL OR n.type = 'test') AND t.task_id IS NULL
        AND (c.channel <> 'email' OR (s.email = c.target AND (s.email_problem IS NULL OR n.type = 'test'))) AS wanted,
        s.unsubscribe_token, p.endpoint, p.p256dh, p.auth
    FROM claimed c JOIN notifications n ON n.id = c.notification_id
    LEFT JOIN task_states t ON t.user_id = c.user_id AND t.task_id = n.task_id AND t.seq > c.seq
        AND (t.over OR NOT c.reminder = ANY(t.reminders))
    LEFT JOIN channel_settings s ON s.user_id = c.user_id
    LEFT JOIN push_subscriptions p ON c.channel = 'push' AND p.id::text = c.target AND p.user_id = c.user_id
    ORDER BY c.id
""")
FINISH = prepare("""
    UPDATE deliveries SET state = CAST(:state AS text), reason = CAST(:reason AS text), finished_at = :now, lease = NULL
    WHERE id = CAST(:id AS uuid) AND lease = CAST(:lease AS uuid)
""")
POSTPONE = prepare("""
    UPDATE deliveries SET due_at = :due_at, reason = CAST(:reason AS text), lease = NULL,
        attempts = attempts - CASE WHEN CAST(:counted AS boolean) THEN 0 ELSE 1 END,
        expires_at = expires_at + CAST(:extended AS interval)
    WHERE id = CAST(:id AS uuid) AND lease = CAST(:lease AS uuid)
""")
WAITING = prepare("""
    SELECT min(due_at) AS next_at, min(expires_at) AS expires_at FROM deliveries
    WHERE channel = CAST(:channel AS text) AND state = 'waiting'
""")
# `expires_at` is a day after a delivery was first due.
OF_A_DAY = prepare("""
    SELECT user_id, count(*) AS number FROM deliveries
    WHERE user_id = ANY(CAST(:users AS text[])) AND channel = CAST(:channel AS text) AND expires_at > :now
    GROUP BY user_id
""")
OF_NOTIFICATIONS = prepare("""
    SELECT notification_id, channel, target_name, state, reason, finished_at FROM deliveries
    WHERE notification_id = ANY(CAST(:ids AS uuid[])) ORDER BY id
""")
FIELDS = tuple(Outgoing.__dataclass_fields__)


async def add(session: AsyncSession, deliveries: Sequence[Delivery]) -> None:
    rows = [delivery.model_dump() for delivery in deliveries]
    await fetch(session, ADD, arrays_of(rows, TABLE.columns.keys()))


async def claim(
    database: Database, channel: str, number: int, lease: UUID, now: datetime, ends: datetime
) -> list[asyncpg.Record]:
    """Claims due deliveries until `ends`, and returns them with what a channel needs to send them."""
    values = {"channel": channel, "number": number, "lease": lease, "now": now, "lease_ends": ends}
    return await database.fetch(CLAIM, values)


def outgoing_of(row: asyncpg.Record) -> Outgoing:
    fields: dict[str, Any] = {name: row[name] for name in FIELDS}
    return Outgoing(**fields)


async def finish(database: Database, id_: UUID, lease: UUID, state: str, reason: str | None, now: datetime) -> None:
    """Records the end of a delivery, if the lease still holds."""
    await database.fetch(FINISH, {"id": id_, "lease": lease, "state": state, "reason": reason, "now": now})


async def postpone(
    database: Database,
    id_: UUID,
    lease: UUID,
    reason: str,
    due_at: datetime,
    *,
    counted: bool,
    extended: timedelta = timedelta(),
) -> None:
    """Lets a delivery wait, if the lease still holds."""
    values = {"id": id_, "lease": lease, "reason": reason, "due_at": due_at, "counted": counted, "extended": extended}
    await database.fetch(POSTPONE, values)


async def waiting(database: Database, channel: str) -> tuple[datetime, datetime] | None:
    """Returns when a delivery is due next, and when the oldest was first due; None if none waits."""
    [row] = await database.fetch(WAITING, {"channel": channel})
    return (row["next_at"], row["expires_at"] - LIFETIME) if row["next_at"] else None


async def of_a_day(session: AsyncSession, users: Sequence[str], channel: str, now: datetime) -> dict[str, int]:
    """Returns how many deliveries of the channel the users had within a day."""
    rows = await fetch(session, OF_A_DAY, {"users": users, "channel": channel, "now": now})
    return {row["user_id"]: row["number"] for row in rows}


async def of_notifications(database: Database, ids: Sequence[UUID]) -> list[asyncpg.Record]:
    return await database.fetch(OF_NOTIFICATIONS, {"ids": ids}) if ids else []
