"""Changes of tasks as values. The API, bulk requests and MCP tools ask for the same ones; `execution` executes them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from todo_backend.quick_add.date_words import DateWords, before_of
from todo_backend.tasks.models import TaskFields
from todo_backend.tasks.schemas import BulkOp, Retagging, Scope, TaskCreate, TaskPatch, changed_fields
from todo_kit.errors import Invalid

Versions = Sequence[int] | None
"""The versions that the change expects; None accepts any."""
T = TypeVar("T", TaskCreate, TaskPatch, Retagging)


@dataclass(frozen=True, slots=True)
class CreateTask:
    data: TaskCreate


@dataclass(frozen=True, slots=True)
class UpdateTask:
    id: int
    fields: Mapping[str, Any]
    """Validated values by their API names. Fields that are not given are kept."""
    versions: Versions = None
    scope: Scope = "this"
    when: DateWords | None = None
    """Words for further fields. They are read when the due date that they change is known."""


@dataclass(frozen=True, slots=True)
class RetagTask:
    """Replaces tags, also in the template of the task's successors."""

    id: int
    add: Sequence[str]
    remove: Sequence[str]
    versions: Versions = None


@dataclass(frozen=True, slots=True)
class CompleteTask:
    id: int
    versions: Versions = None


@dataclass(frozen=True, slots=True)
class ReopenTask:
    id: int
    versions: Versions = None


@dataclass(frozen=True, slots=True)
class DeleteTask:
    id: int
    versions: Versions = None
    scope: Scope = "this"


@dataclass(frozen=True, slots=True)
class RestoreTask:
    id: int
    versions: Versions = None


@dataclass(frozen=True, slots=True)
class PurgeTask:
    """Deletes a task of the trash for good. It is no step: it cannot be undone."""

    id: int
    versions: Versions = None


Command = CreateTask | UpdateTask | RetagTask | CompleteTask | ReopenTask | DeleteTask | RestoreTask | PurgeTask

BY_NUMBER: Mapping[BulkOp, Callable[[int, Versions], Command]] = {
    "complete": CompleteTask,
    "reopen": ReopenTask,
    "restore": RestoreTask,
    "purge": PurgeTask,
}
"""Commands that need no values."""
WITH_VALUES = {"create", "update", "retag"}


def command(
    op: BulkOp, task_id: int | None, data: Mapping[str, Any], versions: Versions = None, scope: Scope = "this",
    words: Callable[[str], DateWords] | None = None,
) -> Command:  # fmt: skip
    """Returns the command. Raises Invalid, naming the field, if its values are not valid.

    `words` returns the words of `when`, with what their meaning depends on.
    """
    if op == "create":
        if task_id is not None:
            raise Invalid("id", "must be left out: a new task gets the next number")
        return CreateTask(_read(TaskCreate, data))
    if task_id is None:
        raise Invalid("id", f"is needed to {op} a task")
    if data and op not in WITH_VALUES:
        raise Invalid("data", f"must be left out: {op} takes no values")
    match op:
        case "update":
            patch = _read(TaskPatch, data)
            when = words(patch.when) if words and patch.when else None
            return UpdateTask(task_id, changed_fields(patch), versions, scope, when)
        case "retag":
            tags = _read(Retagging, data)
            return RetagTask(task_id, tags.add, tags.remove, versions)
        case "delete":
            return DeleteTask(task_id, versions, scope)
        case _:
            return BY_NUMBER[op](task_id, versions)


def combined(given: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the fields of a request with those that its `when` means. Raises Invalid if both give the same."""
    if said and (both := sorted({"due_date", *said} & given.keys())):
        raise Invalid("when", f"contradicts {' and '.join(both)}: give only one of them")
    return {**given, **said}


def fields_of(command: UpdateTask, task: TaskFields, now: datetime) -> dict[str, Any]:
    """Returns the new fields of the task. Raises Invalid if `when` is not clear or contradicts them."""
    if command.when is None:
        return dict(command.fields)
    before = before_of(task.due_on or task.due_at, task.recurrence, command.when.zone, task.time_zone)
    try:
        said = changed_fields(_read(TaskPatch, command.when.fields(now, before)))
    except Invalid as invalid:
        raise Invalid("when", invalid.detail.removeprefix("when: ")) from None
    return combined(command.fields, said)


def _read(model: type[T], data: Mapping[str, Any]) -> T:
    try:
        return model.model_validate(data)
    except ValidationError as invalid:
        first: Any = invalid.errors()[0]
        field = ".".join(str(part) for part in ("data", *first["loc"]))
        raise Invalid(field, str(first["msg"]).removeprefix("Value error, ")) from None
