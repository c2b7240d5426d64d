"""Changes of tasks as values. The API, bulk requests and MCP tools ask for the same ones; `execution` executes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from todo_backend.tasks.schemas import Scope, TaskCreate, TaskPatch, changed_fields
from todo_kit.errors import Invalid

Versions = Sequence[int] | None
"""The versions that the change expects; None accepts any."""
Operation = Literal["create", "update", "complete", "reopen", "delete", "restore"]
T = TypeVar("T", TaskCreate, TaskPatch)


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


Command = CreateTask | UpdateTask | CompleteTask | ReopenTask | DeleteTask | RestoreTask


def command(
    op: Operation, task_id: int | None, data: Mapping[str, Any], versions: Versions = None, scope: Scope = "this"
) -> Command:
    """Returns the command. Raises Invalid, naming the field, if its values are not valid."""
    if op == "create":
        return CreateTask(_read(TaskCreate, data))
    if task_id is None:
        raise Invalid("id", f"is needed to {op} a task")
    match op:
        case "update":
            return UpdateTask(task_id, changed_fields(_read(TaskPatch, data)), versions, scope)
        case "complete":
            return CompleteTask(task_id, versions)
        case "reopen":
            return ReopenTask(task_id, versions)
        case "delete":
            return DeleteTask(task_id, versions, scope)
        case "restore":
            return RestoreTask(task_id, versions)


def _read(model: type[T], data: Mapping[str, Any]) -> T:
    try:
        return model.model_validate(data)
    except ValidationError as invalid:
        first: Any = invalid.errors()[0]
        field = ".".join(str(part) for part in ("data", *first["loc"]))
        raise Invalid(field, str(first["msg"]).removeprefix("Value error, ")) from None
