"""Sends notifications, one loop for each channel, so that a slow mail server holds up no push."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from notification_service import ledger
from notification_service.channels import repository as channels
from notification_service.channels.quiet_hours import QUIET, after_quiet_hours
from notification_service.deliveries import repository
from notification_service.sending import TEST, Channel, ChannelName, Never, Outcome, Quiet, Unwanted
from todo_kit.loops import Loop
from todo_kit.runtime import Runtime

NOT_WANTED = "it was read before, its task has changed, or the channel was turned off"
CHANNELS: tuple[ChannelName, ...] = ("email", "push")


def wake(runtime: Runtime) -> None:
    ledger.wake(runtime, *CHANNELS)


def deliver(channel: Channel) -> Loop:
    async def run(runtime: Runtime) -> None:
        await ledger.Worker(runtime, Deliveries(runtime, channel)).run()

    return run


class Deliveries(ledger.Ledger):
    def __init__(self, runtime: Runtime, channel: Channel) -> None:
        super().__init__(runtime)
        self.channel = channel
        self.name, self.at_once, self.attempt_seconds = channel.name, channel.at_once, channel.attempt_seconds

    async def claim(self, number: int, lease: UUID, now: datetime, ends: datetime) -> Sequence[asyncpg.Record]:
        return await repository.claim(self.database, self.name, number, lease, now, ends)

    async def waiting(self) -> tuple[datetime, datetime] | None:
        return await repository.waiting(self.database, self.name)

    async def send(self, row: asyncpg.Record) -> Outcome | Quiet | Unwanted:
        now = self.runtime.clock.now()
        if not row["wanted"]:
            return Unwanted(NOT_WANTED)
        due = after_quiet_hours(now, row["quiet_start"], row["quiet_end"], ZoneInfo(row["time_zone"]))
        if due > now and row["type"] != TEST:
            return Quiet(QUIET, due)
        if row["expires_at"] <= now:
            return Never("it was tried for a day")
        return await self.channel.send(self.runtime, repository.outgoing_of(row))

    async def finish(self, row: asyncpg.Record, lease: UUID, state: str, reason: str | None, now: datetime) -> None:
        await repository.finish(self.database, row["id"], lease, state, reason, now)

    async def postpone(
        self, row: asyncpg.Record, lease: UUID, reason: str, due_at: datetime, *, counted: bool, extended: timedelta
    ) -> None:
        id_ = row["id"]
        await repository.postpone(self.database, id_, lease, reason, due_at, counted=counted, extended=extended)

    async def sent(self, row: asyncpg.Record) -> None:
        """An address that was refused takes mails again."""
        if self.name == "email" and row["type"] == TEST:
            await self._set_address_problem(row, None)

    async def forget(self, row: asyncpg.Record, reason: str) -> None:
        if self.name == "email":
            await self._set_address_problem(row, reason)
        elif row["endpoint"]:
            async with self.database.transaction() as session:
                await channels.forget_device(session, UUID(row["target"]), row["endpoint"])

    async def _set_address_problem(self, row: asyncpg.Record, problem: str | None) -> None:
        async with self.database.transaction() as session:
            await channels.set_address_problem(session, row["user_id"], row["target"], problem)
