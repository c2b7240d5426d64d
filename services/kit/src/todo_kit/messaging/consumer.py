"""Handles deliveries: the batch in one transaction, or, if that fails, each event in its own.

An event that keeps failing becomes a dead letter and does not block those after it. While the database is away no
failure is counted: deliveries are returned with RETRY, and `/health/subscriptions` makes the sidecar hold further ones.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import orjson
import structlog
from opentelemetry.trace import SpanKind

from todo_kit import context
from todo_kit.errors import database_is_away
from todo_kit.events.envelope import Event
from todo_kit.loops import pause
from todo_kit.messaging import dead_letters, inbox
from todo_kit.messaging.subscriptions import Delivery, Status, Subscription, read
from todo_kit.runtime import Runtime
from todo_kit.telemetry import metrics, tracing

log = structlog.get_logger()

HOLD_SECONDS = 5.0
PROBE_SECONDS = 0.5
BETWEEN_ATTEMPTS_SECONDS = 0.2
PATIENCE_SECONDS = 5.0
"""How long failed events of a batch are retried before it is returned with RETRY. Well below the sidecar's time-out."""


@contextmanager
def caused_by(event: Event) -> Iterator[None]:
    """Runs the block with the event's correlation id, actor, user and trace."""
    work = context.WorkContext(event.correlation_id, event.actor, event.user_id)
    carrier = {"traceparent": event.traceparent} if event.traceparent else {}
    with context.entered(work), tracing.span(f"{event.event_type} process", carrier, SpanKind.CONSUMER):
        yield


async def handle(runtime: Runtime, subscription: Subscription, deliveries: Sequence[Delivery]) -> list[Status]:
    """Handles a batch. Returns a status for each entry, in order."""
    relevant = [delivery for delivery in deliveries if delivery.event or delivery.defect]
    if not relevant:
        return ["SUCCESS"] * len(deliveries)
    try:
        if all(delivery.event for delivery in relevant):
            await _apply(runtime, subscription, relevant)
            return ["SUCCESS"] * len(deliveries)
    except Exception as error:
        if database_is_away(error):
            await _hold(runtime, error)
            return ["RETRY"] * len(deliveries)
        if len(relevant) == 1:
            log.warning("event_failed", topic=subscription.topic, event_id=str(relevant[0].event_id), exc_info=error)
    return await _one_by_one(runtime, subscription, deliveries)


async def _apply(runtime: Runtime, subscription: Subscription, deliveries: Sequence[Delivery]) -> int:
    events = [delivery.event for delivery in deliveries if delivery.event]
    async with runtime.database.transaction() as session:
        new = await inbox.unseen(session, subscription.topic, events)
        if new:
            await subscription.handler(runtime, session, new)
    metrics.CONSUMED.labels(subscription.topic).inc(len(new))
    metrics.DUPLICATES.labels(subscription.topic).inc(len(events) - len(new))
    return len(new)


async def _one_by_one(runtime: Runtime, subscription: Subscription, deliveries: Sequence[Delivery]) -> list[Status]:
    """Handles each event alone and retries those that fail. After a failure, later events of the same task wait.

    Returns RETRY for all entries or for none. If `daprd` redelivers a part of a batch, it uses the entries' positions
    in the first delivery: a DROP then sends another event to the dead-letter topic, or crashes `daprd` (1.18, index out
    of range in `postman/http.DeliverBulk`). When the whole batch is redelivered, the inbox filters the events that are
    already handled.
    """
    again: list[Status] = ["RETRY"] * len(deliveries)
    statuses: dict[int, Status] = {}
    left = list(enumerate(deliveries))
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        failed: list[tuple[int, Delivery]] = []
        waiting: set[str] = set()
        for index, delivery in left:
            key = delivery.event.key if delivery.event else ""
            status: Status | None = "RETRY" if key in waiting else await _handle_one(runtime, subscription, delivery)
            if status is None:
                return again
            if status == "RETRY":
                failed.append((index, delivery))
                waiting |= {key} - {""}
            else:
                statuses[index] = status
        if not failed:
            return [statuses[index] for index in range(len(deliveries))]
        left = failed
        if asyncio.get_running_loop().time() > deadline or await pause(runtime, BETWEEN_ATTEMPTS_SECONDS):
            return again


async def _handle_one(runtime: Runtime, subscription: Subscription, delivery: Delivery) -> Status | None:
    """Handles one event. Returns None if the database is away, so that the caller stops before the sidecar times out.

    Each of the remaining events would wait for the database again.
    """
    if delivery.event is None and delivery.defect is None:
        return "SUCCESS"
    try:
        if delivery.defect:
            return await _refuse(runtime, subscription, delivery, delivery.defect, most=1)
        try:
            await _apply(runtime, subscription, [delivery])
        except Exception as error:
            if database_is_away(error):
                raise
            reason = f"{type(error).__name__}: {error}"
            return await _refuse(runtime, subscription, delivery, reason, most=dead_letters.MAX_ATTEMPTS)
    except Exception as error:
        if not database_is_away(error):
            log.exception("delivery_failed", topic=subscription.topic)
            return "RETRY"
        await _hold(runtime, error)
        return None
    return "SUCCESS"


async def _refuse(runtime: Runtime, subscription: Subscription, delivery: Delivery, reason: str, most: int) -> Status:
    metrics.FAILURES.labels(subscription.topic).inc()
    async with runtime.database.transaction() as session:
        last = await dead_letters.count_failure(
            session, subscription.topic, delivery.event_id, delivery.body, reason=reason, most=most
        )
    if not last:
        return "RETRY"
    metrics.DEAD_LETTERS.labels(subscription.topic).inc()
    log.error("event_given_up", topic=subscription.topic, event_id=str(delivery.event_id), reason=reason[:500])
    return "DROP"


async def handle_dead_letters(
    runtime: Runtime, subscription: Subscription, deliveries: Sequence[Delivery]
) -> list[Status]:
    """Handles deliveries from a dead-letter topic. Returns one status for all entries.

    Events that the sidecar could not deliver are handled now. Dead letters of this service stay aside until a replay.
    """
    relevant = {delivery.event_id for delivery in deliveries if delivery.event or delivery.defect}
    try:
        async with runtime.database.autocommit() as session:
            put_aside = await dead_letters.put_aside(session, subscription.topic, relevant)
    except Exception as error:
        if not database_is_away(error):
            raise
        await _hold(runtime, error)
        return ["RETRY"] * len(deliveries)
    waiting = [delivery for delivery in deliveries if delivery.event_id not in put_aside]
    statuses = await _one_by_one(runtime, subscription, waiting)
    return ["RETRY" if "RETRY" in statuses else "SUCCESS"] * len(deliveries)


async def replay(runtime: Runtime, subscription: Subscription, letter: dead_letters.DeadLetter) -> str:
    """Handles a dead letter again. Returns `handled`, `seen` (it was handled before) or the reason of the failure."""
    delivery = read(subscription, orjson.loads(letter.body))
    if delivery.event is None:
        return delivery.defect or "this service does not take such an event"
    try:
        return "handled" if await _apply(runtime, subscription, [delivery]) else "seen"
    except Exception as error:
        if database_is_away(error):
            raise
        return f"{type(error).__name__}: {error}"


async def _hold(runtime: Runtime, error: BaseException) -> None:
    """Marks the database as away and waits up to HOLD_SECONDS for it.

    Without the wait, the sidecar would use up its few delivery attempts within a second.
    """
    if not runtime.database_away.is_set():
        log.warning("intake_held", error=str(error)[:300])
        runtime.database_away.set()
    deadline = asyncio.get_running_loop().time() + HOLD_SECONDS
    while runtime.database_away.is_set() and asyncio.get_running_loop().time() < deadline:
        if await pause(runtime, 0.1):
            return


async def watch_database(runtime: Runtime) -> None:
    """Clears `database_away` once the database accepts writes again."""
    while not runtime.stopping.is_set():
        if runtime.database_away.is_set() and await runtime.database.takes_writes():
            runtime.database_away.clear()
            log.warning("intake_resumed")
        await pause(runtime, PROBE_SECONDS)
