"""The live log: the events of the topic task-updates, kept for 24 hours, so that a reconnecting page can catch up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.live.models import LiveEvent, LivePruned
from todo_kit.events.envelope import Event
from todo_kit.retention import Retention
from todo_kit.runtime import Runtime
from todo_kit.statements import arrays_of, fetch, insert_sql, prepare

CHANNEL = "live"
RETENTION = Retention("live_events", "created_at", timedelta(hours=24))
PAGE = 200

TABLE = cast("Table", LiveEvent.__table__)  # type: ignore[attr-defined]
WRITTEN = ("user_id", "event_type", "data")
# One writer per user at a time: a row never becomes visible before one with a lower id.
LOCK_PEOPLE = prepare("""
    SELECT pg_advisory_xact_lock(hashtextextended('live/' || user_id, 0))
    FROM unnest(CAST(:user_ids AS text[])) AS user_id ORDER BY user_id
""")
APPEND = prepare(f"""
    WITH written AS ({insert_sql(TABLE, WRITTEN)} RETURNING user_id)
    SELECT pg_notify('live', user_id) FROM written GROUP BY user_id
""")  # noqa: S608 - names of our own


async def append(_: Runtime, session: AsyncSession, events: Sequence[Event]) -> None:
    await fetch(session, LOCK_PEOPLE, {"user_ids": sorted({event.user_id for event in events})})
    rows = [
        {
            "user_id": event.user_id,
            "event_type": event.event_type,
            "data": event.model_dump(mode="json", exclude={"user_id", "event_type"}),
        }
        for event in events
    ]
    await fetch(session, APPEND, arrays_of(rows, WRITTEN))


@dataclass(frozen=True, slots=True)
class Extent:
    """The log holds every event of a user after `pruned`, up to `newest`. Both are 0 before the first event."""

    pruned: int
    newest: int

    def follows(self, last: int) -> bool:
        """Returns whether the log can resume after this id.

        False if a later event was pruned, or if the id is not of this log: a restored database has lower ids.
        """
        return self.pruned <= last <= self.newest


async def extent(session: AsyncSession, user_id: str) -> Extent:
    """Returns the extent. One statement, so that a concurrent prune is seen completely or not at all."""
    newest = select(func.max(col(LiveEvent.id))).where(col(LiveEvent.user_id) == user_id).scalar_subquery()
    pruned = select(col(LivePruned.last_id)).where(col(LivePruned.user_id) == user_id).scalar_subquery()
    found = (await session.execute(select(func.coalesce(pruned, 0), func.coalesce(newest, 0)))).one()
    return Extent(pruned=found[0], newest=max(found))


async def after(session: AsyncSession, user_id: str, last: int) -> Sequence[LiveEvent]:
    query = select(LiveEvent).where(col(LiveEvent.user_id) == user_id, col(LiveEvent.id) > last)
    return (await session.execute(query.order_by(col(LiveEvent.id)).limit(PAGE))).scalars().all()
