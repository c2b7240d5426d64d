"""Publishes each change of a task twice: in full for the other services, and as a small event for open pages."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.tasks.models import Task
from todo_backend.tasks.views import view
from todo_kit import context
from todo_kit.events import tasks, updates
from todo_kit.ids import uuid7
from todo_kit.messaging import outbox

SOURCE = "todo-backend"
Changes = dict[str, tuple[Any, Any]]


def emit(
    session: AsyncSession, contract: type[tasks.TaskEvent], task: Task, now: datetime, changes: Changes | None = None
) -> None:
    template = task.template or {}
    payload = tasks.TaskPayload(
        **view(task),
        anchor=template.get("anchor"),
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
    outbox.add(session, tasks.TOPIC, event, SOURCE)
    outbox.add(session, updates.TOPIC, updates.TaskChanged(event_id=uuid7(), payload=change, **common), SOURCE)
