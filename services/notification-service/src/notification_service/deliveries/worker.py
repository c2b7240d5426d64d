"""Sends what is due, one loop for each channel, so that a slow mail server holds up no push.

A delivery is claimed with a lease, and the claim is committed before anything is sent. Replicas claim different rows.
If one dies, its deliveries are claimed again when the lease ends: they are sent at least once, with the same id.
"""

import asyncio
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import structlog

from notification_service.channels import repository as channels
from notification_service.deliveries import repository
from notification_service.sending import Broken, ChannelName, Later, Never, Outcome, Outgoing, Send, Sent
from todo_kit.errors import database_is_away
from todo_kit.loops import IDLE_SECONDS, Loop, pause_until
from todo_kit.runtime import Runtime
from todo_kit.telemetry import metrics

log = structlog.get_logger()

AT_ONCE = 32
LEASE_SECONDS = 90.0
"""Longer than an attempt of any channel."""
SHORTEST_PAUSE_SECONDS = 0.2
FIRST_DELAY_SECONDS, MAX_DELAY_SECONDS = 30.0, 3600.0
BROKEN_SECONDS = 60.0
"""How long a channel that has to be repaired is left alone."""
CHANNELS: tuple[ChannelName, ...] = ("email", "push")


def wake(runtime: Runtime) -> None:
    for channel in CHANNELS:
        _woken(runtime, channel).set()


def _woken(runtime: Runtime, channel: ChannelName) -> asyncio.Event:
    event: asyncio.Event = runtime.extras.setdefault(f"deliveries_{channel}", asyncio.Event())
    return event


def deliver(channel: ChannelName, send: Send) -> Loop:
    async def run(runtime: Runtime) -> None:
        woken, running = _woken(runtime, channel), set[asyncio.Task[None]]()
        try:
            while not runtime.stopping.is_set():
                woken.clear()
                lease = uuid4()
                claimed = await _claim(runtime, channel, AT_ONCE - len(running), lease)
                for row in claimed:
                    task = asyncio.create_task(attempt(runtime, channel, send, row, lease))
                    running.add(task)
                    task.add_done_callback(_ended(running, woken))
                if not claimed:
                    await pause_until(woken, runtime, await seconds_to_next(runtime, channel))
        finally:
            if running:
                await asyncio.wait(running)

    return run


def _ended(running: set[asyncio.Task[None]], woken: asyncio.Event) -> Callable[[asyncio.Task[None]], None]:
    def ended(task: asyncio.Task[None]) -> None:
        running.discard(task)
        woken.set()

    return ended


async def _claim(runtime: Runtime, channel: ChannelName, number: int, lease: UUID) -> list[asyncpg.Record]:
    if number <= 0:
        return []
    return await repository.claim(runtime.database, channel, number, lease, runtime.clock.now(), LEASE_SECONDS)


async def seconds_to_next(runtime: Runtime, channel: ChannelName) -> float:
    """Returns the seconds until a delivery is due or the lease of any replica ends, within limits."""
    next_at = await repository.next_due(runtime.database, channel)
    seconds = (next_at - runtime.clock.now()).total_seconds() if next_at else IDLE_SECONDS
    metrics.DELIVERY_OVERDUE_SECONDS.labels(channel).set(max(0.0, -seconds))
    return min(max(seconds, SHORTEST_PAUSE_SECONDS), IDLE_SECONDS)


async def attempt(runtime: Runtime, channel: ChannelName, send: Send, row: asyncpg.Record, lease: UUID) -> None:
    """Sends a delivery and records how that ended. Never raises: what is not recorded is claimed again."""
    try:
        outcome = await _outcome(runtime, send, row)
        await _record(runtime, channel, row, lease, outcome)
    except Exception as error:  # noqa: BLE001 - the lease ends, and another attempt begins
        report = log.warning if database_is_away(error) else log.error
        report("delivery_not_recorded", channel=channel, delivery_id=str(row["id"]), error=str(error)[:500])


async def _outcome(runtime: Runtime, send: Send, row: asyncpg.Record) -> Outcome | None:
    """Returns None if nobody wants the notification any more: it was read, or its task is over."""
    if not row["wanted"]:
        return None
    if row["expires_at"] <= runtime.clock.now():
        return Never("it was tried for a day")
    return await send(runtime, repository.outgoing_of(row))


async def _record(
    runtime: Runtime, channel: ChannelName, row: asyncpg.Record, lease: UUID, outcome: Outcome | None
) -> None:
    now, database, id_ = runtime.clock.now(), runtime.database, row["id"]
    name = type(outcome).__name__.lower() if outcome else "dropped"
    metrics.DELIVERIES.labels(channel, name).inc()
    about = {"channel": channel, "delivery_id": str(id_), "attempts": row["attempts"]}
    match outcome:
        case None:
            await repository.finish(database, id_, lease, "dropped", None, now)
        case Sent():
            await repository.finish(database, id_, lease, "sent", None, now)
            log.info("delivered", **about)
        case Never(reason, target_gone):
            if target_gone:
                await _forget(runtime, channel, repository.outgoing_of(row), reason)
            await repository.finish(database, id_, lease, "failed", reason, now)
            log.warning("delivery_failed", reason=reason, **about)
        case Later(reason, after):
            delay = max(after, delay_after(row["attempts"]))
            await repository.postpone(database, id_, lease, reason, _later(now, delay), counted=True)
            log.warning("delivery_postponed", reason=reason, seconds=round(delay), **about)
        case Broken(reason):
            due = _later(now, BROKEN_SECONDS * _jitter())
            await repository.postpone(database, id_, lease, reason, due, counted=False)
            log.error("channel_broken", reason=reason, **about)


async def _forget(runtime: Runtime, channel: ChannelName, outgoing: Outgoing, reason: str) -> None:
    async with runtime.database.transaction() as session:
        if channel == "email":
            await channels.forget_address(session, outgoing.user_id, outgoing.target, reason)
        elif outgoing.endpoint:
            await channels.forget_device(session, UUID(outgoing.target), outgoing.endpoint)


def delay_after(attempts: int) -> float:
    """Doubles with each attempt. Deliveries that have failed together do not come again together."""
    doubled = FIRST_DELAY_SECONDS * 2.0 ** (min(attempts, 10) - 1)
    return min(doubled, MAX_DELAY_SECONDS) * _jitter()


def _jitter() -> float:
    return random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, hides nothing


def _later(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=seconds)
