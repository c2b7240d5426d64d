"""Medium, the former default, becomes None"""

from alembic import op
from sqlalchemy import text

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MEDIUM, NONE = 2, 4
BATCH = 5_000
"""Rows of a transaction: so many rows are locked at once."""


def upgrade() -> None:
    change(MEDIUM, NONE)


def downgrade() -> None:
    change(NONE, MEDIUM)


def change(before: int, after: int) -> None:
    statement = text(
        "WITH batch AS (SELECT user_id, id FROM tasks WHERE priority = :before LIMIT :batch FOR UPDATE SKIP LOCKED) "
        "UPDATE tasks SET priority = :after FROM batch WHERE tasks.user_id = batch.user_id AND tasks.id = batch.id"
    )
    rest = text("SELECT true FROM tasks WHERE priority = :before LIMIT 1")
    with op.get_context().autocommit_block():
        while op.get_bind().scalar(rest, {"before": before}):
            op.get_bind().execute(statement, {"before": before, "after": after, "batch": BATCH})
