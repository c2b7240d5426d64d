"""Requests successors from the task API, and retries each request until it succeeds or is refused.

A request is claimed with a lease, and the claim is committed before the call, so no row lock is held during a network
call. If a replica dies during the call, another replica claims the request when the lease ends. The call is idempotent:
the task API creates at most one successor of a task.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
import structlog
from sqlalchemy import func, tuple_, update
from sqlmodel import col, select

from recurring_tasks_service.schedules.models import OccurrenceRequest
from todo_kit import context
from todo_kit.errors import Unavailable
from todo_kit.loops import IDLE_SECONDS, pause_until
from todo_kit.runtime import Runtime
from todo_kit.sidecar import Answer

log = structlog.get_logger()

TASK_API = "todo-backend"
AT_ONCE = 16
SHORTEST_PAUSE_SECONDS = 0.2
MAX_BACK_OFF_SECONDS = 30.0
LEASE_SECONDS = 30.0
"""Longer than a call can take (`sidecar.INVOCATION_SECONDS`)."""
REFUSED = 422

KEY = tuple_(col(OccurrenceRequest.user_id), col(OccurrenceRequest.task_id))
DUE = (
    select(*KEY.clauses)
    .where(col(OccurrenceRequest.state) == "pending")
    .order_by(col(OccurrenceRequest.next_attempt_at))
    .limit(AT_ONCE)
    .with_for_update(skip_locked=True)
)
NEXT = select(func.min(OccurrenceRequest.next_attempt_at)).where(col(OccurrenceRequest.state) == "pending")


def wake(runtime: Runtime) -> None:
    _woken(runtime).set()


def _woken(runtime: Runtime) -> asyncio.Event:
    event: asyncio.Event = runtime.extras.setdefault("occurrence_requests", asyncio.Event())
    return event


async def request_occurrences(runtime: Runtime) -> None:
    woken = _woken(runtime)
    while not runtime.stopping.is_set():
        woken.clear()
        while await request_batch(runtime) == AT_ONCE and not runtime.stopping.is_set():
            pass
        await pause_until(woken, runtime, await seconds_to_next(runtime))


async def seconds_to_next(runtime: Runtime) -> float:
    """Returns the seconds until a request is due or the lease of any replica ends.

    The result is between SHORTEST_PAUSE_SECONDS and IDLE_SECONDS.
    """
    async with runtime.database.autocommit() as session:
        next_at: datetime | None = (await session.execute(NEXT)).scalar_one()
    seconds = (next_at - runtime.clock.now()).total_seconds() if next_at else IDLE_SECONDS
    return min(max(seconds, SHORTEST_PAUSE_SECONDS), IDLE_SECONDS)


async def request_batch(runtime: Runtime) -> int:
    """Claims a batch of due requests and sends them. Returns how many."""
    claimed = await claim(runtime)
    await asyncio.gather(*(carry_out(runtime, request) for request in claimed))
    return len(claimed)


async def claim(runtime: Runtime) -> Sequence[OccurrenceRequest]:
    """Claims due requests until `next_attempt_at`, the end of the lease."""
    now = runtime.clock.now()
    # A CTE, because Postgres may run a subquery of IN more than once and then claim more than one batch.
    due = DUE.where(col(OccurrenceRequest.next_attempt_at) <= now).cte("due")
    lease = {"lease": uuid4(), "next_attempt_at": now + timedelta(seconds=LEASE_SECONDS)}
    statement = update(OccurrenceRequest).where(tuple_(*due.c) == KEY).values(lease).returning(OccurrenceRequest)
    async with runtime.database.autocommit() as session:
        return (await session.execute(statement)).scalars().all()


async def carry_out(runtime: Runtime, request: OccurrenceRequest) -> None:
    """Sends a request and records the answer if the lease still holds.

    During the call the request may have been renewed, withdrawn or claimed by another replica.
    """
    answer = await ask(runtime, request)
    held = tuple_(request.user_id, request.task_id) == KEY, col(OccurrenceRequest.lease) == request.lease
    values = outcome(request, answer, runtime.clock.now()) | {"lease": None}
    async with runtime.database.autocommit() as session:
        await session.execute(update(OccurrenceRequest).where(*held).values(values))


async def ask(runtime: Runtime, request: OccurrenceRequest) -> Answer | None:
    """Calls the task API. Returns None if it cannot be reached."""
    body = {"user_id": request.user_id, "series_id": str(request.series_id), "task_id": request.task_id}
    body |= {"slot": request.slot, "due_date": request.due_date}
    headers = [(context.CORRELATION_HEADER, request.correlation_id)]
    if request.traceparent:
        headers.append(("traceparent", request.traceparent))
    try:
        return await runtime.sidecar.invoke(
            TASK_API, "internal/occurrences", verb="POST", body=orjson.dumps(body), headers=headers
        )
    except Unavailable as error:
        log.warning("occurrence_not_requested", task_id=request.task_id, error=str(error))
        return None


def outcome(request: OccurrenceRequest, answer: Answer | None, now: datetime) -> dict[str, Any]:
    """Returns the new values of the request. A refusal (422) is final; every other failure is retried."""
    attempts = request.attempts + 1
    if answer is None or answer.status not in {200, REFUSED}:
        if answer is not None:
            log.warning("occurrence_not_made", task_id=request.task_id, status=answer.status)
        back_off = timedelta(seconds=min(0.2 * 2 ** min(attempts, 10), MAX_BACK_OFF_SECONDS))
        return {"attempts": attempts, "next_attempt_at": now + back_off}
    if answer.status == REFUSED:
        body = answer.body[:500].decode(errors="replace")
        log.error("occurrence_refused", task_id=request.task_id, status=answer.status, body=body)
        return {"attempts": attempts, "state": "failed"}
    content = orjson.loads(answer.body)
    state = "withdrawn" if content["result"] == "not_needed" else "done"
    return {"attempts": attempts, "state": state}
