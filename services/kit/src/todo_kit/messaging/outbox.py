"""The outbox: events are written in the transaction of the change, and the relay publishes them after the commit.

`add` collects the events of a transaction. `flush` writes them in one statement just before the commit. Row ids follow
the order of a task's changes, because a change holds the row lock of its task until the commit.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, LargeBinary, func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant
from todo_kit.events.envelope import Event, to_cloudevent
from todo_kit.telemetry import tracing

WRITE = text("""
    INSERT INTO outbox (topic, key, event_id, body)
    SELECT topic, key, event_id, body
    FROM unnest(CAST(:topic AS text[]), CAST(:key AS text[]), CAST(:event_id AS uuid[]), CAST(:body AS bytea[]))
        WITH ORDINALITY AS event (topic, key, event_id, body, place)
    ORDER BY place
""")
_PENDING = "outbox"


class OutboxEntry(SQLModel, table=True):
    __tablename__ = "outbox"

    id: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    topic: str
    key: str
    event_id: UUID = Field(unique=True)
    body: bytes = Field(sa_type=LargeBinary)
    """The serialized CloudEvent."""
    created_at: datetime = Field(sa_column=instant(server_default=func.clock_timestamp()))


def add(session: AsyncSession, topic: str, event: Event, source: str) -> None:
    """Queues the event. It is published if, and only if, the session's transaction commits."""
    row = {
        "topic": topic,
        "key": event.key,
        "event_id": event.event_id,
        "body": to_cloudevent(event, source, tracing.traceparent()),
    }
    session.info.setdefault(_PENDING, []).append(row)


async def flush(session: AsyncSession) -> None:
    rows = session.info.pop(_PENDING, None)
    if rows:
        await session.execute(WRITE, {name: [row[name] for row in rows] for name in rows[0]})


def mark(session: AsyncSession) -> int:
    """Returns the number of collected events, for `rewind` after the rollback of a savepoint."""
    return len(session.info.get(_PENDING, ()))


def rewind(session: AsyncSession, to: int) -> None:
    del session.info.setdefault(_PENDING, [])[to:]
