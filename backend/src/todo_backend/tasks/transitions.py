"""What a command does to the fields of one task. Pure: no database."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from todo_backend.accounts.numbers import Taken
from todo_backend.tasks import changes, steps, tags
from todo_backend.tasks.commands import (
    CompleteTask,
    CreateTask,
    DeleteTask,
    PurgeTask,
    ReopenTask,
    RestoreTask,
    RetagTask,
    UpdateTask,
    Versions,
    fields_of,
)
from todo_backend.tasks.errors import NotInTrash
from todo_backend.tasks.events import Changes
from todo_backend.tasks.models import TaskFields
from todo_backend.tasks.schemas import Scope, all_fields
from todo_backend.tasks.search import document
from todo_kit.errors import PreconditionFailed
from todo_kit.events import tasks as contracts
from todo_kit.reminders import Reminder

Change = UpdateTask | RetagTask | CompleteTask | ReopenTask | DeleteTask | RestoreTask | PurgeTask
T = TypeVar("T", bound=TaskFields)
OPS: dict[type[contracts.TaskEvent], steps.Op] = {
    contracts.TaskUpdated: "update",
    contracts.TaskCompleted: "complete",
    contracts.TaskReopened: "reopen",
    contracts.TaskDeleted: "delete",
    contracts.TaskRestored: "restore",
}


@dataclass(frozen=True, slots=True)
class Transition:
    """A visible change: the event that tells it and, for an update, the changed fields."""

    contract: type[contracts.TaskEvent]
    changes: Changes | None = None


def fill(task: T, settings: Taken, command: CreateTask) -> T:
    """Sets the fields of a new task."""
    data = command.data
    fields = all_fields(data)
    fields["time_zone"] = data.time_zone or settings.time_zone
    # The default applies to due times; all-day tasks get a reminder only on request.
    lead_time = settings.default_reminder_lead_time
    is_given = data.reminders is not None or "reminder_lead_time" in data.model_fields_set
    if lead_time is not None and not is_given and isinstance(data.due_date, datetime):
        fields["reminders"] = [Reminder(minutes_before=lead_time)]
    changes.apply(task, fields)
    task.search = document(task.title, task.description, task.tags)
    return task


def apply(task: TaskFields, command: Change, now: datetime) -> Transition | None:
    """Changes the task. Returns None if nothing visible changed: all changes but `UpdateTask` are idempotent.

    `RetagTask` and `PurgeTask`, which need locks, have functions of their own.
    """
    match command:
        case UpdateTask():
            what = changes.apply(task, fields_of(command, task, now), command.scope)
            return Transition(contracts.TaskUpdated, what) if what else None
        case CompleteTask() if task.completed_at is None:
            task.completed_at = now
            return Transition(contracts.TaskCompleted)
        case ReopenTask() if task.completed_at is not None:
            task.completed_at = None
            return Transition(contracts.TaskReopened)
        case DeleteTask() if task.deleted_at is None:
            return delete(task, command.scope, now)
        case RestoreTask() if task.deleted_at is not None:
            task.deleted_at, task.delete_scope, task.withdrawn = None, None, False
            return Transition(contracts.TaskRestored)
        case _:
            return None


def delete(task: TaskFields, scope: Scope, now: datetime) -> Transition:
    task.deleted_at, task.delete_scope = now, scope
    return Transition(contracts.TaskDeleted)


def retag(task: TaskFields, command: RetagTask) -> Transition | None:
    if task.template:
        task.template = task.template | {"tags": tags.replaced(task.template["tags"], command.add, command.remove)}
    what = changes.apply(task, {"tags": tags.replaced(task.tags, command.add, command.remove)})
    return Transition(contracts.TaskUpdated, what) if what else None


def purge(task: TaskFields, now: datetime) -> Transition:
    """Removes what the user has written. Raises NotInTrash.

    The empty row stays: it is the place of an occurrence in its series. The template stays with it while the series
    runs, as the successor may still have to be created.
    """
    if task.deleted_at is None:
        raise NotInTrash(task.id)
    task.purged_at = now
    task.title = task.description = task.search = ""
    task.tags, task.further_reminders, task.reminder_lead_time, task.former_place = [], None, None, None
    if task.delete_scope == "series":
        task.template = None
    return Transition(contracts.TaskPurged)


def count_version(task: TaskFields, now: datetime) -> None:
    task.version += 1
    task.updated_at = now


def expect(task: TaskFields, versions: Versions) -> None:
    if versions is not None and task.version not in versions:
        raise PreconditionFailed(
            f"task {task.id} is at version {task.version}; read it again and decide", current_version=task.version
        )
