"""Revoked sessions and apps, until the last token that was issued under them has expired"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "revoked_grants",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("grant_id", sa.String(), primary_key=True),
        sa.Column("revoked_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
    )
    op.create_index("ix_revoked_grants_expires_at", "revoked_grants", ["expires_at"])


def downgrade() -> None:
    op.drop_table("revoked_grants")
