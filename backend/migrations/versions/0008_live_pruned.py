"""Keep per user up to which event the live log was pruned, so that a page knows whether it missed one"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "live_pruned",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("last_id", sa.BigInteger(), nullable=False),
    )
    # A trigger, because a replica of the version before prunes too while pods are replaced.
    op.execute("""
        CREATE FUNCTION note_pruned_live_events() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
        BEGIN
            INSERT INTO live_pruned (user_id, last_id)
            SELECT user_id, max(id) FROM pruned_events GROUP BY user_id ORDER BY user_id
            ON CONFLICT (user_id) DO UPDATE SET last_id = greatest(live_pruned.last_id, excluded.last_id);
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER note_pruned_live_events AFTER DELETE ON live_events
        REFERENCING OLD TABLE AS pruned_events FOR EACH STATEMENT EXECUTE FUNCTION note_pruned_live_events()
    """)
    op.execute("""
        INSERT INTO live_pruned (user_id, last_id) SELECT user_id, min(id) - 1 FROM live_events GROUP BY user_id
    """)


def downgrade() -> None:
    op.execute("DROP TRIGGER note_pruned_live_events ON live_events")
    op.execute("DROP FUNCTION note_pruned_live_events()")
    op.drop_table("live_pruned")
