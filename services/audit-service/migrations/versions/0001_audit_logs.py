"""The audit trail, which only grows, and the kit's tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from todo_kit.migration_ops import create_kit_tables, drop_kit_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_kit_tables(outbox=False)
    op.create_table(
        "audit_logs",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("action_type", sa.String(), nullable=False),
        sa.Column("resource_type", sa.String(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("timestamp", INSTANT, nullable=False),
        sa.Column("actor_type", sa.String(), nullable=False),
        sa.Column("actor_client", sa.String(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("payload", JSONB(), nullable=True),
        sa.Column("payload_digest", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False, server_default=sa.text("now()")),
    )
    op.create_index("ix_audit_logs_resource", "audit_logs", ["user_id", "resource_id", "position"])
    op.create_index("ix_audit_logs_correlation", "audit_logs", ["user_id", "correlation_id"])
    # Erasing a person's data takes the payload away and nothing else; only the schema's owner may.
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND NEW.payload IS NULL AND current_user = TG_ARGV[0]
                AND to_jsonb(NEW) - 'payload' = to_jsonb(OLD) - 'payload' THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'the audit trail only grows: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
        END $$
    """)
    op.execute("""
        CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_logs
        FOR EACH ROW EXECUTE FUNCTION refuse_change('audit_owner')
    """)
    op.execute("""
        CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_logs
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('audit_owner')
    """)
    op.execute("REVOKE UPDATE, DELETE, TRUNCATE ON audit_logs FROM audit")


def downgrade() -> None:
    op.drop_table("audit_logs")
    op.execute("DROP FUNCTION refuse_change()")
    drop_kit_tables(outbox=False)
