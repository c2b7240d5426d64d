"""Drops `assistant_changes`, which no replica of the previous version reads or writes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("assistant_changes")


def downgrade() -> None:
    op.create_table(
        "assistant_changes",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("summary", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("inverse", postgresql.JSONB(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_assistant_changes"),
    )
    op.create_index("ix_assistant_changes_made_at", "assistant_changes", ["made_at"])
