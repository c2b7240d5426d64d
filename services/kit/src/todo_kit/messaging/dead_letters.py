"""Dead letters: events that could not be handled, stored with the reason until they are replayed.

The table counts every failed attempt. After the last one the consumer returns DROP, and the sidecar moves the event to
the topic's dead-letter topic. `dead-letters list` shows the row, and `dead-letters replay` handles its event again.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import LargeBinary, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from todo_kit.columns import instant

MAX_ATTEMPTS = 3
"""Per event, across all of its deliveries. Fewer than the sidecar's delivery attempts, so that the consumer gives up
first and records the reason."""
MAX_REASON_CHARACTERS = 2000

COUNT_FAILURE = text("""
    INSERT INTO dead_letters (topic, event_id, body, reason, attempts, given_up_at)
    VALUES (:topic, :event_id, :body, :reason, 1, CASE WHEN :most <= 1 THEN clock_timestamp() END)
    ON CONFLICT (topic, event_id) DO UPDATE SET
        reason = excluded.reason,
        attempts = dead_letters.attempts + 1,
        last_failed_at = clock_timestamp(),
        given_up_at = CASE WHEN dead_letters.attempts + 1 >= :most THEN clock_timestamp() END
    RETURNING given_up_at
""")


class DeadLetter(SQLModel, table=True):
    __tablename__ = "dead_letters"

    topic: str = Field(primary_key=True)
    event_id: UUID = Field(primary_key=True)
    body: bytes = Field(sa_type=LargeBinary)
    reason: str
    attempts: int
    first_failed_at: datetime = Field(sa_column=instant(server_default=func.clock_timestamp()))
    last_failed_at: datetime = Field(sa_column=instant(server_default=func.clock_timestamp()))
    given_up_at: datetime | None = Field(sa_column=instant(nullable=True))


async def count_failure(
    session: AsyncSession, topic: str, event_id: UUID, body: bytes, *, reason: str, most: int = MAX_ATTEMPTS
) -> bool:
    """Records a failed attempt. Returns True if it was the last one."""
    row = {
        "topic": topic,
        "event_id": event_id,
        "body": body,
        "reason": reason.replace("\x00", "")[:MAX_REASON_CHARACTERS],
        "most": most,
    }
    return (await session.execute(COUNT_FAILURE, row)).scalar_one() is not None


async def find(session: AsyncSession, topic: str | None = None, event_id: UUID | None = None) -> list[DeadLetter]:
    """Returns the dead letters, oldest first."""
    query = select(DeadLetter).where(col(DeadLetter.given_up_at).is_not(None)).order_by(col(DeadLetter.first_failed_at))
    if topic:
        query = query.where(col(DeadLetter.topic) == topic)
    if event_id:
        query = query.where(col(DeadLetter.event_id) == event_id)
    return list((await session.execute(query)).scalars())


async def put_aside(session: AsyncSession, topic: str, event_ids: Collection[UUID]) -> set[UUID]:
    """Returns which of the events are dead letters of this service."""
    query = select(col(DeadLetter.event_id)).where(
        col(DeadLetter.topic) == topic,
        col(DeadLetter.event_id).in_(event_ids),
        col(DeadLetter.given_up_at).is_not(None),
    )
    return set((await session.execute(query)).scalars())


async def forget_user(session: AsyncSession, user_id: str) -> None:
    """Deletes the dead letters with events of the user. They contain whole events."""
    letters = (await session.execute(select(DeadLetter))).scalars()
    for letter in letters.all():
        if user_in(letter.body) == user_id:
            await session.delete(letter)


def user_in(body: bytes) -> object:
    """Returns the user id in the event; None if the event has no data with one. Raises ValueError if it is not JSON."""
    event = orjson.loads(body)
    data = event.get("data") if isinstance(event, dict) else None
    return data.get("user_id") if isinstance(data, dict) else None
