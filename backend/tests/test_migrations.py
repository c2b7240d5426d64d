"""Migrations that do more than make tables."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest
from alembic import command

from tests.support import Backbone
from todo_kit.migrations import config_for
from todo_kit.provisioning import EXTENSIONS


@pytest.fixture
async def url(backbone: Backbone) -> AsyncIterator[str]:
    """A database of its own, without tables."""
    name = f"migrated_{uuid4().hex}"
    server = await asyncpg.connect(backbone.cluster.url())
    await server.execute(f"CREATE DATABASE {name}")
    url = backbone.cluster.url(name)
    database = await asyncpg.connect(url)
    for extension in EXTENSIONS:
        await database.execute(f"CREATE EXTENSION {extension}")
    await database.close()
    yield url
    await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await server.close()


async def migrate(url: str, revision: str) -> None:
    await asyncio.to_thread(command.upgrade, config_for("todo_backend", url), revision)


async def test_interrupted_index_is_built_again(url: str) -> None:
    await migrate(url, "0019")
    tasks = await asyncpg.connect(url)
    await tasks.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_tasks_position'::regclass")
    await tasks.execute("UPDATE alembic_version SET version_num = '0018'")
    await migrate(url, "0019")
    assert await tasks.fetchval("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_tasks_position'::regclass")
    await tasks.close()
