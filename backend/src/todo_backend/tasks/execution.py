"""Executes commands: one in a transaction of its own, or many in one transaction with a savepoint for each.

The numbers of new tasks are taken and committed before: the account is then locked only briefly, not until the tasks
are written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.accounts import repository as accounts
from todo_backend.accounts.models import Account
from todo_backend.tasks import idempotency, repository, service, steps
from todo_backend.tasks.commands import Command, CreateTask
from todo_backend.tasks.models import Task
from todo_backend.tasks.schemas import TaskOut
from todo_backend.tasks.steps import Origin
from todo_backend.tasks.views import view
from todo_kit.database import Database
from todo_kit.errors import Problem
from todo_kit.messaging import outbox


@dataclass(frozen=True, slots=True)
class Executed:
    """The task after the change, as the API shows it, and the step to undo it; no step if nothing changed."""

    task: dict[str, Any]
    step: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one of several commands: a task or a problem."""

    task: TaskOut | None
    problem: Problem | None = None


async def execute(database: Database, user_id: str, command: Command, now: datetime, origin: Origin) -> Executed:
    account, numbers = await take_numbers(database, user_id, int(isinstance(command, CreateTask)))
    async with database.transaction() as session:
        return await _execute(session, account, numbers, command, now, origin)


async def create_once(
    database: Database, user_id: str, command: CreateTask, key: str, now: datetime, origin: Origin
) -> Executed:
    """Creates a task unless the key was used before. Raises IdempotencyConflict if it was used for another task."""
    async with database.autocommit() as first:
        if answer := await idempotency.earlier_answer(first, user_id, key, command.data):
            return Executed(answer, None)
        account = await accounts.take_numbers(first, user_id)
    async with database.transaction() as session:
        executed = await _execute(session, account, iter([account.last_task_number]), command, now, origin)
        shown = TaskOut.model_validate(executed.task).model_dump(mode="json")
        if await idempotency.remember(session, user_id, key, command.data, shown, now):
            return executed
        await session.rollback()
        outbox.rewind(session, 0)  # the task was rolled back: publish no event
        answer = await idempotency.earlier_answer(session, user_id, key, command.data)
    return Executed(answer or shown, None)


async def execute_all(
    database: Database, user_id: str, commands: Sequence[Command | Problem], now: datetime, origin: Origin
) -> tuple[list[Outcome], str | None]:
    """Executes the commands in order. A failed one, or a problem in its place, does not affect the others.

    Returns their outcomes, and the step to undo all of them, None if nothing changed.
    """
    creates = sum(isinstance(command, CreateTask) for command in commands)
    account, numbers = await take_numbers(database, user_id, creates)
    async with database.transaction() as session:
        ids = [each.id for each in commands if not isinstance(each, Problem | CreateTask)]
        await repository.lock_all(session, user_id, ids)
        outcomes = [
            Outcome(None, command)
            if isinstance(command, Problem)
            else await _attempt(session, account, numbers, command, now)
            for command in commands
        ]
        step = await steps.record(session, user_id, origin, now)
    return outcomes, step


async def take_numbers(database: Database, user_id: str, count: int) -> tuple[Account, Iterator[int]]:
    """Takes the numbers of new tasks. Returns the account, whose settings are read only if there are any."""
    if count == 0:
        return Account(user_id=user_id), iter(())
    async with database.autocommit() as session:
        account = await accounts.take_numbers(session, user_id, count)
    return account, iter(range(account.last_task_number - count + 1, account.last_task_number + 1))


async def _execute(
    session: AsyncSession, account: Account, numbers: Iterator[int], command: Command, now: datetime, origin: Origin
) -> Executed:
    task = await _perform(session, account, numbers, command, now)
    step = await steps.record(session, account.user_id, origin, now)
    return Executed(view(task), step)


async def _attempt(
    session: AsyncSession, account: Account, numbers: Iterator[int], command: Command, now: datetime
) -> Outcome:
    events, noted = outbox.mark(session), steps.mark(session)
    try:
        async with session.begin_nested():
            task = await _perform(session, account, numbers, command, now)
    except Problem as problem:
        outbox.rewind(session, events)
        steps.rewind(session, noted)
        return Outcome(None, problem)
    return Outcome(TaskOut.model_validate(view(task)))


async def _perform(
    session: AsyncSession, account: Account, numbers: Iterator[int], command: Command, now: datetime
) -> Task:
    if isinstance(command, CreateTask):
        return await service.create(session, account, next(numbers), command, now)
    return await service.change(session, account.user_id, command, now)
