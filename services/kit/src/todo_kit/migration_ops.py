"""Migration operations for the kit's own tables, which the first migration of every service creates."""

import sqlalchemy as sa
from alembic import op

INSTANT = sa.DateTime(timezone=True)
NOW = sa.text("now()")
CLOCK = sa.text("clock_timestamp()")


def create_kit_tables(*, outbox: bool = True) -> None:
    if outbox:
        create_outbox()
    op.create_table(
        "inbox",
        sa.Column("consumer", sa.String(), primary_key=True),
        sa.Column("event_id", sa.Uuid(), primary_key=True),
        sa.Column("received_at", INSTANT, nullable=False, server_default=NOW),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_table(
        "dead_letters",
        sa.Column("topic", sa.String(), primary_key=True),
        sa.Column("event_id", sa.Uuid(), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_failed_at", INSTANT, nullable=False, server_default=CLOCK),
        sa.Column("last_failed_at", INSTANT, nullable=False, server_default=CLOCK),
        sa.Column("given_up_at", INSTANT, nullable=True),
    )


def create_erased_users() -> None:
    op.create_table(
        "erased_users",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("erased_at", INSTANT, nullable=True),
    )


def create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False, server_default=CLOCK),
    )
    wake_own_relay_alone()
    op.execute("CREATE TRIGGER wake_relay AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION wake_relay()")


def wake_own_relay_alone() -> None:
    """Creates the trigger function that notifies the schema's channel. A shared channel would wake all relays."""
    op.execute("""
        CREATE OR REPLACE FUNCTION wake_relay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify(TG_TABLE_SCHEMA || '.outbox', '');
            RETURN NULL;
        END $$
    """)


def notify_unless_announced() -> None:
    """Makes the trigger silent for a version that notifies after the commit. The version before relies on it."""
    op.execute("""
        CREATE OR REPLACE FUNCTION wake_relay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('todo.announced', true) IS DISTINCT FROM 'on' THEN
                PERFORM pg_notify(TG_TABLE_SCHEMA || '.outbox', '');
            END IF;
            RETURN NULL;
        END $$
    """)


def drop_kit_tables(*, outbox: bool = True) -> None:
    for table in ("dead_letters", "inbox"):
        op.drop_table(table)
    if outbox:
        drop_outbox()


def drop_outbox() -> None:
    op.drop_table("outbox")
    op.execute("DROP FUNCTION wake_relay()")
