"""A task as the task API tells of it, for the tests of those who listen."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from todo_kit.events import tasks
from todo_kit.events.envelope import Actor
from todo_kit.events.settings import SettingsChanged
from todo_kit.ids import uuid7

START = datetime(2026, 6, 1, 6, 0, tzinfo=UTC)


class Task:
    """A task as the task API tells of it: each change is a new version and an event."""

    def __init__(self, user: str, now: datetime = START, task_id: int = 1, **fields: Any) -> None:
        self.user, self.now = user, now
        due = fields.get("due_date")
        self.fields: dict[str, Any] = {
            "id": task_id,
            "title": "Water plants",
            "description": "",
            "status": "pending",
            "completed": False,
            "completed_at": None,
            "priority": "None",
            "tags": [],
            "due_date": None,
            "time_zone": "UTC",
            "recurrence_pattern": "none",
            "recurrence": None,
            "reminder_lead_time": None,
            "series_id": None,
            "slot": None,
            "version": 0,
            "created_at": now,
            "updated_at": now,
            "deleted_at": None,
            **fields,
        }
        if self.fields["recurrence_pattern"] != "none":
            anchor = due.replace(tzinfo=None).isoformat() if isinstance(due, datetime) else str(due)
            self.fields |= {"series_id": uuid4(), "slot": 0, "anchor": anchor}

    @property
    def series_id(self) -> UUID:
        return UUID(str(self.fields["series_id"]))

    def _event(self, contract: type[tasks.TaskEvent], **changed: Any) -> tasks.TaskEvent:
        self.fields |= {**changed, "version": self.fields["version"] + 1, "updated_at": self.now}
        return contract.model_validate(
            {
                "event_id": uuid7(),
                "user_id": self.user,
                "task_id": self.fields["id"],
                "seq": self.fields["version"],
                "timestamp": self.now,
                "actor": Actor(type="user", client="api"),
                "correlation_id": "test",
                "payload": self.fields,
            }
        )

    def created(self) -> tasks.TaskEvent:
        return self._event(tasks.TaskCreated)

    def updated(self, **changed: Any) -> tasks.TaskEvent:
        changes = {name: (self.fields.get(name), value) for name, value in changed.items()}
        return self._event(tasks.TaskUpdated, **{"changes": changes, **changed})

    def completed(self) -> tasks.TaskEvent:
        return self._event(tasks.TaskCompleted, status="completed", completed=True, completed_at=self.now)

    def reopened(self) -> tasks.TaskEvent:
        return self._event(tasks.TaskReopened, status="pending", completed=False, completed_at=None)

    def deleted(self, scope: str = "this") -> tasks.TaskEvent:
        return self._event(tasks.TaskDeleted, status="deleted", deleted_at=self.now, delete_scope=scope)

    def restored(self) -> tasks.TaskEvent:
        return self._event(tasks.TaskRestored, status="pending", deleted_at=None, delete_scope=None)


def settings_changed(user: str, seq: int, at: str, now: datetime = START) -> SettingsChanged:
    """The person wants the reminders of all-day tasks at that time of day."""
    payload = {"time_zone": "UTC", "default_reminder_lead_time": None, "all_day_reminder_time": at}
    return SettingsChanged.model_validate(
        {
            "event_id": uuid7(),
            "user_id": user,
            "seq": seq,
            "timestamp": now,
            "actor": Actor(type="user", client="api"),
            "correlation_id": "test",
            "payload": payload,
        }
    )


def in_minutes(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)
