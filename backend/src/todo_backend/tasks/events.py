"""Publishes each change of a task twice: in full for the other services, and as a small event for open pages."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.tasks.models import TaskFields
from todo_backend.tasks.views import view
from todo_kit import context
from todo_kit.events import tasks, updates
from todo_kit.events.envelope import Event
from todo_kit.ids import uuid7
from todo_kit.messaging import outbox

SOURCE = "todo-backend"
Changes = dict[str, tuple[Any, Any]]


def emit(
    session: AsyncSession, contract: type[tasks.TaskEvent], task: TaskFields, now: datetime,
    changes: Changes | None = None,
) -> None:  # fmt: skip
    for topic, event in events_of(contract, task, now, changes):
        outbox.add(session, topic, event, SOURCE)


def rows_of(
    contract: type[tasks.TaskEvent], task: TaskFields, now: datetime, changes: Changes | None = None
) -> list[outbox.Row]:
    return [outbox.row_of(topic, event, SOURCE) for topic, event in events_of(contract, task, now, changes)]


def events_of(
    contract: type[tasks.TaskEvent], task: TaskFields, now: datetime, changes: Changes | None
) -> list[tuple[str, Event]]:
    template = task.template or {}
    shown = view(task)
    payload = tasks.TaskPayload(
        **shown,
        anchor_slot=template.get("anchor_slot", 0),
        delete_scope=task.delete_scope,
        changes=changes,
    )
    work = context.current()
    common = {
        "user_id": task.user_id,
        "task_id": task.id,
        "seq": task.version,
        "timestamp": now,
        "actor": work.actor,
        "correlation_id": work.correlation_id,
    }
    event = contract(event_id=uuid7(), payload=payload, **common)
    change = updates.TaskChange(change=event.event_type, version=task.version, status=payload.status)
    return [
        (tasks.TOPIC, event),
        (updates.TOPIC, updates.TaskChanged(event_id=uuid7(), payload=change, **common)),
    ]
