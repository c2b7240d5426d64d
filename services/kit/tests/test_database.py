"""A session is a turn at one of few connections."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Integer, any_, bindparam, column, make_url, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError

from tests.support import Backbone, eventually
from todo_kit import database as kit
from todo_kit.database import Database
from todo_kit.errors import DatabaseAway
from todo_kit.statements import prepare

PID = prepare("SELECT pg_backend_pid()")


async def test_nobody_is_served_again_while_somebody_waits_for_the_first_time(backbone: Backbone) -> None:
    clients, connections = 40, 2
    database, served = Database(backbone.url("audit"), application_name="test", pool_size=connections), []

    async def ask_again_and_again(client: int) -> None:
        for _ in range(10):
            async with database.transaction() as session:
                served.append(client)
                await session.execute(text("SELECT 1"))
            await asyncio.sleep(0.001)

    try:
        await asyncio.gather(*(ask_again_and_again(client) for client in range(clients)))
    finally:
        await database.close()
    assert max(served.index(client) for client in range(clients)) < clients + connections


async def test_each_statement_of_an_autocommit_session_is_a_transaction_of_its_own(backbone: Backbone) -> None:
    database = Database(backbone.url("audit"), application_name="test", pool_size=1)
    try:
        async with database.autocommit() as session:
            first, second = [(await session.execute(text("SELECT pg_current_xact_id()"))).scalar_one() for _ in "ab"]
    finally:
        await database.close()
    assert first != second


@pytest.mark.parametrize("query", ["", "?sslmode=disable", "?sslmode=prefer&channel_binding=require"])
async def test_a_url_as_hosts_of_postgres_give_it_serves_for_every_kind_of_connection(
    backbone: Backbone, query: str
) -> None:
    database = Database(backbone.url("audit") + query, application_name="test", pool_size=1)
    try:
        async with database.transaction() as session:
            assert (await session.execute(text("SELECT 1"))).scalar_one() == 1
        connection = await database.connect()
        assert await connection.fetchval("SHOW tcp_keepalives_idle") == "10"
        await connection.close()
    finally:
        await database.close()


@asynccontextmanager
async def through_a_wire_that_is_cut(url: str) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """A URL that leads to the same database, and the event after which nothing comes back any more."""
    target, cut = make_url(url), asyncio.Event()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                if not cut.is_set():
                    writer.write(data)
        finally:
            writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(target.host, target.port)
        served.append(asyncio.gather(pump(reader, there_writer), pump(there_reader, writer)))

    served: list[asyncio.Future[Any]] = []
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        port = server.sockets[0].getsockname()[1]
        yield target.set(host="127.0.0.1", port=port).render_as_string(hide_password=False), cut
    finally:
        server.close()
        await asyncio.gather(*served)


async def test_a_connection_that_lasts_does_not_wait_for_ever_for_a_database_that_is_gone(
    backbone: Backbone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "COMMAND_SECONDS", 0.2)
    async with through_a_wire_that_is_cut(backbone.url("audit")) as (url, cut):
        database = Database(url, application_name="test", pool_size=1)
        connection = await database.connect()
        cut.set()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(5):
                await connection.fetchval("SELECT 1")
        connection.terminate()
        await database.close()


async def test_a_statement_that_is_not_answered_means_that_the_database_is_away(
    backbone: Backbone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "COMMAND_SECONDS", 0.2)
    async with through_a_wire_that_is_cut(backbone.url("audit")) as (url, cut):
        database = Database(url, application_name="test", pool_size=1)
        async with asyncio.timeout(5), database.autocommit() as session:
            await session.execute(text("SELECT 1"))
            cut.set()
            with pytest.raises(DatabaseAway):
                await session.execute(text("SELECT 1"))
        await database.close()


async def test_waiting_too_long_for_a_connection_means_that_the_database_is_away(
    backbone: Backbone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "WAIT_SECONDS", 0.1)
    database = Database(backbone.url("audit"), application_name="test", pool_size=1)
    try:
        async with database.autocommit():
            with pytest.raises(DatabaseAway):
                async with database.autocommit():
                    pass
    finally:
        await database.close()


async def test_statements_and_sessions_share_the_connections(backbone: Backbone) -> None:
    database = Database(backbone.url("audit"), application_name="test", pool_size=1)
    try:
        [(first,)] = await database.fetch(PID, {})
        async with database.transaction() as session:
            second = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        async with database.autocommit() as session:
            third = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        assert first == second == third
    finally:
        await database.close()


async def test_a_session_that_failed_leaves_no_transaction_to_the_next_one(backbone: Backbone) -> None:
    database = Database(backbone.url("audit"), application_name="test", pool_size=1)

    async def fail() -> None:
        async with database.transaction() as session:
            await session.execute(text("SET LOCAL statement_timeout = 77"))
            await session.execute(text("SELECT 1 / 0"))

    try:
        with pytest.raises(DBAPIError):
            await fail()
        [(seconds,)] = await database.fetch(prepare("SHOW statement_timeout"), {})
        assert seconds == "0"
    finally:
        await database.close()


async def test_a_request_that_is_cancelled_gives_its_place_back(backbone: Backbone) -> None:
    database = Database(backbone.url("audit"), application_name="cancelled", pool_size=1)
    watcher = await asyncpg.connect(backbone.url("audit"))
    active = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cancelled' AND query LIKE '%pg_sleep%'"

    async def is_running() -> bool:
        return bool(await watcher.fetchval(f"{active} AND state = 'active'"))

    try:
        for _ in range(3):
            asked = asyncio.create_task(database.fetch(prepare("SELECT pg_sleep(60)"), {}))
            await eventually(is_running)
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked
        async with asyncio.timeout(5):
            await database.fetch(PID, {})
    finally:
        await watcher.close()
        await database.close()


async def test_a_connection_that_is_lost_takes_the_idle_ones_with_it(
    backbone: Backbone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "COMMAND_SECONDS", 0.5)
    slow = prepare("SELECT pg_backend_pid(), pg_sleep(0.1)")
    async with through_a_wire_that_is_cut(backbone.url("audit")) as (url, cut):
        database = Database(url, application_name="test", pool_size=3)
        before = {rows[0][0] for rows in await asyncio.gather(*(database.fetch(slow, {}) for _ in range(3)))}
        assert len(before) == 3
        cut.set()
        with pytest.raises(DatabaseAway):
            await database.fetch(PID, {})
        cut.clear()
        [(after,)] = await database.fetch(PID, {})
        assert after not in before
        await database.close()


def test_a_list_in_a_statement_is_one_parameter() -> None:
    numbers = column("number", Integer)
    with pytest.raises(TypeError, match="ANY"):
        prepare(select(numbers).where(numbers.in_([1, 2])))
    prepared = prepare(select(numbers).where(numbers == any_(bindparam("wanted", type_=ARRAY(Integer)))).limit(5))
    assert prepared.arguments({"wanted": [1, 2], "other": 3}) == [[1, 2], 5]
    with pytest.raises(KeyError, match="wanted"):
        prepared.arguments({})


async def test_a_statement_that_took_too_long_does_not_commit_afterwards(
    backbone: Backbone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit, "COMMAND_SECONDS", 0.3)
    insert = "INSERT INTO inbox (consumer, event_id) VALUES ('late', '0190a0a0-0000-7000-8000-000000000000')"
    watcher = await asyncpg.connect(backbone.url("audit"))
    database = Database(backbone.url("audit"), application_name="late", pool_size=1)
    running = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'late' AND state = 'active'"
    try:
        async with watcher.transaction():
            await watcher.execute(insert)  # the same key: the other one waits for this transaction
            with pytest.raises(DatabaseAway):
                await database.fetch(prepare(f"{insert} RETURNING 1"), {})
            assert await watcher.fetchval(running) == 0
            await watcher.execute("DELETE FROM inbox WHERE consumer = 'late'")
        assert await watcher.fetchval("SELECT count(*) FROM inbox WHERE consumer = 'late'") == 0
    finally:
        await watcher.close()
        await database.close()
