"""Deletes inbox rows once they are older than the retention of the topics."""

import structlog
from sqlalchemy import text

from todo_kit.loops import every
from todo_kit.runtime import Runtime

log = structlog.get_logger()

INBOX_DAYS = 35
"""Longer than the topics' retention of 30 days, so that every event that can be redelivered is still in the inbox."""
INTERVAL_SECONDS = 3600.0
BATCH = 10_000

PRUNE_INBOX = text("""
    DELETE FROM inbox WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM inbox WHERE received_at < now() - make_interval(days => :days) LIMIT :batch
    ))
""")


async def run(runtime: Runtime) -> None:
    async for _ in every(runtime, INTERVAL_SECONDS):
        removed = 0
        while count := await prune_inbox(runtime):
            removed += count
        log.info("inbox_pruned", rows=removed)


async def prune_inbox(runtime: Runtime) -> int:
    async with runtime.database.transaction() as session:
        result = await session.execute(PRUNE_INBOX, {"days": INBOX_DAYS, "batch": BATCH})
        return int(result.rowcount)  # type: ignore[attr-defined]
