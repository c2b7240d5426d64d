"""Tasks by the thousand, written past the API: a benchmark of reading needs them, not the making of them."""

import asyncpg

SEED = """
    INSERT INTO backend.tasks (
        user_id, id, title, description, priority, tags, due_at, time_zone, recurrence_pattern, search, version,
        created_at, updated_at
    )
    SELECT $1 || (CASE WHEN $4 THEN '-' || (n / 1000) ELSE '' END), n,
        'Task ' || n || ' ' || words[1 + n % 8], 'Notes about ' || words[1 + (n / 8) % 8], 1 + n % 3,
        ARRAY[words[1 + n % 5]], now() + make_interval(hours => n % 2000), 'UTC', 'none',
        'task ' || n || ' ' || words[1 + n % 8] || E'\n' || words[1 + n % 5] || E'\nnotes about '
            || words[1 + (n / 8) % 8],
        1, now() - make_interval(secs => n), now()
    FROM generate_series($2::int, $3::int) AS n,
        (SELECT ARRAY[
            'groceries', 'report', 'dentist', 'garden', 'invoice', 'holiday', 'laundry', 'meeting'
        ] AS words) AS w
"""
ACCOUNT = """
    INSERT INTO backend.accounts (user_id, time_zone, last_task_number) VALUES ($1, 'UTC', $2)
    ON CONFLICT (user_id) DO UPDATE SET last_task_number = excluded.last_task_number
"""


async def one_person(url: str, user: str, tasks: int) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(SEED, user, 1, tasks, False)
        await connection.execute(ACCOUNT, user, tasks)
        await connection.execute("VACUUM ANALYZE backend.tasks")
    finally:
        await connection.close()


async def a_crowd(url: str, tasks: int) -> None:
    """A thousand tasks a person, to fill the table."""
    connection = await asyncpg.connect(url, command_timeout=600)
    try:
        for start in range(0, tasks, 50_000):
            await connection.execute(SEED, "crowd", start, min(start + 49_999, tasks - 1), True)
        await connection.execute("VACUUM ANALYZE backend.tasks")
    finally:
        await connection.close()
