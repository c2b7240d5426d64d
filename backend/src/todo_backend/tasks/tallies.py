"""How many tasks a person has, counted as they come and go: to count ten thousand costs more than to read a page.

Triggers of the table add a row for each statement that makes, deletes or restores tasks. The sum of a person's rows is
the number; nobody waits for anybody, and `fold` makes one row out of many.
"""

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.tasks.models import TaskTally

MANY = 100

_OWN = col(TaskTally.user_id) == bindparam("user_id")
TOTAL = select(func.coalesce(func.sum(col(TaskTally.delta)), 0)).where(_OWN)
ROWS = select(func.count()).select_from(TaskTally).where(_OWN)
FOLD = text("""
    WITH gone AS (DELETE FROM task_tallies WHERE user_id = CAST(:user_id AS text) RETURNING delta)
    INSERT INTO task_tallies (user_id, delta)
    SELECT CAST(:user_id AS text), sum(delta) FROM gone HAVING count(*) > 0
""")


async def fold(session: AsyncSession, user_id: str) -> None:
    """One statement: whoever reads meanwhile sees all rows or their sum."""
    await session.execute(FOLD, {"user_id": user_id})
