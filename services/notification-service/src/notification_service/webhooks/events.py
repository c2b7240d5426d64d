"""Adds a message for each webhook that wants an event, in the transaction that consumes it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import asyncpg
import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from notification_service import ledger
from notification_service.webhooks import pausing, repository
from notification_service.webhooks.models import LIFETIME, Message
from todo_kit.auth.users import ALL
from todo_kit.database import after_commit
from todo_kit.events.accounts import GrantEnded
from todo_kit.events.reminders import ReminderEvent
from todo_kit.events.tasks import TaskEvent, TaskUpdated
from todo_kit.ids import uuid7
from todo_kit.runtime import Runtime
from todo_kit.text import folded

NAME = "webhook"
MAX_WAITING = 5000
"""Messages of a webhook. With more, it is paused: its receiver does not keep up."""
TYPES = {
    "TaskCreated": "task.created",
    "TaskUpdated": "task.updated",
    "TaskCompleted": "task.completed",
    "TaskReopened": "task.reopened",
    "TaskDeleted": "task.deleted",
    "TaskRestored": "task.restored",
    "TaskPurged": "task.purged",
    "ReminderTriggered": "reminder.due",
}
INTERNAL = {"reminder_lead_time", "position", "anchor", "anchor_slot", "delete_scope", "changes", "completed"}
"""Fields of a task that its owner is not told: they follow from others, or serve the suite."""


async def queue(runtime: Runtime, session: AsyncSession, events: Sequence[TaskEvent | ReminderEvent]) -> None:
    webhooks = await repository.active_of(session, sorted({event.user_id for event in events}))
    if not webhooks:
        return
    waiting = await repository.waiting_of(session, [webhook["id"] for webhook in webhooks])
    now = runtime.clock.now()
    messages, full = [], []
    for webhook in webhooks:
        wanted = [event for event in events if wants(webhook, event)]
        if waiting.get(webhook["id"], 0) + len(wanted) > MAX_WAITING:
            full.append(webhook["id"])
            continue
        messages += [message(runtime, webhook, event) for event in wanted]
    if messages:
        await repository.add(session, messages)
        after_commit(session, lambda: ledger.wake(runtime, NAME))
    if full:
        await pausing.pause(runtime, session, full, f"more than {MAX_WAITING} messages wait for it", now)


def wants(webhook: asyncpg.Record, event: TaskEvent | ReminderEvent) -> bool:
    if webhook["user_id"] != event.user_id or TYPES.get(event.event_type) not in webhook["events"]:
        return False
    if isinstance(event, TaskUpdated) and event.payload.changes and not changed_by(event):
        return False
    return not webhook["tags"] or not {folded(tag) for tag in webhook["tags"]}.isdisjoint(tags_of(event))


def changed_by(event: TaskEvent) -> list[str]:
    """The names of the fields that an update changed. A task that was moved within a list has none."""
    return sorted(set(event.payload.changes or ()) - INTERNAL)


def tags_of(event: TaskEvent | ReminderEvent) -> set[str]:
    """The tags of the task, and those that the change removed: a receiver has to learn that a task is no longer its."""
    if not isinstance(event, TaskEvent):
        return set()
    before, _ = (event.payload.changes or {}).get("tags", (None, None))
    return {folded(tag) for tag in (*event.payload.tags, *(before or ()))}


def message(runtime: Runtime, webhook: asyncpg.Record, event: TaskEvent | ReminderEvent) -> Message:
    type_, now = TYPES[event.event_type], runtime.clock.now()
    data = task_of(event) if isinstance(event, TaskEvent) else reminder_of(event)
    content = {"type": type_, "timestamp": event.timestamp, "data": data}
    return Message(
        id=uuid7(),
        user_id=event.user_id,
        webhook_id=webhook["id"],
        event_id=event.event_id,
        type=type_,
        body=orjson.dumps(content, option=orjson.OPT_UTC_Z).decode(),
        due_at=now,
        expires_at=now + LIFETIME,
        created_at=now,
    )


def task_of(event: TaskEvent) -> dict[str, Any]:
    """The task after the change, as `docs/webhooks.md` describes it."""
    task, changed = event.payload.model_dump(mode="json", exclude=INTERNAL), changed_by(event)
    return {"task": task, **({"changed": changed} if changed else {})}


def reminder_of(event: ReminderEvent) -> dict[str, Any]:
    reminder = event.payload.model_dump(mode="json", include={"title", "due_date", "time_zone", "remind_at"})
    return {"reminder": {"task_id": event.task_id, **reminder}}


async def end_access(runtime: Runtime, session: AsyncSession, events: Sequence[GrantEnded]) -> None:
    """Pauses the webhooks of users whose password was reset or who were locked: somebody else may have added them."""
    for event in events:
        if event.payload.grant != ALL:
            continue
        until = event.payload.ended_at + timedelta(seconds=1)  # it has whole seconds
        webhooks = [w.id for w in await repository.of_user(session, event.user_id) if w.created_at < until]
        reason = "all access to the account was ended; turn it on again if it is yours"
        await repository.pause(session, webhooks, reason, runtime.clock.now())
