"""Changes with a way back: made and recorded in one transaction, taken back in another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.accounts.models import Account
from todo_backend.tasks import bulk
from todo_backend.tasks import repository as tasks
from todo_backend.tasks.schemas import BulkAnswer, BulkOperation, BulkResult, TaskOut
from todo_backend.undo import repository
from todo_backend.undo.inverse import Known, inverse, known, summary
from todo_backend.undo.models import AssistantChange
from todo_kit import context
from todo_kit.errors import Conflict
from todo_kit.ids import uuid7
from todo_kit.loops import every
from todo_kit.runtime import Runtime

log = structlog.get_logger()

KEPT = timedelta(days=30)
INTERVAL_SECONDS = 3600.0


class NothingToUndo(Conflict):
    """There is nothing to take back"""

    code = "nothing_to_undo"


class NotTakenBack(Conflict):
    """Somebody has changed since what was to be taken back"""

    code = "not_taken_back"


@dataclass(frozen=True, slots=True)
class Undone:
    """`undone` says for people what was taken back; `failures` what was not, as somebody has changed it since."""

    undone: list[str]
    tasks: list[TaskOut]
    failures: list[str]


async def change(runtime: Runtime, user_id: str, operations: Sequence[BulkOperation]) -> BulkAnswer:
    """Carries the operations out as `POST …/tasks/bulk` does, and keeps what takes them back."""
    now = runtime.clock.now()
    account, numbers = await bulk.take_numbers(runtime.database, user_id, operations)
    async with runtime.database.transaction() as session:
        ids = bulk.ids_of(operations)
        await tasks.lock_all(session, user_id, ids)
        before = {task.id: known(task) for task in await tasks.several(session, user_id, ids)}
        results = await bulk.perform(session, account, numbers, operations, now)
        done = list(_done(operations, results, before))
        if done:
            session.add(
                AssistantChange(
                    user_id=user_id,
                    id=uuid7(),
                    correlation_id=context.current().correlation_id,
                    summary=[said for said, _ in done],
                    inverse=[back for _, back in reversed(done)],
                    made_at=now,
                )
            )
    return bulk.answer(results)


def _done(
    operations: Sequence[BulkOperation], results: Sequence[BulkResult], before: dict[int, Known]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for operation, result in zip(operations, results, strict=True):
        if result.task is not None:
            after = result.task.model_dump(mode="json")
            after["delete_scope"] = operation.scope if operation.op == "delete" else None
            if back := inverse(operation, before.get(result.task.id), after):
                yield summary(operation, after), back
            before[result.task.id] = after


async def undo(runtime: Runtime, user_id: str, correlation_id: str) -> Undone:
    """Takes back all that the step changed. What somebody else has changed since stays as it is, and is named."""
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        await tasks.take_turn(session, user_id)
        changes = await repository.take(session, user_id, correlation_id, now)
        if not changes:
            raise NothingToUndo("it was taken back before, or is too long ago")
        steps = [step for change in changes for step in change.inverse]
        await tasks.lock_all(session, user_id, [step["id"] for step in steps])
        results: list[BulkResult] = []
        own: dict[tuple[int, int], int] = {}
        for step in steps:
            # A task that was changed twice has the version of our own last undoing instead of the recorded one.
            version = own.get((step["id"], step["if_match"]), step["if_match"])
            operation = BulkOperation(
                op=step["op"], id=step["id"], data=step.get("data"), if_match=version, scope=step.get("scope", "this")
            )
            [result] = await bulk.perform(session, Account(user_id=user_id), iter(()), [operation], now)
            if result.task and step["leads_to"]:
                own[step["id"], step["leads_to"]] = result.task.version
            results.append(result)
        if all(result.error for result in results):
            raise NotTakenBack("; ".join(failures_of(steps, results)))
        await _stand_for_new_versions(session, user_id, own)
    said = [each for change in changes for each in reversed(change.summary)]
    return Undone(
        [each for each, result in zip(said, results, strict=True) if result.task],
        [result.task for result in results if result.task],
        failures_of(steps, results),
    )


async def _stand_for_new_versions(session: AsyncSession, user_id: str, own: Mapping[tuple[int, int], int]) -> None:
    """The steps before stand for versions that what was undone had followed: our undoing has made them anew."""
    for earlier in await repository.standing_for(session, user_id, own):
        versions = [own.get((step["id"], step["if_match"]), step["if_match"]) for step in earlier.inverse]
        earlier.inverse = [back | {"if_match": v} for back, v in zip(earlier.inverse, versions, strict=True)]


def failures_of(steps: Sequence[dict[str, Any]], results: Sequence[BulkResult]) -> list[str]:
    return [
        f"task {step['id']}: {result.error['detail']}"
        for step, result in zip(steps, results, strict=True)
        if result.error
    ]


async def take_back_earlier_attempt(runtime: Runtime, user_id: str, correlation_id: str) -> None:
    """What a process did before it died in the middle: whoever does the same again begins at the beginning.

    Raises NotTakenBack when that cannot be, as it would be done twice.
    """
    try:
        taken = await undo(runtime, user_id, correlation_id)
    except NothingToUndo:
        return
    if taken.failures:
        raise NotTakenBack(f"{'; '.join(taken.failures)}; say what is still to be done")


async def prune(runtime: Runtime) -> None:
    async for _ in every(runtime, INTERVAL_SECONDS):
        async with runtime.database.transaction() as session:
            rows = await repository.prune(session, runtime.clock.now() - KEPT)
        log.info("assistant_changes_pruned", rows=rows)
