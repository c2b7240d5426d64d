"""Database access: one pool per process, one transaction per request, committed before the response is sent.

A connection of the pool serves a session, or statements that the driver executes (`statements`): `fetch` is for what is
asked often, as a session costs several times the query.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Annotated, Any

import asyncpg
import certifi
import orjson
from fastapi import Depends, Request
from sqlalchemy import ColumnElement, ExceptionContext, NullPool, cast, event, func, make_url, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import SQLModel

from todo_kit.errors import DatabaseAway
from todo_kit.messaging import announcements, outbox
from todo_kit.runtime import runtime_of
from todo_kit.statements import CONNECTION, Statement, away_when_unreachable

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
CANCEL_SECONDS = 2
BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
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


def _as_it_is(value: Any) -> Any:
    """The driver's codec reads and writes JSONB (not JSON). None is NULL, never JSON's `null`."""
    return value


def _set_codec(connection: Any, _: Any) -> None:
    """Makes the driver read and write JSONB, for sessions and for statements alike."""
    connection.run_async(
        lambda driver: driver.set_type_codec(
            "jsonb",
            schema="pg_catalog",
            format="binary",
            encoder=lambda value: b"\x01" + orjson.dumps(value, default=str),
            decoder=lambda data: orjson.loads(data[1:]),
        )
    )


@dataclass(slots=True)
class _Pooled:
    """A connection of the pool, with the driver's own below it."""

    connection: AsyncConnection
    driver: "asyncpg.Connection[Any]"


class Database:
    def __init__(self, url: str, *, application_name: str, pool_size: int = 10, direct_url: str = "") -> None:
        self.dsn = dsn_of(url)
        self.direct_dsn = dsn_of(direct_url or url)
        self.application_name = application_name
        self._engine = create_async_engine(
            DRIVER,
            async_creator=self._connect_for_pool,
            poolclass=NullPool,  # `_idle` is the pool
            isolation_level="AUTOCOMMIT",  # `transaction` begins and commits
            json_serializer=_as_it_is,
            json_deserializer=_as_it_is,
        )
        event.listen(self._engine.sync_engine, "handle_error", _say_away)
        event.listen(self._engine.sync_engine, "connect", _set_codec)
        self._sessions = async_sessionmaker(expire_on_commit=False)
        self._turns = asyncio.Semaphore(pool_size)
        self._idle: list[_Pooled] = []
        self.announcer = announcements.Announcer(self._wake_relay)

    async def _acquire(self) -> _Pooled:
        """Waits for a connection in FIFO order. Raises DatabaseAway after WAIT_SECONDS.

        Do not acquire a second one while holding one: it can deadlock.
        """
        try:
            if self._turns.locked():
                async with asyncio.timeout(WAIT_SECONDS):
                    await self._turns.acquire()
            else:
                await self._turns.acquire()
        except TimeoutError as error:
            raise DatabaseAway(f"no connection was free for {WAIT_SECONDS} s") from error
        try:
            return await self._take()
        except BaseException:
            self._turns.release()
            raise

    async def _release(self, pooled: _Pooled, error: BaseException | None) -> None:
        """Keeps the connection for the next one, unless it was lost or left in the middle of something."""
        try:
            if isinstance(error, DatabaseAway):
                await self._discard_idle()  # what cut this one has probably cut all
            if isinstance(error, DatabaseAway) or (error and not isinstance(error, Exception)):
                # Waits for the server to cancel the statement: it would commit after its request was answered.
                await asyncio.shield(pooled.driver.close(timeout=CANCEL_SECONDS))
            if _is_usable(pooled):
                self._idle.append(pooled)
            else:
                await _discard(pooled)
        finally:
            self._turns.release()

    async def _discard_idle(self) -> None:
        while self._idle:
            await _discard(self._idle.pop())

    @asynccontextmanager
    async def _pooled(self) -> AsyncIterator[_Pooled]:
        pooled = await self._acquire()
        try:
            yield pooled
        except BaseException as error:
            await self._release(pooled, error)
            raise
        await self._release(pooled, None)

    async def _take(self) -> _Pooled:
        while self._idle:
            pooled = self._idle.pop()
            if _is_usable(pooled):
                return pooled
            await _discard(pooled)
        with away_when_unreachable():
            connection = await self._engine.connect()
        driver: Any = (await connection.get_raw_connection()).driver_connection
        return _Pooled(connection, driver)

    @asynccontextmanager
    async def driver(self) -> AsyncIterator["asyncpg.Connection[Any]"]:
        """Opens the driver's connection, without a session. It reads and writes JSONB as Python objects."""
        async with self._pooled() as pooled:
            with away_when_unreachable():
                yield pooled.driver

    async def fetch(self, statement: Statement, values: Mapping[str, Any]) -> list[asyncpg.Record]:
        """Executes the statement in a transaction of its own."""
        pooled = await self._acquire()
        try:
            with away_when_unreachable():
                rows = await pooled.driver.fetch(statement.sql, *statement.arguments(values))
        except BaseException as error:
            await self._release(pooled, error)
            raise
        await self._release(pooled, None)
        return rows

    async def fetch_one(self, statement: Statement, values: Mapping[str, Any]) -> asyncpg.Record | None:
        rows = await self.fetch(statement, values)
        return rows[0] if rows else None

    async def publish(self, statement: Statement, values: Mapping[str, Any]) -> bool:
        """Executes a statement that writes to the outbox and returns how many rows it changed. Returns if any."""
        [(changed, *_)] = await self.fetch(statement, values)
        if changed:
            self.announcer.announce()
        return bool(changed)

    @asynccontextmanager
    async def autocommit(self) -> AsyncIterator[AsyncSession]:
        """Opens a session in autocommit mode, which saves the round trips of BEGIN and COMMIT."""
        async with self._pooled() as pooled, self._session(pooled) as session:
            yield session

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Opens a session. Commits it with its outbox rows at the end, or rolls it back if an exception is raised."""
        async with self._pooled() as pooled, self._session(pooled) as session:
            async with _transaction(pooled.driver):
                yield session
                await session.flush()
                has_events = await outbox.flush(session)
            if has_events:
                self.announcer.announce()
            for callback in session.info.pop(_AFTER_COMMIT, ()):
                callback()

    def _session(self, pooled: _Pooled) -> AsyncSession:
        return self._sessions(bind=pooled.connection, info={CONNECTION: pooled.driver})

    async def connect(self) -> "asyncpg.Connection[Any]":
        """Opens a connection outside the pool, for LISTEN and session-level advisory locks.

        Client time-outs and the server's TCP keep-alives detect a lost peer quickly. Without them, Postgres would hold
        the lock of a lost machine for hours.
        """
        with away_when_unreachable():
            connection = await asyncpg.connect(
                self.direct_dsn,
                timeout=CONNECT_SECONDS,
                command_timeout=COMMAND_SECONDS,
                server_settings={"application_name": f"{self.application_name}-listen"},
            )
            await connection.execute(KEEP_ALIVE)
        return connection

    async def _connect_for_pool(self) -> "asyncpg.Connection[Any]":
        with away_when_unreachable():
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
            async with self.driver() as driver:
                return bool(await driver.fetchval("SHOW transaction_read_only") == "on")
        except Exception:  # noqa: BLE001 - whatever it was, it was no answer
            return None

    async def _wake_relay(self) -> None:
        async with self.driver() as driver:
            await driver.execute(announcements.NOTIFY)

    async def close(self) -> None:
        await self.announcer.close()
        while self._idle:
            await self._idle.pop().connection.close()
        await self._engine.dispose()


@asynccontextmanager
async def _transaction(driver: "asyncpg.Connection[Any]") -> AsyncIterator[None]:
    """Begins and commits by the driver, so that its statements and those of a session are in one transaction."""
    with away_when_unreachable():
        await driver.execute(BEGIN)
    try:
        yield
    except Exception as error:
        if not isinstance(error, DatabaseAway) and driver.is_in_transaction():
            with suppress(Exception):  # the pool discards a connection that is still in a transaction
                await driver.execute("ROLLBACK")
        raise
    with away_when_unreachable():
        if await driver.execute("COMMIT") != "COMMIT":
            raise RuntimeError("a statement failed, and its error was ignored: nothing was committed")


def _is_usable(pooled: _Pooled) -> bool:
    return not (pooled.driver.is_closed() or pooled.connection.invalidated or pooled.driver.is_in_transaction())


async def _discard(pooled: _Pooled) -> None:
    pooled.driver.terminate()
    with suppress(Exception):  # it is closed already; this only takes it from SQLAlchemy's books
        await pooled.connection.invalidate()
        await pooled.connection.close()


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
