"""The yardstick: a bare Go server on the suite's Postgres, with tables of its own and the same tokens."""

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import httpx

from tests.suite import RunningSuite
from tests.support import free_port
from todo_local.golang import Programs

SECONDS = 30
PROGRAM = Programs("yardstick", "1", Path(__file__).parent, {"yardstick": "./"}, minutes=1)
TABLES = ("tasks", "accounts", "outbox", "task_tallies")


@contextmanager
def running(suite: RunningSuite, user: str) -> Iterator[str]:
    """Runs the server with a copy of the user's tasks. Yields its URL."""
    url, port = suite.database_url("postgres"), free_port()
    asyncio.run(_copy_tables(url, user))
    settings = {"DATABASE_URL": url, "JWKS": str(suite.home / "jwks.json"), "PORT": str(port)}
    process = subprocess.Popen([PROGRAM.build() / "yardstick"], env=os.environ | settings)
    try:
        _wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(SECONDS)


async def _copy_tables(url: str, user: str) -> None:
    """The indexes are the same; there is no trigger, as nothing waits for the events."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("DROP SCHEMA IF EXISTS yardstick CASCADE; CREATE SCHEMA yardstick")
        for table in TABLES:
            await connection.execute(f"CREATE TABLE yardstick.{table} (LIKE backend.{table} INCLUDING ALL)")
        for table in ("tasks", "accounts"):
            copy = f"INSERT INTO yardstick.{table} SELECT * FROM backend.{table} WHERE user_id = $1"  # noqa: S608
            await connection.execute(copy, user)
        await connection.execute("VACUUM ANALYZE yardstick.tasks")
    finally:
        await connection.close()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            httpx.get(url)
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
