"""A reminder that is planned after its instant is not late for that, and a commit wakes its own relay alone"""

import sqlalchemy as sa
from alembic import op

from todo_kit.migration_ops import wake_own_relay_alone

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    wake_own_relay_alone()
    planned_at = sa.Column(
        "planned_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")
    )
    op.add_column("reminders", planned_at)
    op.execute("UPDATE reminders SET planned_at = least(remind_at, planned_at)")


def downgrade() -> None:
    op.drop_column("reminders", "planned_at")
