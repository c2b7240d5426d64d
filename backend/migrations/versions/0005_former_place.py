"""A task remembers its place in a series from before a change of the rule, so that a change back leads there"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tasks", sa.Column("former_place", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("tasks", "former_place")
