"""E-mail and push: settings, subscriptions, deliveries"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("task_states", sa.Column("over", sa.Boolean(), nullable=False, server_default="false"))
    op.create_table(
        "channel_settings",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("email_problem", sa.String(), nullable=True),
        sa.Column("unsubscribe_token", sa.String(), nullable=True, unique=True),
        sa.Column("quiet_start", sa.Time(), nullable=True),
        sa.Column("quiet_end", sa.Time(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("settings_seq", sa.Integer(), nullable=False),
    )
    op.create_table(
        "push_subscriptions",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.String(), nullable=False, index=True),
        sa.Column("endpoint", sa.String(), nullable=False, unique=True),
        sa.Column("p256dh", sa.String(), nullable=False),
        sa.Column("auth", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("grant_id", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False, index=True),
    )
    op.create_table(
        "push_keys",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("private_key", sa.String(), nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("notification_id", sa.Uuid(), sa.ForeignKey("notifications.id", ondelete="CASCADE"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("reminder", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("target_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True, index=True),
        sa.UniqueConstraint("notification_id", "channel", "target"),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_deliveries_due", "deliveries", ["channel", "due_at"], postgresql_where=waiting)
    op.create_index("ix_deliveries_oldest", "deliveries", ["channel", "expires_at"], postgresql_where=waiting)
    op.create_index("ix_deliveries_of_user", "deliveries", ["user_id", "channel", "expires_at"])


def downgrade() -> None:
    for table in ("deliveries", "push_keys", "push_subscriptions", "channel_settings"):
        op.drop_table(table)
    op.drop_column("task_states", "over")
