"""Follows a channel of Postgres on a connection of its own."""

from collections.abc import Awaitable, Callable
from typing import Any

from todo_kit.loops import pause
from todo_kit.runtime import Runtime

PROBE_SECONDS = 1.0


async def listen(
    runtime: Runtime, channel: str, heard: Callable[[str], None], connected: Callable[[], Awaitable[None]]
) -> None:
    """Calls `heard` with each payload until the process stops. Raises when the connection is lost.

    `connected` is called once the channel is followed: it reads what was sent before that.
    """
    connection = await runtime.database.connect()

    def told(_: Any, __: int, ___: str, payload: object) -> None:
        heard(str(payload))

    try:
        await connection.add_listener(channel, told)
        await connected()
        while not await pause(runtime, PROBE_SECONDS):
            await connection.execute("SELECT 1")  # or nobody would notice that it is lost
    finally:
        await connection.close(timeout=2)
