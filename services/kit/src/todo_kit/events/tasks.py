"""`task-events`: changes of tasks. Published by the task API."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from todo_kit.events.envelope import Contract, DueDate, Event
from todo_kit.fields import ClockTime
from todo_kit.recurrence import Mode, Pattern, RuleDay, Skip
from todo_kit.reminders import Reminder

TOPIC = "task-events"


class RecurrenceRule(Contract):
    interval: int = 1
    weekdays: tuple[RuleDay, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    workday: int | None = None
    last_day: bool = False
    times: tuple[ClockTime, ...] = ()
    skip: Skip = "backward"
    excluded_dates: tuple[date, ...] = ()
    until: DueDate | None = None
    count: int | None = None
    mode: Mode = "schedule"


class TaskPayload(Contract):
    """The task after the change. `due_date` is an instant, or a plain date for an all-day task."""

    id: int
    title: str
    description: str
    status: Literal["pending", "completed", "deleted"]
    completed: bool
    completed_at: datetime | None
    priority: Literal["High", "Medium", "Low", "None"]
    tags: list[str]
    due_date: DueDate | None
    time_zone: str
    recurrence_pattern: Pattern
    recurrence: RecurrenceRule | None
    reminder_lead_time: int | None
    reminders: tuple[Reminder, ...] | None = None
    """All of them; the first one in minutes is also `reminder_lead_time`. Absent in events of older publishers."""
    position: str | None = None
    """Where the task is in lists that are ordered by hand. Absent in events of older publishers."""
    series_id: UUID | None
    slot: int | None
    version: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    anchor: str | None = None
    """The series' anchor, a local date or date-time without offset, in `time_zone`."""
    anchor_slot: int = 0
    delete_scope: Literal["this", "series"] | None = None
    changes: dict[str, tuple[Any, Any]] | None = None
    """The old and the new value of each field that an update changed."""

    @property
    def all_reminders(self) -> tuple[Reminder, ...]:
        if self.reminders is not None or self.reminder_lead_time is None:
            return self.reminders or ()
        return (Reminder(minutes_before=self.reminder_lead_time),)


class TaskEvent(Event):
    task_id: int
    payload: TaskPayload


class TaskCreated(TaskEvent):
    event_type: Literal["TaskCreated"] = "TaskCreated"


class TaskUpdated(TaskEvent):
    event_type: Literal["TaskUpdated"] = "TaskUpdated"


class TaskCompleted(TaskEvent):
    event_type: Literal["TaskCompleted"] = "TaskCompleted"


class TaskReopened(TaskEvent):
    event_type: Literal["TaskReopened"] = "TaskReopened"


class TaskDeleted(TaskEvent):
    event_type: Literal["TaskDeleted"] = "TaskDeleted"


class TaskRestored(TaskEvent):
    event_type: Literal["TaskRestored"] = "TaskRestored"


class TaskPurged(TaskEvent):
    """The task was deleted for good. Its payload has none of the texts, tags and reminders."""

    event_type: Literal["TaskPurged"] = "TaskPurged"


CONTRACTS: tuple[type[Event], ...] = (
    TaskCreated,
    TaskUpdated,
    TaskCompleted,
    TaskReopened,
    TaskDeleted,
    TaskRestored,
    TaskPurged,
)
