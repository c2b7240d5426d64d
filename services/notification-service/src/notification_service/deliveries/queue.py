"""Adds a delivery for each channel of a user, in the transaction that creates the notification."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.channels import repository as channels
from notification_service.channels.quiet_hours import QUIET, after_quiet_hours
from notification_service.deliveries import repository, worker
from notification_service.deliveries.models import LIFETIME, Delivery
from notification_service.sending import ChannelName
from todo_kit.database import after_commit
from todo_kit.ids import uuid7
from todo_kit.runtime import Runtime

log = structlog.get_logger()

MAX_MAILS_A_DAY = 300
"""Of a user. More are in the page only: a mail server takes a limited number from an installation."""
Target = tuple[ChannelName, str, str]
"""The channel, the target, and its name."""


@dataclass(frozen=True, slots=True)
class Notified:
    """What a delivery has to know of a notification."""

    id: UUID
    user_id: str
    seq: int
    reminder: str | None
    time_zone: str


async def queue(runtime: Runtime, session: AsyncSession, notifications: Sequence[Notified], now: datetime) -> None:
    """Adds the deliveries of new notifications."""
    users = sorted({notified.user_id for notified in notifications})
    settings = await channels.settings_of(session, users)
    targets = _targets(settings, await channels.devices_of(session, users))
    if not targets:
        return
    mails = Counter(await repository.of_a_day(session, users, "email", now))
    deliveries = []
    for notified in notifications:
        for target in targets.get(notified.user_id, ()):
            if target[0] == "email" and mails[notified.user_id] >= MAX_MAILS_A_DAY:
                log.warning("too_many_mails", owner=notified.user_id)
                continue
            mails[notified.user_id] += target[0] == "email"
            due = due_at(now, settings.get(notified.user_id), notified.time_zone)
            deliveries.append(delivery(notified, target, due, QUIET if due > now else None))
    await repository.add(session, deliveries)
    after_commit(session, lambda: worker.wake(runtime))


async def queue_one(runtime: Runtime, session: AsyncSession, notified: Notified, target: Target, now: datetime) -> None:
    await repository.add(session, [delivery(notified, target, now)])
    after_commit(session, lambda: worker.wake(runtime))


def delivery(notified: Notified, target: Target, due: datetime, reason: str | None = None) -> Delivery:
    channel, address, name = target
    return Delivery(
        id=uuid7(),
        user_id=notified.user_id,
        notification_id=notified.id,
        seq=notified.seq,
        reminder=notified.reminder,
        channel=channel,
        target=address,
        target_name=name,
        due_at=due,
        reason=reason,
        expires_at=due + LIFETIME,
    )


def due_at(now: datetime, settings: asyncpg.Record | None, zone: str) -> datetime:
    if settings is None:
        return now
    own = ZoneInfo(settings["time_zone"] or zone)
    return after_quiet_hours(now, settings["quiet_start"], settings["quiet_end"], own)


def _targets(settings: Mapping[str, asyncpg.Record], devices: Sequence[asyncpg.Record]) -> dict[str, list[Target]]:
    found: dict[str, list[Target]] = {}
    for user_id, row in settings.items():
        if row["email"] and not row["email_problem"]:
            found.setdefault(user_id, []).append(("email", row["email"], row["email"]))
    for row in devices:
        found.setdefault(row["user_id"], []).append(("push", str(row["id"]), row["name"]))
    return found
