"""Work that goes on beside the requests: loops that wait, stop when asked, and start again when they fail."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog

from todo_kit.runtime import Runtime

log = structlog.get_logger()

Loop = Callable[[Runtime], Awaitable[None]]
MAX_BACK_OFF_SECONDS = 5.0
IDLE_SECONDS = 30.0
"""How long a loop that finds nothing to do may wait before it asks the database again."""


async def keep_running(loop: Loop, runtime: Runtime) -> None:
    """Runs a loop until the process stops; one that fails (a lost connection, say) is started again after a while."""
    back_off = 0.1
    while not runtime.stopping.is_set():
        started = asyncio.get_running_loop().time()
        try:
            await loop(runtime)
        except Exception as error:  # noqa: BLE001 - whatever it was, the loop goes on
            log.warning("loop_failed", loop=loop.__module__, error=f"{type(error).__name__}: {error}"[:500])
            if asyncio.get_running_loop().time() - started > MAX_BACK_OFF_SECONDS:
                back_off = 0.1
            await pause(runtime, back_off)
            back_off = min(back_off * 2, MAX_BACK_OFF_SECONDS)


async def every(runtime: Runtime, seconds: float) -> AsyncIterator[None]:
    """At once, since a process may never get as old as the interval, and then as often until it is asked to stop."""
    while True:
        yield
        if await pause(runtime, seconds):
            return


async def pause(runtime: Runtime, seconds: float) -> bool:
    """Waits; True as soon as the process is to stop."""
    try:
        await asyncio.wait_for(runtime.stopping.wait(), seconds)
    except TimeoutError:
        return False
    return True


async def pause_until(woken: asyncio.Event, runtime: Runtime, seconds: float) -> None:
    """Waits for the event, the stop of the process, or the time."""
    waits = [asyncio.ensure_future(woken.wait()), asyncio.ensure_future(runtime.stopping.wait())]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
