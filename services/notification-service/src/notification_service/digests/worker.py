from collections.abc import Sequence
from datetime import datetime, timedelta
from email.errors import MessageError
from typing import Any, cast
from uuid import UUID

import asyncpg
import orjson

from notification_service import ledger
from notification_service.digests import repository
from notification_service.digests.message import compose
from notification_service.digests.service import NAME
from notification_service.email import CHANNEL
from notification_service.email.delivery import MAILER, Mailer
from notification_service.sending import Later, Never, Outcome, Quiet, Unwanted
from notification_service.settings import Settings
from todo_kit.errors import Unavailable
from todo_kit.runtime import Runtime

TASK_API = "todo-backend"
ASK_SECONDS = 10.0
OK = 200


class Digests(ledger.Ledger):
    """Asks the task API what is due at each attempt: what was done meanwhile is not told."""

    name = NAME
    at_once = CHANNEL.at_once
    attempt_seconds = CHANNEL.attempt_seconds + ASK_SECONDS

    async def claim(self, number: int, lease: UUID, now: datetime, ends: datetime) -> Sequence[asyncpg.Record]:
        return await repository.claim(self.database, number, lease, now, ends)

    async def waiting(self) -> tuple[datetime, datetime] | None:
        return await repository.waiting(self.database)

    async def send(self, row: asyncpg.Record) -> Outcome | Quiet | Unwanted:
        if not row["wanted"]:
            return Unwanted("the digest was turned off")
        if row["expires_at"] <= self.runtime.clock.now():
            return Never("the day is over")
        try:
            content = await ask(self.runtime, row["user_id"])
        except Unavailable as error:
            return Later(f"the task API does not answer: {error}"[:300])
        if not content["today_count"] and not content["overdue_count"]:
            return Unwanted("nothing is due")
        return await mail(self.runtime, row, content)

    async def finish(self, row: asyncpg.Record, lease: UUID, state: str, reason: str | None, now: datetime) -> None:
        await repository.finish(self.database, row["id"], lease, state, reason, now)

    async def postpone(
        self, row: asyncpg.Record, lease: UUID, reason: str, due_at: datetime, *, counted: bool, extended: timedelta
    ) -> None:
        del extended  # the user has chosen the time: there are no quiet hours
        await repository.postpone(self.database, row["id"], lease, reason, due_at, counted=counted)

    async def sent(self, row: asyncpg.Record) -> None:
        """A mail that was sent changes nothing else."""

    async def forget(self, row: asyncpg.Record, reason: str) -> None:
        async with self.database.transaction() as session:
            await repository.set_problem(session, row["user_id"], row["email"], reason)


async def mail(runtime: Runtime, row: asyncpg.Record, content: dict[str, Any]) -> Outcome:
    mailer: Mailer | None = runtime.extras.get(MAILER)
    if mailer is None:
        return Never("this installation sends no mail")
    try:
        message = compose(row, content, cast("Settings", runtime.settings))
    except (ValueError, MessageError) as error:
        return Never(f"not an address for mails: {error}", target_gone=True)
    return await mailer(message, row["email"])


async def ask(runtime: Runtime, user_id: str) -> dict[str, Any]:
    """Returns what is due, as the task API's `Digest`. Raises Unavailable."""
    body = orjson.dumps({"user_id": user_id})
    answer = await runtime.sidecar.invoke(TASK_API, "internal/digests", verb="POST", body=body)
    if answer.status != OK:
        raise Unavailable(f"it answered {answer.status}")
    return dict(orjson.loads(answer.body))
