import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from notification_service import ledger
from notification_service.digests import repository
from notification_service.digests.models import Digest
from notification_service.digests.schemas import DigestIn, DigestOut
from notification_service.digests.times import next_time
from notification_service.email.delivery import is_available
from notification_service.settings import Settings
from todo_kit.database import after_commit
from todo_kit.dates import day_bounds
from todo_kit.events.settings import SettingsChanged
from todo_kit.ids import uuid7
from todo_kit.loops import every
from todo_kit.retention import Retention
from todo_kit.runtime import Runtime

NAME = "digest"
LINK_PREFIX = "digest-"
"""Prefix of the unsubscribe token. The unsubscribe page has no session: the prefix tells it which mails end."""
TOKEN_BYTES = 16
"""Short, because many mail programs break a long List-Unsubscribe."""
DIGESTS = Retention("digests", "finished_at", timedelta(days=30))
INTERVAL_SECONDS = 10.0


async def digest_of(runtime: Runtime, session: AsyncSession, user_id: str) -> DigestOut:
    found = await repository.get(session, user_id)
    return DigestOut(
        available=is_available(cast("Settings", runtime.settings)),
        address=found and found.email,
        send_at=found and found.send_at,
        time_zone=found and found.time_zone,
        problem=found and found.problem,
    )


async def turn_on(runtime: Runtime, session: AsyncSession, user_id: str, address: str, given: DigestIn) -> None:
    values = {
        "email": address,
        "send_at": given.send_at,
        "time_zone": given.time_zone,
        "next_at": next_time(runtime.clock.now(), given.send_at, ZoneInfo(given.time_zone)),
        "problem": None,
    }
    await repository.save(session, user_id, values, LINK_PREFIX + secrets.token_urlsafe(TOKEN_BYTES))


async def follow_settings(runtime: Runtime, session: AsyncSession, events: Sequence[SettingsChanged]) -> None:
    """Moves the digest with the user to another time zone."""
    newest = {event.user_id: event for event in sorted(events, key=lambda event: event.seq)}
    if not newest:
        return
    for settings in await repository.lock_older(session, {user: event.seq for user, event in newest.items()}):
        event = newest[settings.user_id]
        settings.settings_seq = event.seq
        if settings.time_zone != event.payload.time_zone:  # otherwise a digest that is due now would be left out
            settings.time_zone = event.payload.time_zone
            settings.next_at = next_time(runtime.clock.now(), settings.send_at, ZoneInfo(settings.time_zone))


async def schedule(runtime: Runtime) -> None:
    """Adds a digest for each user whose time has come."""
    async for _ in every(runtime, INTERVAL_SECONDS):
        while await schedule_due(runtime):
            pass


async def schedule_due(runtime: Runtime) -> bool:
    """Returns whether there was anything. A day that is over by now, because nothing ran, gets no digest."""
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        due = await repository.lock_due(session, now)
        digests = []
        for settings in due:
            zone = ZoneInfo(settings.time_zone)
            day, _, ends = day_bounds(settings.next_at, zone)
            if ends > now:
                digests.append(
                    Digest(id=uuid7(), user_id=settings.user_id, day=day, due_at=now, expires_at=ends, created_at=now)
                )
            settings.next_at = next_time(now, settings.send_at, zone)
        if digests:
            await repository.add(session, digests)
            after_commit(session, lambda: ledger.wake(runtime, NAME))
    return bool(due)
