"""Undoes a step: all of its changes, or none."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.tasks import repository as tasks
from todo_backend.tasks import reversal, steps
from todo_backend.tasks.models import Task
from todo_backend.tasks.schemas import TaskOut
from todo_backend.tasks.steps import Entry, Origin
from todo_backend.tasks.views import view
from todo_backend.undo import repository
from todo_backend.undo.models import UndoStep
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


class NothingToRedo(NotFound):
    """There is no such step to redo"""

    code = "step_not_found"


class NotUndone(Conflict):
    """The task changed after the change you want to undo"""

    code = "not_undone"


class NotRedone(Conflict):
    """The task changed after the undo"""

    code = "not_redone"


@dataclass(frozen=True, slots=True)
class Done:
    """`lines` describe the changes; `tasks` are the affected tasks in their current state."""

    lines: list[str]
    tasks: list[TaskOut]
    is_new: bool
    """False if it was done before."""


async def undo(runtime: Runtime, user_id: str, step: str, client: str | None = None) -> Done:
    """Undoes the step, and records that as the step that `redo` undoes. Idempotent.

    With `client`, only a step of that client is found. Raises NothingToUndo if there is no such step. Raises NotUndone,
    and undoes nothing, if tasks changed since; the error names them.
    """
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        await tasks.take_turn(session, user_id)
        rows = await repository.of_step(session, user_id, step, client)
        if not rows or step.startswith(steps.REDO):  # the record of an undo: `redo` takes the step itself
            raise NothingToUndo("there is no such step, or it is older than 30 days")
        standing = [row for row in rows if row.undone_at is None]
        entries = _newest_first(standing or rows)
        found = await _lock(session, user_id, entries)
        if standing:
            if changed := await _reverse_all(session, found, entries, now):
                raise NotUndone(f"{', '.join(changed.values())} changed since; nothing was undone", tasks=[*changed])
            await repository.mark_undone(session, user_id, standing, now)
            await steps.record(session, user_id, Origin(rows[0].client, steps.REDO + step), now)
    return Done([line(entry) for entry in entries if entry["op"] in DONE], _shown(found), is_new=bool(standing))


async def redo(runtime: Runtime, user_id: str, step: str, client: str | None = None) -> Done:
    """Redoes a step that was undone. Idempotent: a step that is not undone is left as it is.

    Raises NothingToRedo if there is no such step. Raises NotRedone, and redoes nothing, if tasks changed since.
    """
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        await tasks.take_turn(session, user_id)
        rows = await repository.of_step(session, user_id, step, client)
        recorded = await repository.of_step(session, user_id, steps.REDO + step, client)
        undoing = [row for row in recorded if row.undone_at is None]
        if not rows or not recorded:
            raise NothingToRedo("there is no such step that was undone, or it is older than 30 days")
        is_undone = all(row.undone_at is not None for row in rows)
        entries = _newest_first(undoing or recorded)
        found = await _lock(session, user_id, entries)
        if undoing and is_undone:
            if changed := await _reverse_all(session, found, entries, now):
                raise NotRedone(f"{', '.join(changed.values())} changed since; nothing was redone", tasks=[*changed])
            await repository.mark_undone(session, user_id, undoing, now)
            await repository.mark_undone(session, user_id, rows, None)
    redone = [line(entry) for entry in reversed(_newest_first(rows)) if entry["op"] in DONE]
    return Done(redone, _shown(found), is_new=bool(undoing) and is_undone)


def _newest_first(rows: Sequence[UndoStep]) -> list[Entry]:
    return [entry for row in rows for entry in reversed(row.entries)]


async def _lock(session: AsyncSession, user_id: str, entries: Sequence[Entry]) -> dict[int, Task]:
    """Locks and returns the tasks of the entries, in the order of the entries."""
    ids = list(dict.fromkeys(entry["id"] for entry in entries))
    await tasks.lock_all(session, user_id, ids)
    found = {task.id: task for task in await tasks.get_many(session, user_id, ids)}
    return {number: found[number] for number in ids if number in found}


def _shown(found: Mapping[int, Task]) -> list[TaskOut]:
    return [TaskOut.model_validate(view(task)) for task in found.values()]


async def _reverse_all(
    session: AsyncSession, found: Mapping[int, Task], entries: Sequence[Entry], now: datetime
) -> dict[int, str]:
    """Reverses the entries. Returns the names of the tasks, by number, that changed after the step."""
    changed: dict[int, str] = {}
    for entry in entries:
        task = found.get(entry["id"])
        if entry["id"] in changed:
            continue
        if task and reversal.is_as_left(task, entry):
            await reversal.undo(session, task, entry, now)
        else:
            changed[entry["id"]] = f"task {entry['id']} “{task.title if task else entry['title']}”"
    return dict(sorted(changed.items()))


def line(entry: Entry) -> str:
    return f"{DONE[entry['op']]} {entry['id']} “{entry['title']}”"


async def undo_earlier_attempt(runtime: Runtime, user_id: str, step: str, client: str) -> None:
    """Undoes what a crashed attempt changed, so that a retry starts from the beginning.

    Raises NotUndone if that is impossible: the retry would repeat the changes.
    """
    with suppress(NothingToUndo):
        await undo(runtime, user_id, step, client)
