"""Schedules, series, reminders, occurrence requests and the kit's tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from todo_kit.migration_ops import create_kit_tables, drop_kit_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def task_key() -> list[sa.Column]:
    return [
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("task_id", sa.Integer(), primary_key=True, autoincrement=False),
    ]


def upgrade() -> None:
    create_kit_tables()
    op.create_table("schedules", *task_key(), sa.Column("seq", sa.Integer(), nullable=False))
    op.create_table(
        "series",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("series_id", sa.Uuid(), primary_key=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("recurrence_pattern", sa.String(), nullable=False),
        sa.Column("recurrence", JSONB(), nullable=True),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("anchor_slot", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
    )
    op.create_table(
        "reminders",
        *task_key(),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("remind_at", INSTANT, nullable=False),
        sa.Column("payload", JSONB(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("traceparent", sa.String(), nullable=True),
    )
    op.create_index("ix_reminders_due", "reminders", ["remind_at"], postgresql_where=sa.text("state = 'scheduled'"))
    op.create_table(
        "occurrence_requests",
        *task_key(),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("due_date", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", INSTANT, nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("traceparent", sa.String(), nullable=True),
    )
    op.create_index(
        "ix_occurrence_requests_due",
        "occurrence_requests",
        ["next_attempt_at"],
        postgresql_where=sa.text("state = 'pending'"),
    )


def downgrade() -> None:
    for table in ("occurrence_requests", "reminders", "series", "schedules"):
        op.drop_table(table)
    drop_kit_tables()
