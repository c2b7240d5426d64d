"""Once a second a replica charges the shared rows with what it has let in, in one statement for all accounts.

No request waits for it. Until the next time each replica goes by its own memory, so that an account that uses two
replicas at once can be let in for one more burst, which it owes then. While the database is away the limits hold
within each replica: refusing everybody would help nobody, and what is expensive needs the database.
"""

from typing import Any

from sqlalchemy import text

from todo_backend.limits.limiter import limiter_of
from todo_kit.ids import uuid7
from todo_kit.loops import pause
from todo_kit.runtime import Runtime

SECONDS = 1.0
PRUNE_SECONDS = 60.0

# Ordered by user, as everybody's locks are taken in one order. Another replica's transaction may have begun later and
# committed earlier, hence GREATEST.
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
    """A bucket that was left alone for as long as it takes to fill is full, as is one that has no row."""
    limiter = limiter_of(runtime)
    kept = PRUNE_SECONDS + 2 * limiter.settings.requests_burst / limiter.settings.requests_per_second
    async with runtime.database.autocommit() as session:
        for statement in PRUNE:
            await session.execute(statement, {"kept": kept})
