"""Tasks, accounts, the live log and the kit's tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from todo_kit.migration_ops import create_kit_tables, drop_kit_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
OPEN = "completed_at IS NULL AND deleted_at IS NULL"


def upgrade() -> None:
    create_kit_tables()
    op.create_table(
        "accounts",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("default_reminder_lead_time", sa.Integer(), nullable=True),
        sa.Column("last_task_number", sa.Integer(), nullable=False, server_default="0"),
    )
    op.create_table(
        "tasks",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("tags", ARRAY(sa.String()), nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("recurrence_pattern", sa.String(), nullable=False),
        sa.Column("recurrence", JSONB(), nullable=True),
        sa.Column("reminder_lead_time", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("predecessor", sa.Integer(), nullable=True),
        sa.Column("template", JSONB(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("made_version", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("delete_scope", sa.String(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("completed_at", INSTANT, nullable=True),
        sa.Column("deleted_at", INSTANT, nullable=True),
    )
    op.create_index(
        "ix_tasks_kept", "tasks", ["user_id", "created_at", "id"], postgresql_where=sa.text("deleted_at IS NULL")
    )
    op.create_index("ix_tasks_open", "tasks", ["user_id", "due_at", "id"], postgresql_where=sa.text(OPEN))
    op.create_index(
        "ix_tasks_deleted", "tasks", ["user_id", "deleted_at"], postgresql_where=sa.text("deleted_at IS NOT NULL")
    )
    op.create_index("uq_tasks_series_slot", "tasks", ["user_id", "series_id", "slot"], unique=True)
    op.create_index("uq_tasks_series_predecessor", "tasks", ["user_id", "series_id", "predecessor"], unique=True)
    op.create_index(
        "ix_tasks_search",
        "tasks",
        ["user_id", "search"],
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answer", JSONB(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"])
    op.create_table(
        "live_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("data", JSONB(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False, server_default=sa.text("clock_timestamp()")),
    )
    op.create_index("ix_live_events_user_id_id", "live_events", ["user_id", "id"])
    op.create_index("ix_live_events_created_at", "live_events", ["created_at"])


def downgrade() -> None:
    for table in ("live_events", "idempotency_keys", "tasks", "accounts"):
        op.drop_table(table)
    drop_kit_tables()
