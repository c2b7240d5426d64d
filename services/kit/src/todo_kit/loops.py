"""Background loops: they stop with the process and are restarted when they fail."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog

from todo_kit.runtime import Runtime

log = structlog.get_logger()

Loop = Callable[[Runtime], Awaitable[None]]
MAX_BACK_OFF_SECONDS = 5.0
IDLE_SECONDS = 30.0
"""Maximum time that an idle loop waits before it polls the database again."""


async def keep_running(loop: Loop, runtime: Runtime) -> None:
    """Runs a loop until the process stops. Restarts it with back-off if it fails, for example on a lost connection."""
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
    """Yields immediately and then at each interval until the process stops.

    Immediately, because a process may not live as long as the interval.
    """
    while True:
        yield
        if await pause(runtime, seconds):
            return


async def pause(runtime: Runtime, seconds: float) -> bool:
    """Waits for the given time. Returns True as soon as the process is asked to stop."""
    try:
        await asyncio.wait_for(runtime.stopping.wait(), seconds)
    except TimeoutError:
        return False
    return True


async def pause_until(woken: asyncio.Event, runtime: Runtime, seconds: float) -> None:
    """Waits until the event is set, the process is asked to stop, or the time is over."""
    waits = [asyncio.ensure_future(woken.wait()), asyncio.ensure_future(runtime.stopping.wait())]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
