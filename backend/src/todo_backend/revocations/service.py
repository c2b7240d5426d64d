"""One row per revoked grant. Every replica keeps the rows in memory and is notified of new ones."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import orjson
import structlog
from fastapi import FastAPI
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from todo_backend.revocations.models import RevokedGrant
from todo_kit import context
from todo_kit.auth.revocations import Revocation
from todo_kit.auth.users import ALL
from todo_kit.errors import database_is_away
from todo_kit.events.accounts import TOPIC, EndedGrant, GrantEnded
from todo_kit.events.envelope import Actor
from todo_kit.ids import uuid7
from todo_kit.listener import listen
from todo_kit.messaging import outbox
from todo_kit.retention import Retention
from todo_kit.runtime import Runtime

log = structlog.get_logger()

SOURCE = "todo-backend"
CHANNEL = "revocations"
KEPT = timedelta(hours=1)
"""At least the longest lifetime of a token: an hour for local tokens, minutes for those of the sign-in server."""
RETENTION = Retention("revoked_grants", "expires_at", timedelta())
TIMES = ("revoked_at", "expires_at")
NOTIFY = text("SELECT pg_notify('revocations', :payload)")


async def revoke(runtime: Runtime, user_id: str, issued_at: int, *, sid: str | None, client_id: str | None) -> None:
    revocation = Revocation(
        user_id,
        f"session:{sid}" if sid else f"app:{client_id}" if client_id else ALL,
        issued_at,
        int((runtime.clock.now() + KEPT).timestamp()),
    )
    row = {
        "user_id": user_id,
        "grant_id": revocation.grant,
        "revoked_at": datetime.fromtimestamp(issued_at, UTC),
        "expires_at": datetime.fromtimestamp(revocation.expires_at, UTC),
    }
    statement = insert(RevokedGrant).values(row)
    newest = {name: func.greatest(col(getattr(RevokedGrant, name)), statement.excluded[name]) for name in TIMES}
    statement = statement.on_conflict_do_update(index_elements=["user_id", "grant_id"], set_=newest)
    async with runtime.database.transaction() as session:
        await session.execute(statement)
        await session.execute(NOTIFY, {"payload": orjson.dumps(revocation).decode()})
        outbox.add(session, TOPIC, ended(revocation, runtime.clock.now()), SOURCE)
    runtime.tokens.revocations.add([revocation])
    log.info("tokens_revoked", grant=revocation.grant.partition(":")[0] or "all", owner=user_id)


def ended(revocation: Revocation, now: datetime) -> GrantEnded:
    return GrantEnded(
        event_id=uuid7(),
        user_id=revocation.user_id,
        seq=0,
        timestamp=now,
        actor=Actor(type="system", client="sign-in"),
        correlation_id=context.current().correlation_id,
        payload=EndedGrant(grant=revocation.grant, ended_at=datetime.fromtimestamp(revocation.revoked_at, UTC)),
    )


@asynccontextmanager
async def lifespan(_: FastAPI, runtime: Runtime) -> AsyncIterator[None]:
    """Reads the list. No token is accepted before that; if the database is unavailable, `follow` reads it later."""
    runtime.tokens.revocations.known = False
    try:
        await _read(runtime)
    except Exception as error:
        if not database_is_away(error):
            raise
    yield


async def follow(runtime: Runtime) -> None:
    def heard(payload: str) -> None:
        runtime.tokens.revocations.forget(runtime.clock.now().timestamp())
        runtime.tokens.revocations.add([Revocation(**orjson.loads(payload))])

    async def connected() -> None:
        await _read(runtime)

    await listen(runtime, CHANNEL, heard, connected)


async def _read(runtime: Runtime) -> None:
    query = select(RevokedGrant).where(col(RevokedGrant.expires_at) > runtime.clock.now())
    async with runtime.database.autocommit() as session:
        rows = (await session.execute(query)).scalars().all()
    runtime.tokens.revocations.add(
        Revocation(row.user_id, row.grant_id, int(row.revoked_at.timestamp()), int(row.expires_at.timestamp()))
        for row in rows
    )
    runtime.tokens.revocations.known = True
