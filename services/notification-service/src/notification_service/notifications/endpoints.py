from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

import asyncpg
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from notification_service.deliveries import repository as deliveries
from notification_service.notifications import repository, service
from notification_service.notifications.schemas import (
    DeliveryOut,
    MarkedRead,
    NotificationIn,
    NotificationOut,
    NotificationPage,
    Notified,
    TestSent,
)
from todo_kit import cursors
from todo_kit.answers import model_answer
from todo_kit.auth.dependencies import CurrentUser, FirstParty, from_sidecar
from todo_kit.database import Database, SessionDep
from todo_kit.direct import direct
from todo_kit.errors import described
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}/notifications", tags=["Notifications"])
internal = APIRouter(prefix="/internal/notifications", tags=["Internal"], dependencies=[Depends(from_sidecar)])

ONE: dict[int | str, dict[str, Any]] = {404: described("There is no such notification")}
NO_DEVICE: dict[int | str, dict[str, Any]] = {404: described("There is no such device")}


@router.get("", response_model=NotificationPage)
@direct
async def list_notifications(
    request: Request,
    user: CurrentUser,
    unread_only: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """List notifications, newest first."""
    database, before = runtime_of(request).database, cursors.id_in(cursor)
    rows = await repository.page(database, user.id, unread_only=unread_only, before=before, limit=limit + 1)
    next_cursor = cursors.of_id(rows[limit - 1]["id"]) if len(rows) > limit else None
    # An app is not told the user's address and devices.
    sent = await deliveries_of(database, [row["id"] for row in rows[:limit]]) if user.scopes is None else {}
    items = [show(row, sent.get(row["id"], ())) for row in rows[:limit]]
    unread = await repository.count_unread(database, user.id)
    return model_answer(NotificationPage(items=items, next_cursor=next_cursor, unread_count=unread))


@router.patch("/{notification_id}/mark_read", responses=ONE)
async def mark_read(request: Request, user: CurrentUser, session: SessionDep, notification_id: UUID) -> NotificationOut:
    """Mark a notification as read. Idempotent."""
    now = runtime_of(request).clock.now()
    read = await service.mark_read(session, user.id, notification_id, now)
    return show(read.model_dump())


@router.post("/mark_all_read")
async def mark_all_read(request: Request, user: CurrentUser, session: SessionDep) -> MarkedRead:
    """Mark all notifications as read. Returns how many were unread."""
    return MarkedRead(count=await service.mark_all_read(session, user.id, runtime_of(request).clock.now()))


@router.post("/channels/email/test", status_code=202, responses={409: described("E-mail is off")})
async def test_email(request: Request, user: FirstParty, session: SessionDep) -> TestSent:
    """Send a test notification by mail alone."""
    return TestSent(notification_id=await service.test_email(runtime_of(request), session, user.id))


@router.post("/channels/push/{device_id}/test", status_code=202, responses=NO_DEVICE)
async def test_push(request: Request, user: FirstParty, session: SessionDep, device_id: UUID) -> TestSent:
    """Push a test notification to one browser alone."""
    return TestSent(notification_id=await service.test_push(runtime_of(request), session, user.id, device_id))


@internal.post("")
async def notify(request: Request, session: SessionDep, body: NotificationIn) -> Notified:
    """Create a notification for another service. Idempotent by `event_id`."""
    return Notified(created=await service.notify_by_hand(runtime_of(request), session, body))


def show(row: Mapping[str, Any] | asyncpg.Record, deliveries: Sequence[DeliveryOut] = ()) -> NotificationOut:
    return NotificationOut(**row, read=row["read_at"] is not None, deliveries=list(deliveries))


async def deliveries_of(database: Database, ids: Sequence[UUID]) -> dict[UUID, list[DeliveryOut]]:
    found: dict[UUID, list[DeliveryOut]] = {}
    for row in await deliveries.of_notifications(database, ids):
        delivery = DeliveryOut(
            channel=row["channel"],
            target=row["target_name"],
            state=row["state"],
            at=row["finished_at"],
            reason=row["reason"],
        )
        found.setdefault(row["notification_id"], []).append(delivery)
    return found
