"""Asks the task API for the occurrences that follow, until it has answered each: a row outlives any outage.

The claim is held while the task API is asked, so that a second replica does not ask too; the task API makes at most
one successor of a task in any case.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson
import structlog
from sqlmodel import col, select

from recurring_tasks_service.schedules.models import OccurrenceRequest
from todo_kit import context
from todo_kit.errors import Unavailable
from todo_kit.loops import pause_until
from todo_kit.runtime import Runtime
from todo_kit.sidecar import Answer

log = structlog.get_logger()

TASK_API = "todo-backend"
AT_ONCE = 16
POLL_SECONDS = 1.0
MAX_BACK_OFF_SECONDS = 30.0
REFUSED = 422

CLAIM = (
    select(OccurrenceRequest)
    .where(col(OccurrenceRequest.state) == "pending")
    .order_by(col(OccurrenceRequest.next_attempt_at))
    .limit(AT_ONCE)
    .with_for_update(skip_locked=True)
)


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
        await pause_until(woken, runtime, POLL_SECONDS)


async def request_batch(runtime: Runtime) -> int:
    now = runtime.clock.now()
    async with runtime.database.transaction() as session:
        query = CLAIM.where(col(OccurrenceRequest.next_attempt_at) <= now)
        rows: Sequence[OccurrenceRequest] = (await session.execute(query)).scalars().all()
        answers = await asyncio.gather(*(ask(runtime, row) for row in rows))
        for row, answer in zip(rows, answers, strict=True):
            settle(row, answer, now)
    return len(rows)


async def ask(runtime: Runtime, row: OccurrenceRequest) -> Answer | None:
    """The task API's answer; None when it could not be asked."""
    body = {"user_id": row.user_id, "series_id": str(row.series_id), "task_id": row.task_id}
    body |= {"slot": row.slot, "due_date": row.due_date}
    headers = [(context.CORRELATION_HEADER, row.correlation_id)]
    if row.traceparent:
        headers.append(("traceparent", row.traceparent))
    try:
        return await runtime.sidecar.invoke(
            TASK_API, "internal/occurrences", verb="POST", body=orjson.dumps(body), headers=headers
        )
    except Unavailable as error:
        log.warning("occurrence_not_requested", task_id=row.task_id, error=str(error))
        return None


def settle(row: OccurrenceRequest, answer: Answer | None, now: datetime) -> None:
    """Only an answer that the request itself is wrong ends it; whatever else is the matter can be put right."""
    row.attempts += 1
    if answer is None or answer.status not in {200, REFUSED}:
        if answer is not None:
            log.warning("occurrence_not_made", task_id=row.task_id, status=answer.status)
        row.next_attempt_at = now + timedelta(seconds=min(0.2 * 2 ** min(row.attempts, 10), MAX_BACK_OFF_SECONDS))
    elif answer.status == REFUSED:
        log.error("occurrence_refused", task_id=row.task_id, status=answer.status, body=answer.body[:500].decode())
        row.state = "failed"
    else:
        content = orjson.loads(answer.body)
        row.state = "withdrawn" if content["result"] == "not_needed" else "done"
        row.successor_id = content["task_id"]
