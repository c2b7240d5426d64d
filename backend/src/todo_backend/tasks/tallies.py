"""The number of a user's tasks that are not deleted, kept as a running total.

Counting ten thousand tasks costs more than reading a page. Triggers add a row for each statement that inserts or
removes tasks, and for each task that is deleted or restored. The sum of a user's rows is the number. Writers do not
block each other, and `FOLD` merges the rows.
"""

from sqlalchemy import String, bindparam, func, select
from sqlmodel import col

from todo_backend.tasks.models import TaskTally
from todo_kit.statements import prepare

COMPACTED_FROM = 100

_OWN = col(TaskTally.user_id) == bindparam("user_id", type_=String)
TOTAL = select(func.coalesce(func.sum(col(TaskTally.delta)), 0)).where(_OWN)
ROWS = select(func.count()).select_from(TaskTally).where(_OWN)
FOLD = prepare("""
    WITH gone AS (DELETE FROM task_tallies WHERE user_id = CAST(:user_id AS text) RETURNING delta)
    INSERT INTO task_tallies (user_id, delta)
    SELECT CAST(:user_id AS text), sum(delta) FROM gone HAVING count(*) > 0
""")
"""Replaces a user's rows by their sum. One statement, so a concurrent reader sees either all rows or the sum."""
