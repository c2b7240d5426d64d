from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.channels import repository as channels
from notification_service.channels.service import DeviceNotFound
from notification_service.deliveries.queue import Notified, Target, queue, queue_one
from notification_service.notifications import events, repository
from notification_service.notifications.models import Notification
from notification_service.notifications.schemas import NotificationIn
from notification_service.sending import TEST
from todo_kit.errors import Conflict, NotFound, Problem
from todo_kit.ids import uuid7
from todo_kit.retention import Retention
from todo_kit.runtime import Runtime

RETENTION = Retention("notifications", "read_at", timedelta(days=90))
"""Unread notifications are kept."""


TEST_PAUSE = timedelta(seconds=10)


class TooSoon(Problem):
    """A test was sent a moment ago"""

    status = 429
    code = "too_soon"


class EmailIsOff(Conflict):
    """E-mail is off"""

    code = "email_is_off"


class NotificationNotFound(NotFound):
    """There is no such notification"""

    code = "notification_not_found"


async def mark_read(session: AsyncSession, user_id: str, notification_id: UUID, now: datetime) -> Notification:
    """Marks a notification as read. Idempotent. Raises NotificationNotFound if the user has no such notification."""
    notification = await repository.lock(session, user_id, notification_id)
    if notification is None:
        raise NotificationNotFound(f"there is no notification {notification_id}")
    if notification.read_at is None:
        notification.read_at = now
        await session.flush()
        events.tell_read(session, user_id, [notification.id], now)
    return notification


async def mark_all_read(session: AsyncSession, user_id: str, now: datetime) -> int:
    ids = await repository.read_all(session, user_id, now)
    if ids:
        events.tell_read(session, user_id, ids, now)
    return len(ids)


async def test_email(runtime: Runtime, session: AsyncSession, user_id: str) -> UUID:
    settings = await channels.get(session, user_id)
    if settings.email is None:
        raise EmailIsOff("turn it on first")
    return await _test(runtime, session, user_id, ("email", settings.email, settings.email))


async def test_push(runtime: Runtime, session: AsyncSession, user_id: str, device_id: UUID) -> UUID:
    devices = [device for device in await channels.devices(session, user_id) if device.id == device_id]
    if not devices:
        raise DeviceNotFound(f"there is no device {device_id}")
    return await _test(runtime, session, user_id, ("push", str(device_id), devices[0].name))


async def _test(runtime: Runtime, session: AsyncSession, user_id: str, target: Target) -> UUID:
    """Creates a notification that is sent to this target alone, at once. Raises TooSoon for the second in a while."""
    now = runtime.clock.now()
    await repository.lock_tests(session, user_id)
    if await repository.has_type_since(session, user_id, TEST, now - TEST_PAUSE):
        raise TooSoon(f"wait {TEST_PAUSE.seconds} seconds between two tests")
    notification = Notification(
        id=uuid7(now),
        user_id=user_id,
        event_id=uuid7(),
        type=TEST,
        task_id=None,
        title="This is a test",
        body=f"Reminders reach you here: {target[2]}",
        due_date=None,
        time_zone="UTC",
        created_at=now,
        read_at=now,  # it tells nothing new, and is not kept for ever
    )
    await repository.add(session, [notification])
    await queue_one(runtime, session, Notified(notification.id, user_id, 0, None, "UTC"), target, now)
    return notification.id


async def inform(runtime: Runtime, session: AsyncSession, user_id: str, type_: str, title: str, body: str) -> None:
    """Tells a user something that is about no task."""
    now = runtime.clock.now()
    notification = Notification(
        id=uuid7(),
        user_id=user_id,
        event_id=uuid7(),
        type=type_,
        task_id=None,
        title=title,
        body=body,
        due_date=None,
        time_zone="UTC",
        created_at=now,
    )
    await repository.add(session, [notification])
    events.tell_created(session, notification, now)
    await queue(runtime, session, [Notified(notification.id, user_id, 0, None, "UTC")], now)


async def notify_by_hand(runtime: Runtime, session: AsyncSession, wanted: NotificationIn) -> bool:
    now = runtime.clock.now()
    notification = Notification(id=uuid7(), created_at=now, due_date=None, **wanted.model_dump())
    if not await repository.add(session, [notification]):
        return False
    events.tell_created(session, notification, now)
    await queue(runtime, session, [Notified(notification.id, wanted.user_id, 0, None, wanted.time_zone)], now)
    return True
