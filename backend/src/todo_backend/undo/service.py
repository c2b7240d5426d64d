"""Undoes a step: everything that it changed is put back, or nothing is."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.tasks import repository as tasks
from todo_backend.tasks import reversal
from todo_backend.tasks.models import Task
from todo_backend.tasks.schemas import TaskOut
from todo_backend.tasks.steps import Entry
from todo_backend.tasks.views import view
from todo_backend.undo import repository
from todo_kit.errors import Conflict, NotFound
from todo_kit.loops import every
from todo_kit.runtime import Runtime

log = structlog.get_logger()

KEPT = timedelta(days=30)
INTERVAL_SECONDS = 3600.0
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
    """`undone` says for people what was undone, the last change first; `tasks` are those tasks as they are now."""

    undone: list[str]
    tasks: list[TaskOut]
    is_new: bool
    """False when the step had been undone before."""


async def undo(runtime: Runtime, user_id: str, step: str, client: str | None = None) -> Undone:
    """Undoing twice is undoing once. With a `client`, only a step of its own is found.

    Raises NothingToUndo when there is no such step, and NotUndone with the tasks that were changed since: then nothing
    is undone.
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
    """Raises NotUndone naming every task that is not as the step has left it."""
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
    """What a process did before it died in the middle: whoever does the same again begins at the beginning.

    Raises NotUndone when that cannot be, as it would be done twice.
    """
    with suppress(NothingToUndo):
        await undo(runtime, user_id, step, client)


async def prune(runtime: Runtime) -> None:
    async for _ in every(runtime, INTERVAL_SECONDS):
        async with runtime.database.transaction() as session:
            rows = await repository.prune(session, runtime.clock.now() - KEPT)
        log.info("undo_steps_pruned", rows=rows)
