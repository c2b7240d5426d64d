"""The outbox: events are written in the transaction of the change, and the relay publishes them after the commit.

`add` collects the events of a transaction. `flush` writes them in one statement just before the commit. Row ids follow
the order of a task's changes, because a change holds the row lock of its task until the commit.

`announcements` wakes the relay after the commit. The statement says so to the trigger of the table, which otherwise
notifies within the transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, LargeBinary, func
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant
from todo_kit.events.envelope import Event, to_cloudevent
from todo_kit.statements import fetch, prepare
from todo_kit.telemetry import tracing

ANNOUNCED = "set_config('todo.announced', 'on', true)"
"""Makes the trigger silent if it is evaluated in the statement that writes the events."""


def insert_from(source: str) -> str:
    """Returns the statement that writes events if `source`, a table of one row, is not empty.

    The parameters are `columns_of` the events.
    """
    return f"""
        INSERT INTO outbox (topic, key, event_id, body)
        SELECT topic, key, event_id, body
        FROM {source}, unnest(
            CAST(:topics AS text[]), CAST(:keys AS text[]), CAST(:event_ids AS uuid[]), CAST(:bodies AS bytea[])
        ) WITH ORDINALITY AS event (topic, key, event_id, body, place)
        ORDER BY place
    """  # noqa: S608 - a table of our own


WRITE = prepare(f"WITH announced AS MATERIALIZED (SELECT {ANNOUNCED}) {insert_from('announced')}")
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


Row = tuple[str, str, UUID, bytes]
"""Topic, key, id and body of an event."""


def row_of(topic: str, event: Event, source: str) -> Row:
    return topic, event.key, event.event_id, to_cloudevent(event, source, tracing.traceparent())


def columns_of(rows: Sequence[Row]) -> dict[str, Any]:
    return dict(zip(("topics", "keys", "event_ids", "bodies"), map(list, zip(*rows, strict=True)), strict=True))


def add(session: AsyncSession, topic: str, event: Event, source: str) -> None:
    """Queues the event. It is published if, and only if, the session's transaction commits."""
    session.info.setdefault(_PENDING, []).append(row_of(topic, event, source))


async def flush(session: AsyncSession) -> bool:
    """Writes the queued events. Returns whether there were any."""
    rows: Sequence[Row] = session.info.pop(_PENDING, ())
    if rows:
        await fetch(session, WRITE, columns_of(rows))
    return bool(rows)


def mark(session: AsyncSession) -> int:
    """Returns the number of collected events, for `rewind` after the rollback of a savepoint."""
    return len(session.info.get(_PENDING, ()))


def rewind(session: AsyncSession, to: int) -> None:
    del session.info.setdefault(_PENDING, [])[to:]
