"""Tells open pages of a new colour."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.tags.schemas import TagColorIn
from todo_kit import context
from todo_kit.events import updates
from todo_kit.ids import uuid7
from todo_kit.messaging import outbox

SOURCE = "todo-backend"


def emit(session: AsyncSession, user_id: str, data: TagColorIn, now: datetime) -> None:
    work = context.current()
    event = updates.TagColorChanged(
        event_id=uuid7(),
        user_id=user_id,
        task_id=None,
        seq=0,
        timestamp=now,
        actor=work.actor,
        correlation_id=work.correlation_id,
        payload=updates.TagColor(name=data.name, color=data.color),
    )
    outbox.add(session, updates.TOPIC, event, SOURCE)
