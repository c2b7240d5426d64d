"""Several reminders of a task"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    further = sa.Column("further", ARRAY(sa.DateTime(timezone=True)), nullable=False, server_default="{}")
    op.add_column("task_states", further)


def downgrade() -> None:
    op.drop_column("task_states", "further")
