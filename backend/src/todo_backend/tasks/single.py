"""Changes one task without a session or a lock: one read, then one statement that writes task, step and events.

The statement expects the version that was read. If it is another one by then, or if other tasks have to be locked too,
`execution` takes the way with locks (`service`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlmodel import col

from todo_backend.accounts.numbers import Taken
from todo_backend.tasks import events, idempotency, steps, transitions
from todo_backend.tasks.commands import (
    CreateTask,
    DeleteTask,
    PurgeTask,
    ReopenTask,
    RestoreTask,
    RetagTask,
    UpdateTask,
)
from todo_backend.tasks.errors import TaskDeletedError, TaskNotFound
from todo_backend.tasks.models import PlainTask, Task, TaskFields
from todo_backend.tasks.steps import Entry, Origin
from todo_backend.tasks.transitions import OPS, Change
from todo_backend.tasks.views import view
from todo_kit.database import Database
from todo_kit.events import tasks as contracts
from todo_kit.messaging import outbox
from todo_kit.statements import Statement, prepare

COLUMNS: Any = Task.__table__.columns  # type: ignore[attr-defined]
NAMES: tuple[str, ...] = tuple(COLUMNS.keys())
READ = prepare(select(*COLUMNS).where(col(Task.user_id) == bindparam("user_id"), col(Task.id) == bindparam("task_id")))
REST = f"""
    step AS ({steps.INSERT} FROM changed),
    sent AS ({outbox.insert_from("changed")})
    SELECT (SELECT count(*) FROM changed), {outbox.ANNOUNCED}
"""  # noqa: S608 - parts of our own
SHAPES = 1000
"""Sets of changed columns whose statements are kept."""


@dataclass(frozen=True, slots=True)
class Executed:
    """The task after the change, as the API shows it, and the step to undo it; no step if nothing changed."""

    task: dict[str, Any]
    step: str | None


def new_task(user_id: str, taken: Taken, command: CreateTask, now: datetime) -> TaskFields:
    task = PlainTask(
        user_id=user_id, id=taken.last, title="", tags=[], time_zone="", search="", created_at=now, updated_at=now
    )
    return transitions.fill(task, taken, command)


async def insert(
    database: Database, task: TaskFields, now: datetime, origin: Origin, key: dict[str, Any] | None = None
) -> bool:
    """Writes a new task. Returns False if another request with the idempotency key `key` (parameters) was first."""
    entry = steps.entry_of(task, "create", None, task.version)
    values = {f"new_{name}": getattr(task, name) for name in NAMES} | (key or {})
    rows = events.rows_of(contracts.TaskCreated, task, now)
    return await _write(database, CREATE_ONCE if key else CREATE, task, values, entry, rows, origin, now)


async def change(database: Database, user_id: str, command: Change, now: datetime, origin: Origin) -> Executed | None:
    """Returns None, and has written nothing, if the change needs locks or the task has changed meanwhile."""
    of_series = isinstance(command, UpdateTask | DeleteTask) and command.scope == "series"
    if of_series or isinstance(command, RetagTask | PurgeTask):
        return None
    row = await database.fetch_one(READ, {"user_id": user_id, "task_id": command.id})
    if row is None or row["purged_at"] is not None:
        raise TaskNotFound(command.id)
    if row["deleted_at"] is not None and not isinstance(command, DeleteTask | RestoreTask):
        raise TaskDeletedError(command.id)
    task = PlainTask(**row)
    transitions.expect(task, command.versions)
    if task.series_id is not None and isinstance(command, ReopenTask | RestoreTask):
        return None
    done = transitions.apply(task, command, now)
    before = {name: row[name] for name in steps.COLUMNS if getattr(task, name) != row[name]}
    if done is None:
        return None if before else Executed(view(task), None)
    transitions.count_version(task, now)
    entry = steps.entry_of(task, OPS[done.contract], before, row["version"])
    changed = tuple(name for name in NAMES if getattr(task, name) != row[name])
    values = {f"new_{name}": getattr(task, name) for name in changed} | {"task_id": task.id, "expected": row["version"]}
    rows = events.rows_of(done.contract, task, now, done.changes)
    is_written = await _write(database, update_statement(changed), task, values, entry, rows, origin, now)
    return Executed(view(task), origin.step) if is_written else None


async def _write(
    database: Database, statement: Statement, task: TaskFields, values: dict[str, Any], entry: Entry | None,
    rows: Sequence[outbox.Row], origin: Origin, now: datetime,
) -> bool:  # fmt: skip
    step = steps.parameters_of(task.user_id, origin, [entry] if entry else [], now)
    return await database.publish(statement, values | step | outbox.columns_of(rows))


@lru_cache(SHAPES)
def update_statement(names: tuple[str, ...]) -> Statement:
    assignments = ", ".join(f"{name} = :new_{name}" for name in names)
    update = f"UPDATE tasks SET {assignments} WHERE user_id = :user_id AND id = :task_id AND version = :expected"  # noqa: S608 - names of columns
    return _statement(f"WITH changed AS ({update} RETURNING 1), {REST}", names)


def _statement(sql: str, names: Sequence[str]) -> Statement:
    return prepare(text(sql).bindparams(*(bindparam(f"new_{name}", type_=COLUMNS[name].type) for name in names)))


def _insert(source: str = "") -> str:
    values = ", ".join(f":new_{name}" for name in NAMES)
    return f"INSERT INTO tasks ({', '.join(NAMES)}) SELECT {values} {source} RETURNING 1"


CREATE = _statement(f"WITH changed AS ({_insert()}), {REST}", NAMES)
CREATE_ONCE = _statement(f"WITH first AS ({idempotency.INSERT}), changed AS ({_insert('FROM first')}), {REST}", NAMES)
