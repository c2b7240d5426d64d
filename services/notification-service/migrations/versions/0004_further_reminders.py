"""Several reminders of a task"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    reminders = sa.Column("reminders", ARRAY(sa.String()), nullable=False, server_default="{}")
    op.add_column("task_states", reminders)


def downgrade() -> None:
    op.drop_column("task_states", "reminders")
