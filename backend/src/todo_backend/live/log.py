"""The live log: the events of task-updates, kept for a day, so that a page that was away can catch up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import structlog
from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.live.models import LiveEvent, LivePruned
from todo_kit.events.envelope import Event
from todo_kit.loops import every
from todo_kit.runtime import Runtime

log = structlog.get_logger()

CHANNEL = "live"
KEPT_HOURS = 24
INTERVAL_SECONDS = 600.0
PAGE = 200

# One writer a person at a time: a row with a higher id is never visible before one with a lower id.
LOCK_PEOPLE = text("""
    SELECT pg_advisory_xact_lock(hashtextextended('live/' || user_id, 0))
    FROM unnest(CAST(:user_ids AS text[])) AS user_id ORDER BY user_id
""")
TELL = text("SELECT pg_notify('live', user_id) FROM unnest(CAST(:user_ids AS text[])) AS user_id")
PRUNE = text("DELETE FROM live_events WHERE created_at < now() - make_interval(hours => :hours)")


async def append(_: Runtime, session: AsyncSession, events: Sequence[Event]) -> None:
    people = sorted({event.user_id for event in events})
    await session.execute(LOCK_PEOPLE, {"user_ids": people})
    rows = [
        {
            "user_id": event.user_id,
            "event_type": event.event_type,
            "data": event.model_dump(mode="json", exclude={"user_id", "event_type"}),
        }
        for event in events
    ]
    await session.execute(insert(cast("Table", LiveEvent.__table__)), rows)  # type: ignore[attr-defined]
    await session.execute(TELL, {"user_ids": people})


@dataclass(frozen=True, slots=True)
class Extent:
    """What the log holds of a user: every event after `pruned`, up to `newest`. Both are 0 before the first event."""

    pruned: int
    newest: int

    def follows(self, last: int) -> bool:
        """Whether no event after this id was pruned, and the id is of this log: a restored database has lower ids."""
        return self.pruned <= last <= self.newest


async def extent(session: AsyncSession, user_id: str) -> Extent:
    """One statement, so that a prune in between is seen whole or not at all."""
    newest = select(func.max(col(LiveEvent.id))).where(col(LiveEvent.user_id) == user_id).scalar_subquery()
    pruned = select(col(LivePruned.last_id)).where(col(LivePruned.user_id) == user_id).scalar_subquery()
    found = (await session.execute(select(func.coalesce(pruned, 0), func.coalesce(newest, 0)))).one()
    return Extent(pruned=found[0], newest=max(found))


async def after(session: AsyncSession, user_id: str, last: int) -> Sequence[LiveEvent]:
    query = select(LiveEvent).where(col(LiveEvent.user_id) == user_id, col(LiveEvent.id) > last)
    return (await session.execute(query.order_by(col(LiveEvent.id)).limit(PAGE))).scalars().all()


async def prune(runtime: Runtime) -> None:
    async for _ in every(runtime, INTERVAL_SECONDS):
        async with runtime.database.transaction() as session:
            result = await session.execute(PRUNE, {"hours": KEPT_HOURS})
        log.info("live_log_pruned", rows=result.rowcount)  # type: ignore[attr-defined]
