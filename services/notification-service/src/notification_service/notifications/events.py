"""Consumes task and reminder events, and publishes notification events.

Tasks and reminders use two topics without an order between them, so the version of the task decides: a reminder of an
older version is dropped if the newest known version wants no reminder or a different one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.deliveries.queue import Notified, queue
from notification_service.notifications import repository, texts
from notification_service.notifications.models import Notification, TaskState
from todo_kit import context
from todo_kit.dates import resolve
from todo_kit.events.reminders import ReminderEvent, ReminderPayload
from todo_kit.events.tasks import TaskEvent, TaskPayload
from todo_kit.events.updates import TOPIC, NotificationCreated, NotificationNews, NotificationRead, NotificationReadNews
from todo_kit.ids import uuid7
from todo_kit.messaging import outbox
from todo_kit.messaging.consumer import caused_by
from todo_kit.runtime import Runtime

SOURCE = "notification-service"
READ_AT_ONCE = 500
"""Maximum ids per event. A broker refuses a large event, and later events would wait behind it forever."""


async def follow_tasks(_: Runtime, session: AsyncSession, events: Sequence[TaskEvent]) -> None:
    newest = {(event.user_id, event.task_id): event for event in sorted(events, key=lambda event: event.seq)}
    states = [
        TaskState(
            user_id=user_id,
            task_id=task_id,
            seq=event.seq,
            reminders=wanted_reminders(event.payload),
            over=event.payload.status != "pending",
        )
        for (user_id, task_id), event in newest.items()
    ]
    await repository.take_newer(session, states)


def wanted_reminders(task: TaskPayload) -> list[str]:
    """Returns the identities of the task's reminders; none if the task is over."""
    if task.status != "pending" or task.due_date is None:
        return []
    return [reminder.identity(task.due_date, task.time_zone) for reminder in task.all_reminders]


async def notify(runtime: Runtime, session: AsyncSession, events: Sequence[ReminderEvent]) -> list[ReminderEvent]:
    """Creates a notification for each reminder that is wanted and new. Returns those reminders."""
    states = await repository.states_of(session, [(event.user_id, event.task_id) for event in events])
    now = runtime.clock.now()
    wanted = [event for event in events if still_wanted(event, states.get((event.user_id, event.task_id)))]
    made = {event.event_id: notification_of(event, now) for event in wanted}
    if not made:
        return []
    new = await repository.add(session, list(made.values()))
    created = [(event, made[event.event_id]) for event in wanted if made[event.event_id].id in new]
    for event, notification in created:
        with caused_by(event):
            tell_created(session, notification, now)
    notified = [
        Notified(notification.id, event.user_id, event.seq, event.payload.identity, notification.time_zone)
        for event, notification in created
    ]
    await queue(runtime, session, notified, now)
    return [event for event, _ in created]


def still_wanted(event: ReminderEvent, known: TaskState | None) -> bool:
    if known is None or known.seq <= event.seq or event.payload.identity in known.reminders:
        return True
    return known.remind_at is not None and known.remind_at == _lead_instant(event.payload)


def _lead_instant(reminder: ReminderPayload) -> datetime:
    start = resolve(reminder.due_date, ZoneInfo(reminder.time_zone)).at
    return start - timedelta(minutes=reminder.lead_time)


def notification_of(event: ReminderEvent, now: datetime) -> Notification:
    reminder = event.payload
    return Notification(
        id=uuid7(),
        user_id=event.user_id,
        event_id=event.event_id,
        type="reminder",
        task_id=event.task_id,
        title=reminder.title,
        body=texts.body(reminder),
        due_date=reminder.model_dump(mode="json")["due_date"],
        time_zone=reminder.time_zone,
        late_by_seconds=reminder.late_by_seconds,
        created_at=now,
    )


def tell_created(session: AsyncSession, notification: Notification, now: datetime) -> None:
    news = NotificationNews.model_validate(notification, from_attributes=True)
    work = context.current()
    event = NotificationCreated(
        event_id=uuid7(),
        user_id=notification.user_id,
        task_id=notification.task_id,
        seq=0,
        timestamp=now,
        actor=work.actor,
        correlation_id=work.correlation_id,
        payload=news,
    )
    outbox.add(session, TOPIC, event, SOURCE)


def tell_read(session: AsyncSession, user_id: str, ids: list[UUID], now: datetime) -> None:
    work = context.current()
    for start in range(0, len(ids), READ_AT_ONCE):
        event = NotificationRead(
            event_id=uuid7(),
            user_id=user_id,
            task_id=None,
            seq=0,
            timestamp=now,
            actor=work.actor,
            correlation_id=work.correlation_id,
            payload=NotificationReadNews(ids=ids[start : start + READ_AT_ONCE], read_at=now),
        )
        outbox.add(session, TOPIC, event, SOURCE)
