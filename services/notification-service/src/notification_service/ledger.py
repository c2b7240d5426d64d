"""Sends what is due in a ledger: rows that are claimed, sent, and then finished or postponed.

A row is claimed with a lease, and the claim is committed before anything is sent. Replicas claim different rows. If
one dies, its rows are claimed again when the lease ends: they are sent at least once, with the same id.
"""

import asyncio
import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import structlog

from notification_service.sending import Broken, Later, Never, Outcome, Quiet, Sent, Unwanted
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


class Ledger(ABC):
    """The rows that one channel sends. A row has at least `id` and `attempts`, which the claim counts."""

    name: str
    """The channel, in metrics and logs."""
    at_once: int
    """Attempts of a replica at the same time."""
    attempt_seconds: float
    """The longest time of an attempt."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime, self.database = runtime, runtime.database

    @abstractmethod
    async def claim(self, number: int, lease: UUID, now: datetime, ends: datetime) -> Sequence[asyncpg.Record]:
        """Claims due rows until `ends`, and returns them with what is needed to send them."""

    @abstractmethod
    async def waiting(self) -> tuple[datetime, datetime] | None:
        """Returns when a row is due next, and when the oldest was first due; None if none waits."""

    @abstractmethod
    async def send(self, row: asyncpg.Record) -> Outcome | Quiet | Unwanted: ...

    @abstractmethod
    async def finish(self, row: asyncpg.Record, lease: UUID, state: str, reason: str | None, now: datetime) -> None:
        """Records that a row was `sent`, `failed` or `dropped`, if the lease still holds."""

    @abstractmethod
    async def postpone(
        self, row: asyncpg.Record, lease: UUID, reason: str, due_at: datetime, *, counted: bool, extended: timedelta
    ) -> None:
        """Lets a row wait, if the lease still holds. Unless `counted`, the attempt does not count."""

    @abstractmethod
    async def sent(self, row: asyncpg.Record) -> None:
        """Is called before a row is recorded as sent."""

    @abstractmethod
    async def forget(self, row: asyncpg.Record, reason: str) -> None:
        """Sends nothing more to the target of a row."""

    def delay_after(self, attempts: int) -> float:
        """Returns the seconds until the next attempt."""
        return delay_after(attempts)


class Worker:
    def __init__(self, runtime: Runtime, ledger: Ledger) -> None:
        self.runtime, self.ledger = runtime, ledger
        self.woken = _woken(runtime, ledger.name)
        self.running: set[asyncio.Task[None]] = set()
        self.broken = False
        """While it is, one row at a time is tried, with a pause in between."""
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
        free = (1 if self.broken else self.ledger.at_once) - len(self.running)
        if free <= 0 or self.pause_ends > _now():
            return False
        lease, now = uuid4(), self.runtime.clock.now()
        ends = _later(now, self.ledger.attempt_seconds + LEASE_MARGIN_SECONDS)
        claimed = await self.ledger.claim(free, lease, now, ends)
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
        """Returns the seconds until a row is due or the lease of any replica ends, within limits."""
        waiting = await self.ledger.waiting()
        now = self.runtime.clock.now()
        overdue = (now - waiting[1]).total_seconds() if waiting else 0.0
        metrics.DELIVERY_OVERDUE_SECONDS.labels(self.ledger.name).set(max(0.0, overdue))
        seconds = (waiting[0] - now).total_seconds() if waiting else IDLE_SECONDS
        return min(max(seconds, self.pause_ends - _now(), SHORTEST_PAUSE_SECONDS), IDLE_SECONDS)

    async def attempt(self, row: asyncpg.Record, lease: UUID) -> None:
        """Sends a row and records how that ended. Never raises: what is not recorded is claimed again."""
        try:
            await self.record(row, lease, await self.outcome(row))
        except Exception as error:  # noqa: BLE001 - the lease ends, and another attempt begins
            report = log.warning if database_is_away(error) else log.error
            about = {"channel": self.ledger.name, "delivery_id": str(row["id"])}
            report("delivery_not_recorded", **about, error=f"{type(error).__name__}: {error}"[:500])

    async def outcome(self, row: asyncpg.Record) -> Outcome | Quiet | Unwanted:
        try:
            outcome = await self.ledger.send(row)
        except Exception as error:
            log.exception("delivery_crashed", channel=self.ledger.name, delivery_id=str(row["id"]))
            return Later(f"it cannot be sent: {type(error).__name__}")
        if isinstance(outcome, Later) and outcome.may_have_arrived and row["attempts"] >= DOUBTFUL_ATTEMPTS:
            return Never(f"{outcome.reason}; it may have arrived")
        return outcome

    async def record(self, row: asyncpg.Record, lease: UUID, outcome: Outcome | Quiet | Unwanted) -> None:
        now, ledger = self.runtime.clock.now(), self.ledger
        about = {"channel": ledger.name, "delivery_id": str(row["id"]), "attempts": row["attempts"]}
        metrics.DELIVERIES.labels(ledger.name, type(outcome).__name__.lower()).inc()
        self.broken = isinstance(outcome, Broken) or (self.broken and not isinstance(outcome, Sent))
        match outcome:
            case Unwanted(reason):
                await ledger.finish(row, lease, "dropped", reason, now)
            case Quiet(reason, until):
                await ledger.postpone(row, lease, reason, until, counted=False, extended=until - now)
            case Sent():
                await ledger.sent(row)
                await ledger.finish(row, lease, "sent", None, now)
                log.info("delivered", **about)
            case Never(reason, target_gone):
                if target_gone:
                    await ledger.forget(row, reason)
                await ledger.finish(row, lease, "failed", reason, now)
                log.warning("delivery_failed", reason=reason, **about)
            case Later(reason, after):
                delay = max(after, ledger.delay_after(row["attempts"]))
                await ledger.postpone(row, lease, reason, _later(now, delay), counted=True, extended=timedelta())
                log.warning("delivery_postponed", reason=reason, seconds=round(delay), **about)
            case Broken(reason):
                self.pause_ends = _now() + BROKEN_SECONDS
                due = _later(now, BROKEN_SECONDS * jitter())
                await ledger.postpone(row, lease, reason, due, counted=False, extended=timedelta())
                log.error("channel_broken", reason=reason, **about)


def loop(ledger: type[Ledger]) -> Loop:
    async def deliver(runtime: Runtime) -> None:
        await Worker(runtime, ledger(runtime)).run()

    return deliver


def wake(runtime: Runtime, *names: str) -> None:
    """Lets the workers of this replica look for rows now."""
    for name in names:
        _woken(runtime, name).set()


def _woken(runtime: Runtime, name: str) -> asyncio.Event:
    event: asyncio.Event = runtime.extras.setdefault(f"deliveries_{name}", asyncio.Event())
    return event


def _now() -> float:
    return asyncio.get_running_loop().time()


def delay_after(attempts: int) -> float:
    """Doubles with each attempt. Rows that have failed together do not come again together."""
    doubled = FIRST_DELAY_SECONDS * 2.0 ** (min(attempts, 10) - 1)
    return min(doubled, MAX_DELAY_SECONDS) * jitter()


def jitter() -> float:
    return random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, hides nothing


def _later(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=seconds)
