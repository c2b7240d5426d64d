"""The index of positions, built beside the writers"""

from alembic import op
from sqlalchemy import text

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

POSITION = (
    "coalesce(tasks.position, (('l' || lpad(coalesce(floor(extract(epoch FROM (tasks.due_at AT TIME ZONE 'UTC')))"
    "::bigint + 62135596800, 999999999999)::text, 12, '0')) || lpad(tasks.id::text, 10, '0')) || '1')"
)
OPEN = "completed_at IS NULL AND deleted_at IS NULL"
IS_INVALID = "SELECT true FROM pg_index WHERE indexrelid = to_regclass('ix_tasks_position') AND NOT indisvalid"


def upgrade() -> None:
    # Does nothing where an earlier migration 0016 has built it. One that was interrupted is left invalid.
    with op.get_context().autocommit_block():
        if op.get_bind().scalar(text(IS_INVALID)):
            op.execute("DROP INDEX CONCURRENTLY ix_tasks_position")
        op.execute(
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_tasks_position ON tasks (user_id, ({POSITION}), id) WHERE {OPEN}"
        )


def downgrade() -> None:
    op.drop_index("ix_tasks_position", "tasks")
