"""Events are announced after the commit, no longer within the transaction"""

from todo_kit.migration_ops import notify_unless_announced, wake_own_relay_alone

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    notify_unless_announced()


def downgrade() -> None:
    wake_own_relay_alone()
