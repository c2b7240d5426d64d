"""Database access: one engine per process, one transaction per request, committed before the response is sent."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Annotated, Any

import asyncpg
import certifi
import orjson
from fastapi import Depends, Request
from sqlalchemy import ColumnElement, ExceptionContext, cast, event, func, make_url, select, text, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import SQLModel

from todo_kit.errors import DatabaseAway
from todo_kit.messaging import outbox
from todo_kit.runtime import runtime_of

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_AFTER_COMMIT = "after_commit"
WAIT_SECONDS = 10
"""Maximum time to wait for a pooled connection. After it, DatabaseAway is raised."""
CONNECT_SECONDS = 5
COMMAND_SECONDS = 30
KEEP_ALIVE = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
DRIVER = "postgresql+asyncpg://"
VERIFIED = ("verify-ca", "verify-full")
SYSTEM = "system"
"""libpq's value: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-SSLROOTCERT"""
SQLModel.metadata.naming_convention = NAMING


def dsn_of(url: str) -> str:
    """Returns the URL for asyncpg, which parses `sslmode` and other libpq options. SQLAlchemy's dialect does not.

    Removes `channel_binding`, which some hosts add to their URLs: asyncpg would send it as a server setting. To verify
    a certificate, asyncpg needs a file of certificate authorities. The default is the one that httpx uses.
    """
    parsed = make_url(url)
    query = {name: value for name, value in parsed.query.items() if name != "channel_binding"}
    if query.get("sslmode") in VERIFIED and query.get("sslrootcert", SYSTEM) == SYSTEM:
        query["sslrootcert"] = os.environ.get("SSL_CERT_FILE") or certifi.where()
    return parsed.set(drivername="postgresql", query=query).render_as_string(hide_password=False)


def one_of(columns: Sequence[Any], rows: Sequence[tuple[Any, ...]]) -> ColumnElement[bool]:
    """Returns the condition that the columns equal one of `rows`.

    The statement is the same for any number of rows, so it is prepared once. An IN list is limited to 32,767
    parameters, and an IN list of pairs by the server's stack depth.
    """
    arrays = [cast([row[place] for row in rows], ARRAY(column.type)) for place, column in enumerate(columns)]
    wanted = func.unnest(*arrays).table_valued(*(f"c{place}" for place in range(len(columns)))).render_derived()
    return tuple_(*columns).in_(select(*wanted.c))


def _say_away(failure: ExceptionContext) -> DatabaseAway | None:
    """Maps OSError and TimeoutError of a lost or slow connection to DatabaseAway. SQLAlchemy does not wrap them."""
    error = failure.original_exception
    return DatabaseAway(f"{type(error).__name__}: {error}") if isinstance(error, OSError | TimeoutError) else None


@contextmanager
def _away_when_unreachable() -> Iterator[None]:
    try:
        yield
    except (OSError, TimeoutError) as error:
        raise DatabaseAway(f"{type(error).__name__}: {error}") from error


class Database:
    def __init__(self, url: str, *, application_name: str, pool_size: int = 10, direct_url: str = "") -> None:
        self.dsn = dsn_of(url)
        self.direct_dsn = dsn_of(direct_url or url)
        self.application_name = application_name
        self.engine = create_async_engine(
            DRIVER,
            async_creator=self._connect_for_pool,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            json_serializer=lambda value: orjson.dumps(value).decode(),
            json_deserializer=orjson.loads,
        )
        event.listen(self.engine.sync_engine, "handle_error", _say_away)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._autocommit = async_sessionmaker(self.engine.execution_options(isolation_level="AUTOCOMMIT"))
        self._turns = asyncio.Semaphore(pool_size)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Queues for a pool slot in FIFO order; SQLAlchemy's pool can starve early waiters for seconds.

        Do not acquire a second slot while holding one: it can deadlock. Raises DatabaseAway after WAIT_SECONDS.
        """
        with _away_when_unreachable():
            async with asyncio.timeout(WAIT_SECONDS):
                await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    @asynccontextmanager
    async def autocommit(self) -> AsyncIterator[AsyncSession]:
        """Opens a session in autocommit mode, which saves the round trips of BEGIN and COMMIT."""
        async with self._turn(), self._autocommit() as session:
            yield session

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Opens a session. Commits it with its outbox rows at the end, or rolls it back if an exception is raised."""
        async with self._turn(), self._sessions() as session:
            yield session
            await outbox.flush(session)
            await session.commit()
            for callback in session.info.pop(_AFTER_COMMIT, ()):
                callback()

    async def connect(self) -> "asyncpg.Connection[Any]":
        """Opens a connection outside the pool, for LISTEN and session-level advisory locks.

        Client time-outs and the server's TCP keep-alives detect a lost peer quickly. Without them, Postgres would hold
        the lock of a lost machine for hours.
        """
        with _away_when_unreachable():
            connection = await asyncpg.connect(
                self.direct_dsn,
                timeout=CONNECT_SECONDS,
                command_timeout=COMMAND_SECONDS,
                server_settings={"application_name": f"{self.application_name}-listen"},
            )
            await connection.execute(KEEP_ALIVE)
        return connection

    async def _connect_for_pool(self) -> "asyncpg.Connection[Any]":
        with _away_when_unreachable():
            return await asyncpg.connect(
                self.dsn,
                timeout=CONNECT_SECONDS,
                command_timeout=COMMAND_SECONDS,
                server_settings={"application_name": self.application_name, "timezone": "UTC"},
            )

    async def answers(self) -> bool:
        return await self._is_read_only() is not None

    async def takes_writes(self) -> bool:
        """Returns whether the database accepts writes.

        A server that is being replaced, or whose disk is full, may be read-only for a while.
        """
        return await self._is_read_only() is False

    async def _is_read_only(self) -> bool | None:
        try:
            async with self._turn(), self.engine.connect() as connection:
                return bool((await connection.execute(text("SHOW transaction_read_only"))).scalar_one() == "on")
        except Exception:  # noqa: BLE001 - whatever it was, it was no answer
            return None

    async def close(self) -> None:
        await self.engine.dispose()


def after_commit(session: AsyncSession, callback: Callable[[], None]) -> None:
    """Registers a callback that runs if, and only if, the session's transaction commits."""
    session.info.setdefault(_AFTER_COMMIT, []).append(callback)


async def transaction(request: Request) -> AsyncIterator[AsyncSession]:
    async with runtime_of(request).database.transaction() as session:
        yield session


async def reading(request: Request) -> AsyncIterator[AsyncSession]:
    async with runtime_of(request).database.autocommit() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(transaction, scope="function")]
"""A session that is committed after the endpoint returns and before the response is sent, so that a client never sees
uncommitted data."""
ReadSession = Annotated[AsyncSession, Depends(reading, scope="function")]
"""An autocommit session, for read-only endpoints."""
