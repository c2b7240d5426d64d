"""Claim occurrence requests under a lease"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("occurrence_requests", sa.Column("lease", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("occurrence_requests", "lease")
