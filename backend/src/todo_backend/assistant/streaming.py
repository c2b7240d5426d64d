"""Turns in asyncio tasks of their own, which store results and count tokens after the client disconnects."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar

import structlog

log = structlog.get_logger()

STOP_SECONDS = 8.0
"""How long a process waits at shutdown for turns that are still running."""
Event = TypeVar("Event")
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


async def with_silences(events: AsyncIterator[Event], seconds: float) -> AsyncIterator[Event | None]:
    """Yields the events, and None whenever there was none for `seconds`."""
    coming: asyncio.Future[Event] | None = None
    try:
        while True:
            coming = coming or asyncio.ensure_future(anext(events))
            if not (await asyncio.wait({coming}, timeout=seconds))[0]:
                yield None
                continue
            try:
                event = coming.result()
            except StopAsyncIteration:
                return
            coming = None
            yield event
    finally:
        if coming:
            coming.cancel()


async def finish(running: Running) -> None:
    if running:
        _, unfinished = await asyncio.wait(running, timeout=STOP_SECONDS)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
