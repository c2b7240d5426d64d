"""One engine a process; a transaction a request, committed before the answer goes out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

import asyncpg
import orjson
from fastapi import Depends, Request
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import SQLModel

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
"""How long a request waits for a connection before it is told that the database is away."""
SQLModel.metadata.naming_convention = NAMING


class Database:
    def __init__(self, url: str, *, application_name: str, pool_size: int = 10) -> None:
        parsed = make_url(url)
        self.dsn = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        self.application_name = application_name
        self.engine = create_async_engine(
            parsed.set(drivername="postgresql+asyncpg"),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            json_serializer=lambda value: orjson.dumps(value).decode(),
            json_deserializer=orjson.loads,
            connect_args={
                "timeout": 5,
                "command_timeout": 30,
                "server_settings": {"application_name": application_name, "timezone": "UTC"},
            },
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._autocommit = async_sessionmaker(self.engine.execution_options(isolation_level="AUTOCOMMIT"))
        self._turns = asyncio.Semaphore(pool_size)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """First come, first served: the pool itself lets newcomers pass those who wait, some of them for seconds.

        Whoever has a turn must not wait for another: with as many as there are turns, nobody would go on.
        """
        async with asyncio.timeout(WAIT_SECONDS):
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    @asynccontextmanager
    async def autocommit(self) -> AsyncIterator[AsyncSession]:
        """A session whose every statement is a transaction of its own, without the round trips of BEGIN and COMMIT."""
        async with self._turn(), self._autocommit() as session:
            yield session

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session whose work, outbox rows included, is committed at the end or not at all."""
        async with self._turn(), self._sessions() as session:
            yield session
            await outbox.flush(session)
            await session.commit()
            for callback in session.info.pop(_AFTER_COMMIT, ()):
                callback()

    async def connect(self) -> "asyncpg.Connection[Any]":
        """A connection outside the pool, for LISTEN and advisory locks that last."""
        return await asyncpg.connect(
            self.dsn, timeout=5, server_settings={"application_name": f"{self.application_name}-listen"}
        )

    async def answers(self) -> bool:
        try:
            async with self._turn(), self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception:  # noqa: BLE001 - whatever it was, it was no answer
            return False
        return True

    async def close(self) -> None:
        await self.engine.dispose()


def after_commit(session: AsyncSession, callback: Callable[[], None]) -> None:
    """Runs the callback when, and only when, the session's transaction has been committed."""
    session.info.setdefault(_AFTER_COMMIT, []).append(callback)


async def transaction(request: Request) -> AsyncIterator[AsyncSession]:
    async with runtime_of(request).database.transaction() as session:
        yield session


async def reading(request: Request) -> AsyncIterator[AsyncSession]:
    async with runtime_of(request).database.autocommit() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(transaction, scope="function")]
"""Committed when the endpoint returns, before the answer is sent: a client never sees what was not kept."""
ReadSession = Annotated[AsyncSession, Depends(reading, scope="function")]
"""For endpoints that only read."""
