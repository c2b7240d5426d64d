"""The colours of tags"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tag_colors",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("color", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "tag", name="pk_tag_colors"),
    )


def downgrade() -> None:
    op.drop_table("tag_colors")
