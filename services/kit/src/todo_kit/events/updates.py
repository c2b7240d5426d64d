"""`task-updates`: small change events for open pages. Published by the task API and the notification service."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from todo_kit.events.envelope import Contract, Event

TOPIC = "task-updates"


class TaskChange(Contract):
    change: str
    """The task event that made the change, such as `TaskCompleted`."""
    version: int
    status: Literal["pending", "completed", "deleted"]


class TaskChanged(Event):
    event_type: Literal["TaskChanged"] = "TaskChanged"
    task_id: int
    payload: TaskChange


class NotificationNews(Contract):
    id: UUID
    type: str
    title: str
    body: str
    created_at: datetime


class NotificationCreated(Event):
    event_type: Literal["NotificationCreated"] = "NotificationCreated"
    payload: NotificationNews


class NotificationReadNews(Contract):
    ids: list[UUID]
    read_at: datetime


class NotificationRead(Event):
    event_type: Literal["NotificationRead"] = "NotificationRead"
    payload: NotificationReadNews


class TagColor(Contract):
    name: str
    color: str | None
    """Null: the colour that clients derive from the name."""


class TagColorChanged(Event):
    event_type: Literal["TagColorChanged"] = "TagColorChanged"
    payload: TagColor


CONTRACTS: tuple[type[Event], ...] = (TaskChanged, NotificationCreated, NotificationRead, TagColorChanged)
