"""Changes of one task. The functions flush; `execution` commits."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.accounts.models import Account
from todo_backend.tasks import changes, events, repository, series, steps
from todo_backend.tasks.commands import (
    CompleteTask,
    CreateTask,
    DeleteTask,
    ReopenTask,
    RestoreTask,
    UpdateTask,
    Versions,
)
from todo_backend.tasks.models import Task
from todo_backend.tasks.search import document
from todo_kit.errors import PreconditionFailed
from todo_kit.events import tasks as contracts

Change = UpdateTask | CompleteTask | ReopenTask | DeleteTask | RestoreTask
OPS: dict[type[contracts.TaskEvent], steps.Op] = {
    contracts.TaskUpdated: "update",
    contracts.TaskCompleted: "complete",
    contracts.TaskReopened: "reopen",
    contracts.TaskDeleted: "delete",
    contracts.TaskRestored: "restore",
}


async def create(session: AsyncSession, account: Account, number: int, command: CreateTask, now: datetime) -> Task:
    data = command.data
    fields = data.model_dump(exclude={"recurrence"}) | {"recurrence": data.recurrence}
    fields["time_zone"] = data.time_zone or account.time_zone
    # The default applies to due times; all-day tasks get a reminder only on request.
    if "reminder_lead_time" not in data.model_fields_set and isinstance(data.due_date, datetime):
        fields["reminder_lead_time"] = account.default_reminder_lead_time
    task = Task(
        user_id=account.user_id, id=number, title="", tags=[], time_zone="", search="", created_at=now, updated_at=now
    )
    changes.apply(task, fields)
    task.search = document(task.title, task.description, task.tags)
    steps.note(session, task, "create")
    session.add(task)
    await session.flush()
    events.emit(session, contracts.TaskCreated, task, now)
    return task


async def change(session: AsyncSession, user_id: str, command: Change, now: datetime) -> Task:
    """Changes a task. All changes but `UpdateTask` are idempotent."""
    match command:
        case UpdateTask():
            return await update(session, user_id, command, now)
        case CompleteTask():
            return await complete(session, user_id, command, now)
        case ReopenTask():
            return await reopen(session, user_id, command, now)
        case DeleteTask():
            return await delete(session, user_id, command, now)
        case RestoreTask():
            return await restore(session, user_id, command, now)


async def update(session: AsyncSession, user_id: str, command: UpdateTask, now: datetime) -> Task:
    if command.scope == "series":
        await repository.lock_all(session, user_id, [command.id])
    task = await repository.lock(session, user_id, command.id)
    expect(task, command.versions)
    before = task.series_id, task.template and task.template["anchor"]
    if what := changes.apply(task, command.fields, command.scope):
        await save(session, task, now, contracts.TaskUpdated, what)
    else:
        steps.note(session, task, "template")
    if command.scope == "series" and task.series_id and task.template:
        moved = task.series_id == before[0] and task.template["anchor"] != before[1]
        for other in await repository.lock_open_of_series(session, user_id, task.series_id):
            other.template = task.template if moved else series.like(other, task)
            steps.note(session, other, "template")
    return task


async def complete(session: AsyncSession, user_id: str, command: CompleteTask, now: datetime) -> Task:
    task = await repository.lock(session, user_id, command.id)
    expect(task, command.versions)
    if task.completed_at is None:
        task.completed_at = now
        await save(session, task, now, contracts.TaskCompleted)
    return task


async def reopen(session: AsyncSession, user_id: str, command: ReopenTask, now: datetime) -> Task:
    """Withdraws the successor, unless it was changed."""
    await repository.take_turn(session, user_id)
    task = await repository.lock(session, user_id, command.id)
    expect(task, command.versions)
    if task.completed_at is not None:
        task.completed_at = None
        await save(session, task, now, contracts.TaskReopened)
        await withdraw_successor(session, task, now)
    return task


async def delete(session: AsyncSession, user_id: str, command: DeleteTask, now: datetime) -> Task:
    """In a series, scope `this` skips the occurrence, and the next one is created. `series` deletes all open tasks."""
    if command.scope == "series":
        await repository.lock_all(session, user_id, [command.id])
    task = await repository.lock(session, user_id, command.id, deleted_too=True)
    expect(task, command.versions)
    if task.deleted_at is not None:
        return task
    doomed = [task]
    if command.scope == "series" and task.series_id:
        others = await repository.lock_open_of_series(session, user_id, task.series_id)
        doomed += [other for other in others if other.id != command.id]
    for each in doomed:
        each.deleted_at, each.delete_scope = now, command.scope
        await save(session, each, now, contracts.TaskDeleted)
    return task


async def restore(session: AsyncSession, user_id: str, command: RestoreTask, now: datetime) -> Task:
    """Restores a deleted task as it was. Withdraws the successor of an open task, unless it was changed."""
    await repository.take_turn(session, user_id)
    task = await repository.lock(session, user_id, command.id, deleted_too=True)
    expect(task, command.versions)
    if task.deleted_at is not None:
        task.deleted_at, task.delete_scope, task.withdrawn = None, None, False
        await save(session, task, now, contracts.TaskRestored)
        if task.completed_at is None:
            await withdraw_successor(session, task, now)
    return task


def expect(task: Task, versions: Versions) -> None:
    if versions is not None and task.version not in versions:
        raise PreconditionFailed(
            f"task {task.id} is at version {task.version}; read it again and decide", current_version=task.version
        )


async def withdraw_successor(session: AsyncSession, task: Task, now: datetime) -> None:
    if task.series_id is None:
        return
    successor = await repository.lock_successor(session, task)
    if successor and successor.deleted_at is None and successor.version == successor.made_version:
        successor.deleted_at, successor.delete_scope, successor.withdrawn = now, "series", True
        await save(session, successor, now, contracts.TaskDeleted)


async def save(
    session: AsyncSession, task: Task, now: datetime, contract: type[contracts.TaskEvent],
    what: events.Changes | None = None,
) -> None:  # fmt: skip
    task.version += 1
    task.updated_at = now
    steps.note(session, task, OPS[contract])
    await session.flush()
    events.emit(session, contract, task, now, what)
