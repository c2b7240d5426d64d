"""What every client changed, with the values before; `assistant_changes` stays until no old replica writes to it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "undo_steps",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("entries", postgresql.JSONB(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("user_id", "id", name="pk_undo_steps"),
    )
    op.create_index("ix_undo_steps_step", "undo_steps", ["user_id", "step"])
    op.create_index("ix_undo_steps_made_at", "undo_steps", ["made_at"])


def downgrade() -> None:
    op.drop_table("undo_steps")
