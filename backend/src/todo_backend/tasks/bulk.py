"""Bulk operations: one request and one transaction, with a savepoint and a result for each operation."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.accounts import repository as accounts
from todo_backend.accounts.models import Account
from todo_backend.tasks import repository, service, steps
from todo_backend.tasks.models import Task
from todo_backend.tasks.schemas import (
    BulkAnswer,
    BulkOperation,
    BulkResult,
    TaskCreate,
    TaskOut,
    TaskPatch,
    changed_fields,
)
from todo_backend.tasks.steps import Origin
from todo_backend.tasks.views import view
from todo_kit.database import Database
from todo_kit.errors import Invalid, Problem
from todo_kit.messaging import outbox

T = TypeVar("T", TaskCreate, TaskPatch)
Change = Callable[..., Awaitable[Task]]
BY_NAME: dict[str, Change] = {
    "complete": service.complete,
    "reopen": service.reopen,
    "restore": service.restore,
}


async def run(
    database: Database, user_id: str, operations: Sequence[BulkOperation], now: datetime, origin: Origin
) -> tuple[BulkAnswer, str | None]:
    """Runs the operations. Returns the answer and the id of the step to undo them, None if nothing changed."""
    account, numbers = await take_numbers(database, user_id, operations)
    async with database.transaction() as session:
        await repository.lock_all(session, user_id, ids_of(operations))
        results = await perform(session, account, numbers, operations, now)
        step = await steps.record(session, user_id, origin, now)
    return answer(results), step


async def take_numbers(
    database: Database, user_id: str, operations: Sequence[BulkOperation]
) -> tuple[Account, Iterator[int]]:
    """Takes numbers for the tasks to create. Returns the account and the numbers."""
    creates = sum(operation.op == "create" for operation in operations)
    if creates == 0:
        return Account(user_id=user_id), iter(())
    async with database.autocommit() as session:
        account = await accounts.take_numbers(session, user_id, creates)
    return account, iter(range(account.last_task_number - creates + 1, account.last_task_number + 1))


def ids_of(operations: Sequence[BulkOperation]) -> list[int]:
    return [operation.id for operation in operations if operation.id]


async def perform(
    session: AsyncSession, account: Account, numbers: Iterator[int], operations: Sequence[BulkOperation], now: datetime
) -> list[BulkResult]:
    """Runs the operations in order, each in a savepoint. The caller locks the tasks before, and commits."""
    return [
        await _attempt(session, account, numbers, index, operation, now) for index, operation in enumerate(operations)
    ]


def answer(results: list[BulkResult]) -> BulkAnswer:
    succeeded = sum(result.error is None for result in results)
    return BulkAnswer(results=results, succeeded=succeeded, failed=len(results) - succeeded)


async def _attempt(
    session: AsyncSession, account: Account, numbers: Iterator[int], index: int, operation: BulkOperation, now: datetime
) -> BulkResult:
    events, noted = outbox.mark(session), steps.mark(session)
    try:
        async with session.begin_nested():
            task = await _perform(session, account, numbers, operation, now)
    except Problem as problem:
        outbox.rewind(session, events)
        steps.rewind(session, noted)
        return BulkResult(index=index, op=operation.op, status=problem.status, task=None, error=problem.body())
    status = 201 if operation.op == "create" else 200
    shown = TaskOut.model_validate(view(task))
    return BulkResult(index=index, op=operation.op, status=status, task=shown, error=None)


async def _perform(
    session: AsyncSession, account: Account, numbers: Iterator[int], operation: BulkOperation, now: datetime
) -> Task:
    data = operation.data or {}
    if operation.op == "create":
        number = next(numbers)
        return await service.create(session, account, number, _read(TaskCreate, data), now)
    if operation.id is None:
        raise Invalid("id", f"is needed to {operation.op} a task")
    versions = [operation.if_match] if operation.if_match else None
    if operation.op == "delete":
        return await service.delete(
            session, account.user_id, operation.id, now, versions=versions, scope=operation.scope
        )
    if operation.op == "update":
        fields = changed_fields(_read(TaskPatch, data))
        return await service.update(
            session, account.user_id, operation.id, fields, now, versions=versions, scope=operation.scope
        )
    return await BY_NAME[operation.op](session, account.user_id, operation.id, now, versions)


def _read(model: type[T], data: dict[str, object]) -> T:
    try:
        return model.model_validate(data)
    except ValidationError as invalid:
        first: Any = invalid.errors()[0]
        field = ".".join(str(part) for part in ("data", *first["loc"]))
        raise Invalid(field, str(first["msg"]).removeprefix("Value error, ")) from None
