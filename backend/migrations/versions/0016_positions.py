"""Positions of tasks that are ordered by hand"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tasks", sa.Column("position", sa.Text(collation="C"), nullable=True))


def downgrade() -> None:
    op.drop_column("tasks", "position")
