"""When a reminder was sent for the date before"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("reminders", "further_reminders", "snoozes")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("sent_before", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "sent_before")
