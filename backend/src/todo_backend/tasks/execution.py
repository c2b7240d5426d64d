"""Executes commands: one in a statement of its own, or many in one transaction with a savepoint for each.

The numbers of new tasks are taken and committed before: the account is then locked only briefly, not until the tasks
are written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.accounts.numbers import Taken, numbers_of
from todo_backend.tasks import idempotency, repository, service, single, steps
from todo_backend.tasks.commands import Command, CreateTask
from todo_backend.tasks.models import TaskFields
from todo_backend.tasks.schemas import TaskOut
from todo_backend.tasks.single import Executed
from todo_backend.tasks.steps import Origin
from todo_backend.tasks.views import view
from todo_kit.errors import Problem
from todo_kit.messaging import outbox
from todo_kit.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one of several commands: a task or a problem."""

    task: TaskOut | None
    problem: Problem | None = None


async def execute(runtime: Runtime, user_id: str, command: Command, origin: Origin) -> Executed:
    now, database = runtime.clock.now(), runtime.database
    if isinstance(command, CreateTask):
        task = await _new_task(runtime, user_id, command, now)
        await single.insert(database, task, now, origin)
        return Executed(view(task), origin.step)
    if changed := await single.change(database, user_id, command, now, origin):
        return changed
    async with database.transaction() as session:
        task = await service.change(session, user_id, command, now)
        return Executed(view(task), await steps.record(session, user_id, origin, now))


async def create_once(runtime: Runtime, user_id: str, command: CreateTask, key: str, origin: Origin) -> Executed:
    """Creates a task unless the key was used before. Raises IdempotencyConflict if it was used for another task."""
    now, database = runtime.clock.now(), runtime.database
    if earlier := await idempotency.earlier_answer(database, user_id, key, command.data):
        return Executed(earlier, None)
    task = await _new_task(runtime, user_id, command, now)
    answer = TaskOut.model_validate(view(task)).model_dump(mode="json")
    if await single.insert(database, task, now, origin, idempotency.parameters_of(key, command.data, answer, now)):
        return Executed(view(task), origin.step)
    return Executed(await idempotency.earlier_answer(database, user_id, key, command.data) or answer, None)


async def _new_task(runtime: Runtime, user_id: str, command: CreateTask, now: datetime) -> TaskFields:
    return single.new_task(user_id, await numbers_of(runtime).take(user_id), command, now)


async def execute_all(
    runtime: Runtime, user_id: str, commands: Sequence[Command | Problem], origin: Origin
) -> tuple[list[Outcome], str | None]:
    """Executes the commands in order. A failed one, or a problem in its place, does not affect the others.

    Returns their outcomes, and the step to undo all of them, None if nothing changed.
    """
    now = runtime.clock.now()
    creates = sum(isinstance(command, CreateTask) for command in commands)
    taken = await numbers_of(runtime).take(user_id, creates) if creates else None
    numbers = iter([replace(taken, last=taken.last - rest) for rest in reversed(range(creates))] if taken else [])
    async with runtime.database.transaction() as session:
        ids = [each.id for each in commands if not isinstance(each, Problem | CreateTask)]
        await repository.lock_all(session, user_id, ids)
        outcomes = [
            Outcome(None, command)
            if isinstance(command, Problem)
            else await _attempt(session, user_id, numbers, command, now)
            for command in commands
        ]
        step = await steps.record(session, user_id, origin, now)
    return outcomes, step


async def _attempt(
    session: AsyncSession, user_id: str, numbers: Iterator[Taken], command: Command, now: datetime
) -> Outcome:
    events, noted = outbox.mark(session), steps.mark(session)
    try:
        async with session.begin_nested():
            if isinstance(command, CreateTask):
                task = await service.create(session, user_id, next(numbers), command, now)
            else:
                task = await service.change(session, user_id, command, now)
    except Problem as problem:
        outbox.rewind(session, events)
        steps.rewind(session, noted)
        return Outcome(None, problem)
    return Outcome(TaskOut.model_validate(view(task)))
