"""The inbox: makes consumers idempotent. The id of an event is stored in the transaction of its effect."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant
from todo_kit.events.envelope import Event
from todo_kit.statements import fetch, prepare

E = TypeVar("E", bound=Event)

# Deletes the dead letter of an event that is handled now. Inserts in order, so that two deliveries of the same batch
# wait for each other instead of deadlocking. What is late, of a user whose account was deleted, is remembered only.
REMEMBER = prepare("""
    WITH healed AS (
        DELETE FROM dead_letters WHERE topic = :consumer AND event_id = ANY(CAST(:event_ids AS uuid[]))
    ), received AS (
        SELECT * FROM unnest(CAST(:event_ids AS uuid[]), CAST(:user_ids AS text[])) AS e(event_id, user_id)
    ), unseen AS (
        INSERT INTO inbox (consumer, event_id)
        SELECT CAST(:consumer AS text), event_id FROM received ORDER BY event_id
        ON CONFLICT DO NOTHING
        RETURNING event_id
    )
    SELECT event_id FROM unseen JOIN received USING (event_id)
    WHERE NOT EXISTS (SELECT FROM erased_users AS erased WHERE erased.user_id = received.user_id)
""")


class InboxEntry(SQLModel, table=True):
    __tablename__ = "inbox"

    consumer: str = Field(primary_key=True)
    event_id: UUID = Field(primary_key=True)
    received_at: datetime = Field(sa_column=instant(server_default=func.now(), index=True))


async def unseen(session: AsyncSession, consumer: str, events: Sequence[E]) -> list[E]:
    """Adds the events to the inbox. Returns those to handle, in order and without duplicates.

    These are the events that were not in it, without those of users whose account was deleted.
    """
    by_id = {event.event_id: event for event in events}
    user_ids = [event.user_id for event in by_id.values()]
    rows = await fetch(session, REMEMBER, {"consumer": consumer, "event_ids": list(by_id), "user_ids": user_ids})
    new = {row["event_id"] for row in rows}
    return [event for event_id, event in by_id.items() if event_id in new]
