"""Sends what is due, one loop for each channel, so that a slow mail server holds up no push.

A delivery is claimed with a lease, and the claim is committed before anything is sent. Replicas claim different rows.
If one dies, its deliveries are claimed again when the lease ends: they are sent at least once, with the same id.
"""

import asyncio
import random
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import asyncpg
import structlog

from notification_service.channels import repository as channels
from notification_service.channels.quiet_hours import QUIET, after_quiet_hours
from notification_service.deliveries import repository
from notification_service.sending import TEST, Broken, Channel, ChannelName, Later, Never, Outcome, Sent
from todo_kit.errors import database_is_away
from todo_kit.loops import IDLE_SECONDS, Loop, pause_until
from todo_kit.runtime import Runtime
from todo_kit.telemetry import metrics

log = structlog.get_logger()

LEASE_MARGIN_SECONDS = 30.0
"""How much longer a lease is than an attempt: for what surrounds it."""
STOP_SECONDS = 8.0
"""Less than the application gives its loops."""
SHORTEST_PAUSE_SECONDS = 0.2
FIRST_DELAY_SECONDS, MAX_DELAY_SECONDS = 30.0, 3600.0
BROKEN_SECONDS = 60.0
"""How long a channel that has to be repaired is left alone."""
DOUBTFUL_ATTEMPTS = 2
NOT_WANTED = "it was read before, its task has changed, or the channel was turned off"
CHANNELS: tuple[ChannelName, ...] = ("email", "push")


def wake(runtime: Runtime) -> None:
    for channel in CHANNELS:
        _woken(runtime, channel).set()


def _woken(runtime: Runtime, channel: ChannelName) -> asyncio.Event:
    event: asyncio.Event = runtime.extras.setdefault(f"deliveries_{channel}", asyncio.Event())
    return event


def deliver(channel: Channel) -> Loop:
    async def run(runtime: Runtime) -> None:
        await Worker(runtime, channel).run()

    return run


class Worker:
    def __init__(self, runtime: Runtime, channel: Channel) -> None:
        self.runtime, self.channel = runtime, channel
        self.woken = _woken(runtime, channel.name)
        self.running: set[asyncio.Task[None]] = set()
        self.broken = False
        """While it is, one delivery at a time is tried, with a pause in between."""
        self.pause_ends = 0.0

    async def run(self) -> None:
        try:
            while not self.runtime.stopping.is_set():
                self.woken.clear()
                if not await self.start_attempts():
                    await pause_until(self.woken, self.runtime, await self.seconds_to_next())
        finally:
            await self.stop()

    async def start_attempts(self) -> bool:
        """Claims what is due and starts to send it. Returns whether there was anything."""
        free = (1 if self.broken else self.channel.at_once) - len(self.running)
        if free <= 0 or self.pause_ends > _now():
            return False
        lease, seconds = uuid4(), self.channel.attempt_seconds + LEASE_MARGIN_SECONDS
        now = self.runtime.clock.now()
        claimed = await repository.claim(self.runtime.database, self.channel.name, free, lease, now, seconds)
        for row in claimed:
            task = asyncio.create_task(self.attempt(row, lease))
            self.running.add(task)
            task.add_done_callback(self.ended)
        return bool(claimed)

    def ended(self, task: "asyncio.Task[None]") -> None:
        self.running.discard(task)
        self.woken.set()

    async def stop(self) -> None:
        """Waits for the attempts. Those that take longer are cancelled, and begin again when their lease has ended."""
        if self.running:
            _, late = await asyncio.wait(self.running, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()

    async def seconds_to_next(self) -> float:
        """Returns the seconds until a delivery is due or the lease of any replica ends, within limits."""
        waiting = await repository.waiting(self.runtime.database, self.channel.name)
        now = self.runtime.clock.now()
        overdue = (now - waiting[1]).total_seconds() if waiting else 0.0
        metrics.DELIVERY_OVERDUE_SECONDS.labels(self.channel.name).set(max(0.0, overdue))
        seconds = (waiting[0] - now).total_seconds() if waiting else IDLE_SECONDS
        return min(max(seconds, self.pause_ends - _now(), SHORTEST_PAUSE_SECONDS), IDLE_SECONDS)

    async def attempt(self, row: asyncpg.Record, lease: UUID) -> None:
        """Sends a delivery and records how that ended. Never raises: what is not recorded is claimed again."""
        try:
            await self.record(row, lease, await self.outcome(row))
        except Exception as error:  # noqa: BLE001 - the lease ends, and another attempt begins
            report = log.warning if database_is_away(error) else log.error
            about = {"channel": self.channel.name, "delivery_id": str(row["id"])}
            report("delivery_not_recorded", **about, error=f"{type(error).__name__}: {error}"[:500])

    async def outcome(self, row: asyncpg.Record) -> Outcome | datetime | None:
        """Returns None if nobody wants the notification any more, or the end of the quiet hours.

        It was read, its task has moved on or is over, or its channel was turned off.
        """
        now = self.runtime.clock.now()
        if not row["wanted"]:
            return None
        due = after_quiet_hours(now, row["quiet_start"], row["quiet_end"], ZoneInfo(row["time_zone"]))
        if due > now and row["type"] != TEST:
            return due
        if row["expires_at"] <= now:
            return Never("it was tried for a day")
        try:
            return await self.channel.send(self.runtime, repository.outgoing_of(row))
        except Exception as error:
            log.exception("delivery_crashed", channel=self.channel.name, delivery_id=str(row["id"]))
            return Later(f"it cannot be sent: {type(error).__name__}")

    async def record(self, row: asyncpg.Record, lease: UUID, outcome: Outcome | datetime | None) -> None:
        now, database, id_, channel = self.runtime.clock.now(), self.runtime.database, row["id"], self.channel.name
        about = {"channel": channel, "delivery_id": str(id_), "attempts": row["attempts"]}
        if isinstance(outcome, Later) and outcome.may_have_arrived and row["attempts"] >= DOUBTFUL_ATTEMPTS:
            outcome = Never(f"{outcome.reason}; it may have arrived")
        metrics.DELIVERIES.labels(channel, _name(outcome)).inc()
        self.broken = isinstance(outcome, Broken) or (self.broken and not isinstance(outcome, Sent))
        match outcome:
            case None:
                await repository.finish(database, id_, lease, "dropped", NOT_WANTED, now)
            case datetime():
                extended = outcome - now
                await repository.postpone(database, id_, lease, QUIET, outcome, counted=False, extended=extended)
            case Sent():
                if channel == "email" and row["type"] == TEST:
                    await self.clear_problem(row)
                await repository.finish(database, id_, lease, "sent", None, now)
                log.info("delivered", **about)
            case Never(reason, target_gone):
                if target_gone:
                    await self.forget(row, reason)
                await repository.finish(database, id_, lease, "failed", reason, now)
                log.warning("delivery_failed", reason=reason, **about)
            case Later(reason, after):
                delay = max(after, delay_after(row["attempts"]))
                await repository.postpone(database, id_, lease, reason, _later(now, delay), counted=True)
                log.warning("delivery_postponed", reason=reason, seconds=round(delay), **about)
            case Broken(reason):
                self.pause_ends = _now() + BROKEN_SECONDS
                due = _later(now, BROKEN_SECONDS * _jitter())
                await repository.postpone(database, id_, lease, reason, due, counted=False)
                log.error("channel_broken", reason=reason, **about)

    async def clear_problem(self, row: asyncpg.Record) -> None:
        """An address that was refused takes mails again."""
        async with self.runtime.database.transaction() as session:
            await channels.set_address_problem(session, row["user_id"], row["target"], None)

    async def forget(self, row: asyncpg.Record, reason: str) -> None:
        """Sends nothing more to a target that is gone."""
        async with self.runtime.database.transaction() as session:
            if self.channel.name == "email":
                await channels.set_address_problem(session, row["user_id"], row["target"], reason)
            elif row["endpoint"]:
                await channels.forget_device(session, UUID(row["target"]), row["endpoint"])


def _name(outcome: Outcome | datetime | None) -> str:
    if outcome is None:
        return "dropped"
    return "quiet" if isinstance(outcome, datetime) else type(outcome).__name__.lower()


def _now() -> float:
    return asyncio.get_running_loop().time()


def delay_after(attempts: int) -> float:
    """Doubles with each attempt. Deliveries that have failed together do not come again together."""
    doubled = FIRST_DELAY_SECONDS * 2.0 ** (min(attempts, 10) - 1)
    return min(doubled, MAX_DELAY_SECONDS) * _jitter()


def _jitter() -> float:
    return random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, hides nothing


def _later(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=seconds)
