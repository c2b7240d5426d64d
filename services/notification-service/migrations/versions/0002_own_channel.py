"""A commit wakes its own relay alone"""

from todo_kit.migration_ops import wake_own_relay_alone

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    wake_own_relay_alone()


def downgrade() -> None:
    """The function serves the schema's first version as well."""
