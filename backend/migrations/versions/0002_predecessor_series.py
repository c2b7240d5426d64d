"""A task stays the successor of the one it follows when it starts a series of its own"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tasks", sa.Column("predecessor_series", sa.Uuid(), nullable=True))
    op.execute("UPDATE tasks SET predecessor_series = series_id WHERE predecessor IS NOT NULL")
    op.create_index(
        "uq_tasks_predecessor", "tasks", ["user_id", "predecessor_series", "predecessor"], unique=True
    )
    op.drop_index("uq_tasks_series_predecessor", "tasks")


def downgrade() -> None:
    op.execute("UPDATE tasks SET predecessor = NULL WHERE predecessor_series IS DISTINCT FROM series_id")
    op.create_index("uq_tasks_series_predecessor", "tasks", ["user_id", "series_id", "predecessor"], unique=True)
    op.drop_index("uq_tasks_predecessor", "tasks")
    op.drop_column("tasks", "predecessor_series")
