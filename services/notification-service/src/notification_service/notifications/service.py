from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.notifications import events, repository
from notification_service.notifications.models import Notification
from notification_service.notifications.schemas import NotificationIn
from todo_kit.errors import NotFound
from todo_kit.ids import uuid7
from todo_kit.retention import Retention

RETENTION = Retention("notifications", "read_at", timedelta(days=90))
"""Unread notifications are kept."""


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


async def notify_by_hand(session: AsyncSession, wanted: NotificationIn, now: datetime) -> bool:
    notification = Notification(id=uuid7(), created_at=now, due_date=None, **wanted.model_dump())
    if not await repository.add(session, [notification]):
        return False
    events.tell_created(session, notification, now)
    return True
