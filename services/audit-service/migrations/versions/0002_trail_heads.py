"""Signed heads of the chains, and an outbox to publish them"""

import sqlalchemy as sa
from alembic import op

from todo_kit.migration_ops import create_outbox, drop_outbox

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_outbox()
    op.create_table(
        "trail_heads",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("looked_at_position", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("signed_position", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("signed_hash", sa.LargeBinary(), nullable=True),
        sa.Column("signed_at", INSTANT, nullable=True),
        sa.Column("key_id", sa.String(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
    )
    grown = sa.text("position > looked_at_position")
    op.create_index("ix_trail_heads_grown", "trail_heads", ["looked_at_position"], postgresql_where=grown)
    op.execute("INSERT INTO trail_heads (user_id, position) SELECT user_id, max(position) FROM audit_logs GROUP BY user_id")


def downgrade() -> None:
    op.drop_table("trail_heads")
    drop_outbox()
