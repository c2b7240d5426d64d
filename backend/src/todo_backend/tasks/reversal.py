"""Undoes one recorded change of a task (see `steps`): restores the columns and emits the events."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.tasks import changes, service, steps
from todo_backend.tasks.commands import DeleteTask
from todo_backend.tasks.models import Task
from todo_backend.tasks.schemas import Scope
from todo_backend.tasks.search import document
from todo_backend.tasks.steps import Entry
from todo_backend.tasks.transitions import Transition
from todo_backend.tasks.views import view
from todo_kit.events import tasks as contracts

CONTRACTS: dict[str, type[contracts.TaskEvent]] = {
    "update": contracts.TaskUpdated,
    "complete": contracts.TaskReopened,
    "reopen": contracts.TaskCompleted,
    "delete": contracts.TaskRestored,
    "restore": contracts.TaskDeleted,
}


def is_as_left(task: Task, entry: Entry) -> bool:
    return bool(entry["after"] == steps.digest(task, entry["before"] or ()))


async def undo(session: AsyncSession, task: Task, entry: Entry, now: datetime) -> None:
    """Undoes the change. The caller has locked the task and the tasks that it affects."""
    if entry["before"] is None:
        # Delete the whole series: deleting one occurrence would create the next.
        scope: Scope = "this" if task.series_id is None else "series"
        await service.delete(session, task.user_id, DeleteTask(task.id, scope=scope), now)
        return
    shown = view(task)
    steps.put_back(task, entry)
    if entry["op"] not in CONTRACTS:
        steps.note(session, task, "template")
        await session.flush()
        return
    task.search = document(task.title, task.description, task.tags)
    what = changes.between(shown, view(task)) if entry["op"] == "update" else None
    await service.save(session, task, Transition(CONTRACTS[entry["op"]], what), now)
    if entry["untouched"]:
        task.made_version = task.version
    if entry["op"] in {"complete", "delete"} and task.completed_at is None:
        await service.withdraw_successor(session, task, now)
