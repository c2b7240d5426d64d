"""Adds a delivery for each channel of a user, in the transaction that creates the notification."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.channels import repository as channels
from notification_service.channels.quiet_hours import after_quiet_hours
from notification_service.deliveries import repository, worker
from notification_service.deliveries.models import Delivery
from notification_service.sending import ChannelName
from todo_kit.database import after_commit
from todo_kit.ids import uuid7
from todo_kit.runtime import Runtime

LIFETIME = timedelta(days=1)
"""How long a delivery is tried. It counts from the end of the quiet hours."""
Target = tuple[ChannelName, str, str]
"""The channel, the target, and its name."""


async def queue(
    runtime: Runtime, session: AsyncSession, notifications: Sequence[tuple[UUID, str, int, str]], now: datetime
) -> None:
    """Adds the deliveries of (notification, user, version of the task, time zone)."""
    users = sorted({user_id for _, user_id, _, _ in notifications})
    settings = await channels.settings_of(session, users)
    targets = _targets(settings, await channels.devices_of(session, users))
    deliveries = [
        delivery(id_, user_id, seq, target, due_at(now, settings.get(user_id), zone))
        for id_, user_id, seq, zone in notifications
        for target in targets.get(user_id, ())
    ]
    if deliveries:
        await repository.add(session, deliveries)
        after_commit(session, lambda: worker.wake(runtime))


async def queue_one(runtime: Runtime, session: AsyncSession, delivery: Delivery) -> None:
    await repository.add(session, [delivery])
    after_commit(session, lambda: worker.wake(runtime))


def delivery(notification_id: UUID, user_id: str, seq: int, target: Target, due: datetime) -> Delivery:
    channel, address, name = target
    return Delivery(
        id=uuid7(),
        user_id=user_id,
        notification_id=notification_id,
        seq=seq,
        channel=channel,
        target=address,
        target_name=name,
        due_at=due,
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
