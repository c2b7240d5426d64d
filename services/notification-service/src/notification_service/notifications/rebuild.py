"""Rebuilds task states and lost notifications from the audit trail.

An existing notification is not changed. A lost one is restored with its original time, and marked as read if its task
no longer wants that reminder.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from notification_service.notifications import repository
from notification_service.notifications.events import follow_tasks, notification_of
from notification_service.notifications.models import Notification, TaskState
from notification_service.notifications.service import RETENTION
from todo_kit.database import one_of
from todo_kit.events import tasks
from todo_kit.events.reminders import ReminderTriggered
from todo_kit.events.tasks import TaskEvent
from todo_kit.ids import uuid7
from todo_kit.messaging.rebuild import Projection
from todo_kit.runtime import Runtime

BROUGHT_BACK = "brought_back"
Reminded = tuple[int | None, str]
"""A task number and the identity of a reminder of it."""


async def versions(session: AsyncSession, user_id: str) -> dict[int, int]:
    """Returns the known version of each task. Locks the rows until the commit."""
    query = select(TaskState.task_id, TaskState.seq).where(col(TaskState.user_id) == user_id).with_for_update()
    return {row.task_id: row.seq for row in await session.execute(query)}


async def forget(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> None:
    of_tasks = one_of((col(TaskState.user_id), col(TaskState.task_id)), [(user_id, task_id) for task_id in task_ids])
    await session.execute(delete(TaskState).where(of_tasks))


async def replay(runtime: Runtime, session: AsyncSession, events: Sequence[TaskEvent | ReminderTriggered]) -> None:
    await follow_tasks(runtime, session, [event for event in events if isinstance(event, TaskEvent)])
    kept_since = runtime.clock.now() - RETENTION.kept
    sent = [event for event in events if isinstance(event, ReminderTriggered) and event.timestamp > kept_since]
    if not sent:
        return
    notifications = [notification_of(event, event.timestamp) for event in sent]
    for notification in notifications:
        notification.id = uuid7(notification.created_at)  # keeps its place in the list
    made = {notification.id: notification for notification in notifications}
    new = await repository.add(session, notifications)
    identities = {event.event_id: event.payload.identity for event in sent}
    back: dict[UUID, Reminded] = session.info.setdefault(BROUGHT_BACK, {})
    back |= {id_: (made[id_].task_id, identities[made[id_].event_id]) for id_ in new}


async def finish(session: AsyncSession, user_id: str, task_ids: Sequence[int]) -> None:
    back: dict[UUID, Reminded] = session.info.pop(BROUGHT_BACK, {})
    states = await repository.states_of(session, [(user_id, task_id) for task_id in task_ids])
    wanted = {(state.task_id, identity) for state in states.values() for identity in state.reminders}
    settled = [id_ for id_, reminded in back.items() if reminded not in wanted]
    statement = update(Notification).where(one_of((col(Notification.id),), [(id_,) for id_ in settled]))
    await session.execute(statement.values(read_at=col(Notification.created_at)))


projection = Projection((*tasks.CONTRACTS, ReminderTriggered), versions, forget, replay, finish)
