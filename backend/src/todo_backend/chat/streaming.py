"""A turn has a task of its own: when the one who asked goes away, it still keeps and counts what it has done."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import structlog

log = structlog.get_logger()

STOP_SECONDS = 8.0
"""How long a process that is asked to end waits for turns that nobody listens to."""
Running = set[asyncio.Task[None]]


async def detached(frames: AsyncIterator[bytes], gone: asyncio.Event, running: Running) -> AsyncGenerator[bytes, None]:
    """The frames as they come. Sets `gone` when they are not listened to any more."""
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
