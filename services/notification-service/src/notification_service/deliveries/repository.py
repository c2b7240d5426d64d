from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import asyncpg
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.deliveries.models import Delivery
from notification_service.sending import Outgoing
from todo_kit.database import Database
from todo_kit.statements import arrays_of, fetch, insert_sql, prepare

TABLE = cast("Table", Delivery.__table__)  # type: ignore[attr-defined]
ADD = prepare(f"{insert_sql(TABLE, TABLE.columns.keys())} ON CONFLICT (notification_id, channel, target) DO NOTHING")
# A CTE, because Postgres may run a subquery of IN more than once and then claim more than one batch.
CLAIM = prepare("""
    WITH due AS (
        SELECT id FROM deliveries WHERE channel = CAST(:channel AS text) AND state = 'waiting' AND due_at <= :now
        ORDER BY due_at LIMIT CAST(:number AS int) FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE deliveries d SET attempts = attempts + 1, lease = CAST(:lease AS uuid), due_at = :lease_ends
        FROM due WHERE d.id = due.id RETURNING d.*
    )
    SELECT c.id, c.user_id, c.notification_id, c.attempts, c.expires_at, c.target, n.type, n.task_id, n.title, n.body,
        n.created_at, n.read_at IS NULL AND t.task_id IS NULL AS wanted,
        s.unsubscribe_token, p.endpoint, p.p256dh, p.auth
    FROM claimed c JOIN notifications n ON n.id = c.notification_id
    LEFT JOIN task_states t ON t.user_id = c.user_id AND t.task_id = n.task_id AND t.seq > c.seq AND t.over
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
        attempts = attempts - CASE WHEN CAST(:counted AS boolean) THEN 0 ELSE 1 END
    WHERE id = CAST(:id AS uuid) AND lease = CAST(:lease AS uuid)
""")
NEXT = prepare("SELECT min(due_at) AS at FROM deliveries WHERE channel = CAST(:channel AS text) AND state = 'waiting'")
OF_NOTIFICATIONS = prepare("""
    SELECT notification_id, channel, target_name, state, reason, finished_at FROM deliveries
    WHERE notification_id = ANY(CAST(:ids AS uuid[])) ORDER BY id
""")
FIELDS = tuple(name for name in Outgoing.__dataclass_fields__)


async def add(session: AsyncSession, deliveries: Sequence[Delivery]) -> None:
    rows = [delivery.model_dump() for delivery in deliveries]
    await fetch(session, ADD, arrays_of(rows, TABLE.columns.keys()))


async def claim(
    database: Database, channel: str, number: int, lease: UUID, now: datetime, seconds: float
) -> list[asyncpg.Record]:
    """Claims due deliveries for `seconds`, and returns them with what a channel needs to send them."""
    values = {"channel": channel, "number": number, "lease": lease, "now": now}
    return await database.fetch(CLAIM, values | {"lease_ends": now + timedelta(seconds=seconds)})


def outgoing_of(row: asyncpg.Record) -> Outgoing:
    fields: dict[str, Any] = {name: row[name] for name in FIELDS}
    return Outgoing(**fields)


async def finish(database: Database, id_: UUID, lease: UUID, state: str, reason: str | None, now: datetime) -> None:
    """Records the end of a delivery, if the lease still holds."""
    await database.fetch(FINISH, {"id": id_, "lease": lease, "state": state, "reason": reason, "now": now})


async def postpone(database: Database, id_: UUID, lease: UUID, reason: str, due_at: datetime, *, counted: bool) -> None:
    """Lets a delivery wait, if the lease still holds."""
    values = {"id": id_, "lease": lease, "reason": reason, "due_at": due_at, "counted": counted}
    await database.fetch(POSTPONE, values)


async def next_due(database: Database, channel: str) -> datetime | None:
    [row] = await database.fetch(NEXT, {"channel": channel})
    at: datetime | None = row["at"]
    return at


async def of_notifications(database: Database, ids: Sequence[UUID]) -> list[asyncpg.Record]:
    return await database.fetch(OF_NOTIFICATIONS, {"ids": ids}) if ids else []
