"""A time of day for the reminders of all-day tasks, and a version of the settings"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("all_day_reminder_time", sa.Time(), nullable=False, server_default="09:00"))
    op.add_column("accounts", sa.Column("settings_version", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("accounts", "settings_version")
    op.drop_column("accounts", "all_day_reminder_time")
