"""Deletes rows that are no longer needed: every hour, and when a service starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import text

from todo_kit.loops import Loop, every
from todo_kit.runtime import Runtime

log = structlog.get_logger()

INTERVAL_SECONDS = 3600.0
BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the rows of a table are kept, from the instant in `column`. Rows without an instant are kept."""

    table: str
    column: str
    kept: timedelta


INBOX = Retention("inbox", "received_at", timedelta(days=35))
"""Longer than the topics' retention of 30 days, so that every event that can be redelivered is still in the inbox."""


def pruning(rules: Sequence[Retention]) -> Loop:
    async def prune_all(runtime: Runtime) -> None:
        async for _ in every(runtime, INTERVAL_SECONDS):
            for rule in rules:
                log.info("rows_pruned", table=rule.table, rows=await prune(runtime, rule))

    return prune_all


async def prune(runtime: Runtime, rule: Retention) -> int:
    """Deletes rows in batches, each in a transaction of its own, so that locks are short. Returns how many."""
    # Some instants are those of the database, others those of the service: the earlier clock decides.
    statement = text(f"""
        DELETE FROM {rule.table} WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM {rule.table}
            WHERE {rule.column} < least(now(), :now) - CAST(:kept AS interval) LIMIT :batch
        ))
    """)  # noqa: S608 - the names are constants of the code
    parameters = {"now": runtime.clock.now(), "kept": rule.kept, "batch": BATCH}
    removed = 0
    while True:
        async with runtime.database.transaction() as session:
            count = int((await session.execute(statement, parameters)).rowcount)  # type: ignore[attr-defined]
        removed += count
        if count < BATCH:
            return removed
