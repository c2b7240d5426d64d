"""One operation for all tasks that match filters. A request changes one batch: a transaction stays short.

Batches follow the task numbers. Tasks created after the first request are left out: completing a recurring task creates
the next one, which matches too. `purge` also leaves out tasks that were moved to the trash after the first request.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import Integer, all_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from todo_backend.accounts import repository as accounts
from todo_backend.quick_add.date_words import words_of
from todo_backend.tasks import execution, steps
from todo_backend.tasks.commands import command
from todo_backend.tasks.filters import INSTANT, Shape, conditions, parameters, shape_of
from todo_backend.tasks.models import Task
from todo_backend.tasks.schemas import BulkFailure, BulkMatching, BulkMatchingAnswer
from todo_backend.tasks.steps import Origin
from todo_kit import cursors
from todo_kit.errors import Invalid
from todo_kit.fields import Moment, TaskNumber
from todo_kit.runtime import Runtime
from todo_kit.statements import Statement, prepare

STATEMENTS = 100
"""Shapes of filters whose statements are kept."""


class Cursor(BaseModel):
    """The last task of a batch, and the time of the first request, at which the filters are evaluated."""

    q: str
    i: TaskNumber
    n: Moment


@dataclass(frozen=True, slots=True)
class Start:
    after: int
    now: datetime


async def change(
    runtime: Runtime, user_id: str, query: BulkMatching, origin: Origin
) -> tuple[BulkMatchingAnswer, str | None]:
    """Changes the next batch. Returns the answer, and the step to undo it, None if nothing changed.

    Raises Invalid if the operation or the cursor is not valid. Tasks that cannot be changed are failures.
    """
    command(query.op, 1, query.data or {}, scope=query.scope)  # an invalid operation fails as a whole
    start = await _start(runtime, user_id, query, origin)
    ids = await _batch(runtime, user_id, query, start)
    words = await words_of(runtime.database, user_id) if "when" in (query.data or {}) else None
    batch = ids[: query.limit]
    commands = [command(query.op, number, query.data or {}, scope=query.scope, words=words) for number in batch]
    outcomes, step = await execution.execute_all(runtime, user_id, commands, origin) if commands else ([], None)
    problems = ((number, outcome.problem) for number, outcome in zip(batch, outcomes, strict=True))
    failures = [BulkFailure(id=number, error=problem.body()) for number, problem in problems if problem]
    cursor = None
    if len(ids) > query.limit:
        cursor = cursors.encode({"q": query.fingerprint, "i": batch[-1], "n": start.now.isoformat()})
    return BulkMatchingAnswer(processed=len(batch), failures=failures, next_cursor=cursor), step


async def _start(runtime: Runtime, user_id: str, query: BulkMatching, origin: Origin) -> Start:
    """Returns where the batch starts. A first request that is repeated has the time of the first one of its step."""
    if query.cursor is None:
        began = await steps.began(runtime.database, user_id, origin.step)
        return Start(0, began or runtime.clock.now())
    found = cursors.read(query.cursor, Cursor)
    if found.q != query.fingerprint:
        raise Invalid("cursor", "belongs to another operation")
    return Start(found.i, found.n)


async def _batch(runtime: Runtime, user_id: str, query: BulkMatching, start: Start) -> list[int]:
    """Returns the numbers of the tasks, one more than `limit` if more follow."""
    database = runtime.database
    zone = await accounts.get_zone(database, user_id) if query.needs_zone else ZoneInfo("UTC")
    values: dict[str, Any] = parameters(query, user_id, start.now, zone)
    values |= {"after": start.after, "began": start.now, "excluded": query.excluded, "limit": query.limit + 1}
    return [row["id"] for row in await database.fetch(_statement(shape_of(query), query.op == "purge"), values)]


@lru_cache(STATEMENTS)
def _statement(shape: Shape, is_final: bool) -> Statement:
    number, began = col(Task.id), bindparam("began", type_=INSTANT)
    query = select(number).where(
        *conditions(shape),
        number > bindparam("after", type_=Integer),
        col(Task.created_at) <= began,
        *([func.coalesce(col(Task.deleted_at), began) <= began] if is_final else []),
        number != all_(bindparam("excluded", type_=ARRAY(Integer))),
    )
    return prepare(query.order_by(number).limit(bindparam("limit", type_=Integer)))
