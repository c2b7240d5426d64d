"""What accounts use of the API, shared by the replicas"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "account_budgets",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("counted_at", INSTANT, nullable=False),
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "account_uses",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("replica", sa.String(), primary_key=True),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("streams", sa.Integer(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        prefixes=["UNLOGGED"],
    )


def downgrade() -> None:
    op.drop_table("account_uses")
    op.drop_table("account_budgets")
