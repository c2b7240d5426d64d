"""Undoes a step: all of its changes, or none."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.tasks import repository as tasks
from todo_backend.tasks import reversal
from todo_backend.tasks.models import Task
from todo_backend.tasks.schemas import TaskOut
from todo_backend.tasks.steps import Entry
from todo_backend.tasks.views import view
from todo_backend.undo import repository
from todo_kit.errors import Conflict, NotFound
from todo_kit.retention import Retention
from todo_kit.runtime import Runtime

RETENTION = Retention("undo_steps", "made_at", timedelta(days=30))
DONE = {
    "create": "added",
    "update": "changed",
    "complete": "completed",
    "reopen": "reopened",
    "delete": "deleted",
    "restore": "restored",
}


class NothingToUndo(NotFound):
    """There is no such step to undo"""

    code = "step_not_found"


class NotUndone(Conflict):
    """The task changed after the change you want to undo"""

    code = "not_undone"


@dataclass(frozen=True, slots=True)
class Undone:
    """`undone` describes the undone changes, newest first; `tasks` are the affected tasks in their current state."""

    undone: list[str]
    tasks: list[TaskOut]
    is_new: bool
    """False if the step was already undone."""


async def undo(runtime: Runtime, user_id: str, step: str, client: str | None = None) -> Undone:
    """Undoes the step. Idempotent. With `client`, only a step of that client is found.

    Raises NothingToUndo if there is no such step. Raises NotUndone, and undoes nothing, if tasks changed since; the
    error names them.
    """
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        await tasks.take_turn(session, user_id)
        rows = await repository.of_step(session, user_id, step, client)
        if not rows:
            raise NothingToUndo("there is no such step, or it is older than 30 days")
        standing = [row for row in rows if row.undone_at is None]
        entries = [entry for row in standing or rows for entry in reversed(row.entries)]
        ids = list(dict.fromkeys(entry["id"] for entry in entries))
        await tasks.lock_all(session, user_id, ids)
        found = {task.id: task for task in await tasks.get_many(session, user_id, ids)}
        undone = [line(entry) for entry in entries if entry["op"] in DONE]
        if standing:
            await _undo_all(session, found, entries, now)
            await repository.mark_undone(session, user_id, standing, now)
    return Undone(undone, [TaskOut.model_validate(view(found[number])) for number in ids], is_new=bool(standing))


async def _undo_all(session: AsyncSession, found: Mapping[int, Task], entries: Sequence[Entry], now: datetime) -> None:
    """Undoes the entries. Raises NotUndone, naming every task that changed after the step."""
    changed: dict[int, str] = {}
    for entry in entries:
        task = found[entry["id"]]
        if task.id in changed:
            continue
        if reversal.is_as_left(task, entry):
            await reversal.undo(session, task, entry, now)
        else:
            changed[task.id] = f"task {task.id} “{task.title}”"
    if changed:
        raise NotUndone(f"{', '.join(changed.values())} changed since; nothing was undone", tasks=sorted(changed))


def line(entry: Entry) -> str:
    return f"{DONE[entry['op']]} {entry['id']} “{entry['title']}”"


async def undo_earlier_attempt(runtime: Runtime, user_id: str, step: str, client: str) -> None:
    """Undoes what a crashed attempt changed, so that a retry starts from the beginning.

    Raises NotUndone if that is impossible: the retry would repeat the changes.
    """
    with suppress(NothingToUndo):
        await undo(runtime, user_id, step, client)
