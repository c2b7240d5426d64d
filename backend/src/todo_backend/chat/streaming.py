"""Turns in asyncio tasks of their own, which store results and count tokens after the client disconnects."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import structlog

log = structlog.get_logger()

STOP_SECONDS = 8.0
"""How long a process waits at shutdown for turns that are still running."""
Running = set[asyncio.Task[None]]


async def detached(frames: AsyncIterator[bytes], gone: asyncio.Event, running: Running) -> AsyncGenerator[bytes, None]:
    """Consumes the frames in a task of its own and yields them. Sets `gone` when the reader stops."""
    queue: asyncio.Queue[bytes | None] = asyncio.Queue()

    async def run() -> None:
        try:
            async for frame in frames:
                queue.put_nowait(frame)
        except Exception:
            log.exception("turn_failed")
            raise
        finally:
            queue.put_nowait(None)

    task = asyncio.create_task(run())
    running.add(task)
    task.add_done_callback(running.discard)
    try:
        while (frame := await queue.get()) is not None:
            yield frame
        await task
    finally:
        gone.set()


async def finish(running: Running) -> None:
    if running:
        _, unfinished = await asyncio.wait(running, timeout=STOP_SECONDS)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
