"""A session is a turn at one of few connections."""

import asyncio

from sqlalchemy import text

from tests.support import Backbone
from todo_kit.database import Database


async def test_nobody_is_served_again_while_somebody_waits_for_the_first_time(backbone: Backbone) -> None:
    clients, connections = 40, 2
    database, served = Database(backbone.url("audit"), application_name="test", pool_size=connections), []

    async def ask_again_and_again(client: int) -> None:
        for _ in range(10):
            async with database.transaction() as session:
                await session.execute(text("SELECT 1"))
            served.append(client)
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
