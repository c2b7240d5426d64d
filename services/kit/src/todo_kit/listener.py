"""LISTEN on a Postgres channel, on a dedicated connection."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from todo_kit.loops import IDLE_SECONDS, pause_until
from todo_kit.runtime import Runtime


async def listen(
    runtime: Runtime, channel: str, heard: Callable[[str], None], connected: Callable[[], Awaitable[None]]
) -> None:
    """Calls `heard` with each payload until the process stops. Raises if the connection is lost.

    Calls `connected` once after LISTEN, so that it can read what was sent before.
    """
    connection = await runtime.database.connect()

    def told(_: Any, __: int, ___: str, payload: object) -> None:
        heard(str(payload))

    lost = asyncio.Event()
    connection.add_termination_listener(lambda *_: lost.set())
    try:
        await connection.add_listener(channel, told)
        await connected()
        while not runtime.stopping.is_set():
            await pause_until(lost, runtime, IDLE_SECONDS)
            await connection.execute("SELECT 1")  # fails if the connection is lost, even without a termination event
    finally:
        await connection.close(timeout=2)
