"""Several reminders of a task"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tasks", sa.Column("further_reminders", JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("tasks", "further_reminders")
