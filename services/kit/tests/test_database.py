"""A session is a turn at one of few connections."""

import asyncio

from sqlalchemy import text

from tests.support import Backbone
from todo_kit.database import Database


async def test_whoever_asked_first_gets_a_connection_first(backbone: Backbone) -> None:
    database, served = Database(backbone.url("audit"), application_name="test", pool_size=1), []

    async def ask_again_and_again(name: int) -> None:
        for _ in range(3):
            async with database.transaction() as session:
                await session.execute(text("SELECT 1"))
                served.append(name)

    try:
        await asyncio.gather(*(ask_again_and_again(name) for name in range(5)))
    finally:
        await database.close()
    assert served == [0, 1, 2, 3, 4] * 3


async def test_each_statement_of_an_autocommit_session_is_a_transaction_of_its_own(backbone: Backbone) -> None:
    database = Database(backbone.url("audit"), application_name="test", pool_size=1)
    try:
        async with database.autocommit() as session:
            first, second = [(await session.execute(text("SELECT pg_current_xact_id()"))).scalar_one() for _ in "ab"]
    finally:
        await database.close()
    assert first != second
