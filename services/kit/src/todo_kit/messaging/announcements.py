"""Wakes the relay after a commit, by a NOTIFY of its own.

A NOTIFY inside of a transaction takes a lock of the whole server until the commit is on disk, so that all commits go in
line: https://www.postgresql.org/docs/current/sql-notify.html. One that is lost with its process costs time and nothing
else, because the relay polls.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context

import structlog

log = structlog.get_logger()

PAUSE_SECONDS = 0.02
RETRY_SECONDS = 1.0
NOTIFY = """
    WITH unflushed AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    SELECT pg_notify(current_schema() || '.outbox', '') FROM unflushed
"""


class Announcer:
    def __init__(self, send: Callable[[], Awaitable[None]]) -> None:
        self._send = send
        self._sending: asyncio.Task[None] | None = None
        self._sent_at = 0.0
        self._is_due = self._is_closing = False

    def announce(self) -> None:
        """Tells the relay that the outbox has events: at once, but only once in PAUSE_SECONDS."""
        self._is_due = True
        if self._sending is None or self._sending.done():
            # A context of its own: this is for the commits of all requests.
            self._sending = asyncio.create_task(self._run(), context=Context())

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._is_due:
            await asyncio.sleep(max(0.0, self._sent_at + PAUSE_SECONDS - loop.time()))
            self._is_due, self._sent_at = False, loop.time()
            try:
                await self._send()
            except Exception as error:  # noqa: BLE001 - tried again
                log.warning("announcement_failed", error=f"{type(error).__name__}: {error}"[:300])
                if not self._is_closing:
                    self._is_due = True
                    await asyncio.sleep(RETRY_SECONDS)

    async def close(self) -> None:
        """Waits for the last announcement, which is tried once."""
        self._is_closing = True
        if self._sending:
            await self._sending
