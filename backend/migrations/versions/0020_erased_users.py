"""Users whose account was deleted"""

from alembic import op

from todo_kit.migration_ops import create_erased_users

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_erased_users()


def downgrade() -> None:
    op.drop_table("erased_users")
