"""A reminder that is planned after its instant is not late for that"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    planned_at = sa.Column(
        "planned_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")
    )
    op.add_column("reminders", planned_at)
    op.execute("UPDATE reminders SET planned_at = least(remind_at, planned_at)")


def downgrade() -> None:
    op.drop_column("reminders", "planned_at")
