"""Wakes the open streams of this replica: Postgres notifies every replica when the log of a user grows."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from todo_backend.live.log import CHANNEL
from todo_kit.listener import listen
from todo_kit.runtime import Runtime


class Hub:
    def __init__(self) -> None:
        self._streams: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    @contextmanager
    def stream(self, user_id: str) -> Iterator[asyncio.Event]:
        """Yields an event that is set when there may be new rows for the user."""
        woken = asyncio.Event()
        self._streams[user_id].add(woken)
        try:
            yield woken
        finally:
            self._streams[user_id].discard(woken)
            if not self._streams[user_id]:
                del self._streams[user_id]

    def wake(self, user_id: str) -> None:
        for woken in self._streams.get(user_id, ()):
            woken.set()

    def wake_all(self) -> None:
        for user_id in list(self._streams):
            self.wake(user_id)


def hub_of(runtime: Runtime) -> Hub:
    hub: Hub = runtime.extras.setdefault("live", Hub())
    return hub


async def broadcast(runtime: Runtime) -> None:
    """Listens until the process stops. Wakes all streams on each connect: notifications may have been missed."""
    hub = hub_of(runtime)

    async def connected() -> None:
        hub.wake_all()

    await listen(runtime, CHANNEL, hub.wake, connected)
