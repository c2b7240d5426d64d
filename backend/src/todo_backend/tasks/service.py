"""Changes of tasks under locks. The functions flush; `execution` commits."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.accounts.numbers import Taken
from todo_backend.tasks import events, repository, series, steps, transitions
from todo_backend.tasks.commands import (
    CompleteTask,
    CreateTask,
    DeleteTask,
    PurgeTask,
    ReopenTask,
    RestoreTask,
    RetagTask,
    UpdateTask,
)
from todo_backend.tasks.models import Task
from todo_backend.tasks.transitions import OPS, Change, Transition
from todo_kit.events import tasks as contracts


async def create(session: AsyncSession, user_id: str, taken: Taken, command: CreateTask, now: datetime) -> Task:
    task = Task(
        user_id=user_id, id=taken.last, title="", tags=[], time_zone="", search="", created_at=now, updated_at=now
    )
    transitions.fill(task, taken, command)
    steps.note(session, task, "create")
    session.add(task)
    await session.flush()
    events.emit(session, contracts.TaskCreated, task, now)
    return task


async def change(session: AsyncSession, user_id: str, command: Change, now: datetime) -> Task:
    match command:
        case UpdateTask():
            return await update(session, user_id, command, now)
        case RetagTask():
            return await retag(session, user_id, command, now)
        case CompleteTask():
            return await complete(session, user_id, command, now)
        case ReopenTask() | RestoreTask():
            return await bring_back(session, user_id, command, now)
        case DeleteTask():
            return await delete(session, user_id, command, now)
        case PurgeTask():
            return await purge(session, user_id, command, now)


async def update(session: AsyncSession, user_id: str, command: UpdateTask, now: datetime) -> Task:
    if command.scope == "series":
        await repository.lock_all(session, user_id, [command.id])
    task = await repository.lock(session, user_id, command.id)
    transitions.expect(task, command.versions)
    before = task.series_id, task.template and task.template["anchor"]
    if done := transitions.apply(task, command, now):
        await save(session, task, done, now)
    else:
        steps.note(session, task, "template")
    if command.scope == "series" and task.series_id and task.template:
        moved = task.series_id == before[0] and task.template["anchor"] != before[1]
        for other in await repository.lock_open_of_series(session, user_id, task.series_id):
            other.template = task.template if moved else series.like(other, task)
            steps.note(session, other, "template")
    return task


async def retag(session: AsyncSession, user_id: str, command: RetagTask, now: datetime) -> Task:
    task = await repository.lock(session, user_id, command.id)
    transitions.expect(task, command.versions)
    if done := transitions.retag(task, command):
        await save(session, task, done, now)
    else:
        steps.note(session, task, "template")
    return task


async def complete(session: AsyncSession, user_id: str, command: CompleteTask, now: datetime) -> Task:
    task = await repository.lock(session, user_id, command.id)
    transitions.expect(task, command.versions)
    if done := transitions.apply(task, command, now):
        await save(session, task, done, now)
    return task


async def bring_back(session: AsyncSession, user_id: str, command: ReopenTask | RestoreTask, now: datetime) -> Task:
    """Reopens or restores the task. If it is open then, withdraws its successor, unless that was changed."""
    await repository.take_turn(session, user_id)
    task = await repository.lock(session, user_id, command.id, deleted_too=isinstance(command, RestoreTask))
    transitions.expect(task, command.versions)
    if done := transitions.apply(task, command, now):
        await save(session, task, done, now)
        if task.completed_at is None:
            await withdraw_successor(session, task, now)
    return task


async def delete(session: AsyncSession, user_id: str, command: DeleteTask, now: datetime) -> Task:
    """In a series, scope `this` skips the occurrence, and the next one is created. `series` deletes all open tasks."""
    if command.scope == "series":
        await repository.lock_all(session, user_id, [command.id])
    task = await repository.lock(session, user_id, command.id, deleted_too=True)
    transitions.expect(task, command.versions)
    done = transitions.apply(task, command, now)
    if done is None:
        return task
    await save(session, task, done, now)
    if command.scope == "series" and task.series_id:
        for other in await repository.lock_open_of_series(session, user_id, task.series_id):
            await save(session, other, transitions.delete(other, command.scope, now), now)
    return task


async def purge(session: AsyncSession, user_id: str, command: PurgeTask, now: datetime) -> Task:
    """Deletes a task of the trash for good, with the steps that could bring it back."""
    task = await repository.lock(session, user_id, command.id, deleted_too=True)
    transitions.expect(task, command.versions)
    transitions.purge(task, now)
    transitions.count_version(task, now)
    await session.flush()
    steps.forget(session, task)
    events.emit(session, contracts.TaskPurged, task, now)
    return task


async def withdraw_successor(session: AsyncSession, task: Task, now: datetime) -> None:
    if task.series_id is None:
        return
    successor = await repository.lock_successor(session, task)
    if successor and successor.deleted_at is None and successor.version == successor.made_version:
        successor.withdrawn = True
        await save(session, successor, transitions.delete(successor, "series", now), now)


async def save(session: AsyncSession, task: Task, done: Transition, now: datetime) -> None:
    transitions.count_version(task, now)
    steps.note(session, task, OPS[done.contract])
    await session.flush()
    events.emit(session, done.contract, task, now, done.changes)
