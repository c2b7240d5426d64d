from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from notification_service import ledger
from notification_service.sending import Never, Outcome, Quiet, Unwanted
from notification_service.webhooks import pausing, repository, signing
from notification_service.webhooks.events import NAME
from notification_service.webhooks.models import LIFETIME
from notification_service.webhooks.repository import AtOnce
from notification_service.webhooks.sender import CONNECTIONS, SENDER, TIMEOUT_SECONDS, Sender

AT_ONCE = AtOnce(to_webhook=2, of_user=4)
MINUTE, HOUR = 60.0, 3600.0
DELAYS = (5.0, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR)
"""Seconds until the next attempt."""


class Webhooks(ledger.Ledger):
    name = NAME
    at_once = CONNECTIONS
    attempt_seconds = TIMEOUT_SECONDS

    async def claim(self, number: int, lease: UUID, now: datetime, ends: datetime) -> Sequence[asyncpg.Record]:
        return await repository.claim(self.database, number, AT_ONCE, lease, now, ends)

    async def waiting(self) -> tuple[datetime, datetime] | None:
        """A message is overdue if it can be claimed. One whose receiver does not keep up is not."""
        now = self.runtime.clock.now()
        ends = now + timedelta(seconds=self.attempt_seconds + ledger.LEASE_MARGIN_SECONDS)
        next_at = await repository.next_at(self.database, AT_ONCE, now, ends)
        return (next_at, next_at) if next_at else None

    async def send(self, row: asyncpg.Record) -> Outcome | Quiet | Unwanted:
        now = self.runtime.clock.now()
        if row["expires_at"] <= now:
            return Never("it was tried for three days")
        sender: Sender = self.runtime.extras[SENDER]
        body = row["body"].encode()
        keys = [key for key in (row["secret"], row["previous_secret"]) if key]
        headers = {
            "content-type": "application/json",
            "user-agent": "Todo-Webhooks/1.0",
            **signing.headers(str(row["id"]), now, body, keys),
        }
        outcome, answer = await sender.send(row["url"], body, headers, now.timestamp())
        if answer is not None:
            await repository.record_answer(self.database, row["id"], row["lease"], answer.status, answer.text)
        return outcome

    async def finish(self, row: asyncpg.Record, lease: UUID, state: str, reason: str | None, now: datetime) -> None:
        await repository.finish(self.database, row["id"], lease, state, reason, now)
        if state == "failed":
            await self._failed(row, now)

    async def postpone(
        self, row: asyncpg.Record, lease: UUID, reason: str, due_at: datetime, *, counted: bool, extended: timedelta
    ) -> None:
        del extended  # there are no quiet hours
        await repository.postpone(self.database, row["id"], lease, reason, due_at, counted=counted)
        await self._failed(row, self.runtime.clock.now())

    async def sent(self, row: asyncpg.Record) -> None:
        await repository.arrived(self.database, row["webhook_id"])

    async def forget(self, row: asyncpg.Record, reason: str) -> None:
        await self._pause(row, reason)

    async def _failed(self, row: asyncpg.Record, now: datetime) -> None:
        if await repository.failed_for(self.database, row["webhook_id"], now) >= LIFETIME:
            await self._pause(row, "nothing has arrived for three days")

    async def _pause(self, row: asyncpg.Record, reason: str) -> None:
        async with self.database.transaction() as session:
            await pausing.pause(self.runtime, session, [row["webhook_id"]], reason, self.runtime.clock.now())

    def delay_after(self, attempts: int) -> float:
        return DELAYS[min(attempts, len(DELAYS)) - 1] * ledger.jitter()
