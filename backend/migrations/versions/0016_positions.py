"""Positions of tasks that are ordered by hand"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

POSITION = (
    "coalesce(tasks.position, (('l' || lpad(coalesce(floor(extract(epoch FROM (tasks.due_at AT TIME ZONE 'UTC')))"
    "::bigint + 62135596800, 999999999999)::text, 12, '0')) || lpad(tasks.id::text, 10, '0')) || '1')"
)
OPEN = "completed_at IS NULL AND deleted_at IS NULL"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("position", sa.Text(collation="C"), nullable=True))
    op.create_index(
        "ix_tasks_position", "tasks", ["user_id", sa.text(POSITION), "id"], postgresql_where=sa.text(OPEN)
    )


def downgrade() -> None:
    op.drop_index("ix_tasks_position", "tasks")
    op.drop_column("tasks", "position")
