"""Synchronizes the limits of the replicas through shared rows.

Once a second each replica charges the requests that it admitted, in one statement for all accounts. No request waits
for this. In between, a replica decides from its own memory, so an account that uses two replicas at once can exceed
its limit by one burst; the next update charges the excess. While the database is unavailable, the limits hold within
each replica: rejecting every request would not help, and expensive requests need the database anyway.
"""

from typing import Any

from sqlalchemy import text

from todo_backend.limits.limiter import limiter_of
from todo_kit.ids import uuid7
from todo_kit.loops import pause
from todo_kit.runtime import Runtime

SECONDS = 1.0
PRUNE_SECONDS = 60.0

# Ordered by user, so that all replicas take row locks in the same order. GREATEST, because another replica's
# transaction can start later and commit earlier.
SHARE = text("""
    WITH news AS (
        SELECT * FROM unnest(
            CAST(:users AS text[]), CAST(:counts AS int[]), CAST(:requests AS int[]), CAST(:streams AS int[])
        ) AS each (user_id, count, requests, streams) ORDER BY user_id
    ), used AS (
        INSERT INTO account_uses AS known (user_id, replica, requests, streams, seen_at)
        SELECT user_id, :replica, requests, streams, now() FROM news
        ON CONFLICT (user_id, replica) DO UPDATE
        SET requests = excluded.requests, streams = excluded.streams, seen_at = excluded.seen_at
    ), left_over AS (
        INSERT INTO account_budgets AS known (user_id, level, counted_at)
        SELECT user_id, :burst - count, now() FROM news
        ON CONFLICT (user_id) DO UPDATE SET
            level = excluded.level - :burst + LEAST(
                :burst, known.level + :rate * GREATEST(0, EXTRACT(epoch FROM now() - known.counted_at))
            ),
            counted_at = now()
        RETURNING user_id, level
    )
    SELECT left_over.user_id, left_over.level,
        COALESCE(SUM(other.requests), 0) AS requests, COALESCE(SUM(other.streams), 0) AS streams
    FROM left_over LEFT JOIN account_uses AS other ON other.user_id = left_over.user_id
        AND other.replica <> :replica AND other.seen_at > now() - interval '60 seconds'
    GROUP BY left_over.user_id, left_over.level
""")
PRUNE = (
    text("DELETE FROM account_budgets WHERE counted_at < now() - make_interval(secs => :kept)"),
    text("DELETE FROM account_uses WHERE seen_at < now() - make_interval(secs => :kept)"),
)


async def share(runtime: Runtime) -> None:
    replica, pruned = str(uuid7()), 0.0
    while not await pause(runtime, SECONDS):
        await share_once(runtime, replica)
        pruned += SECONDS
        if pruned >= PRUNE_SECONDS:
            pruned = 0.0
            await prune(runtime)


async def share_once(runtime: Runtime, replica: str) -> None:
    limiter = limiter_of(runtime)
    if not (news := limiter.news()):
        return
    users, counts, requests, streams = zip(*news, strict=True)
    values: dict[str, Any] = {
        "users": users, "counts": counts, "requests": requests, "streams": streams, "replica": replica,
        "burst": limiter.settings.requests_burst, "rate": limiter.settings.requests_per_second,
    }  # fmt: skip
    try:
        async with runtime.database.autocommit() as session:
            rows = (await session.execute(SHARE, values)).all()
    except BaseException:
        limiter.take_back(news)
        raise
    for row in rows:
        limiter.hear(row.user_id, row.level, row.requests, row.streams)


async def prune(runtime: Runtime) -> None:
    """Deletes rows idle for longer than a bucket takes to fill: a full bucket equals a missing row."""
    limiter = limiter_of(runtime)
    kept = PRUNE_SECONDS + 2 * limiter.settings.requests_burst / limiter.settings.requests_per_second
    async with runtime.database.autocommit() as session:
        for statement in PRUNE:
            await session.execute(statement, {"kept": kept})
