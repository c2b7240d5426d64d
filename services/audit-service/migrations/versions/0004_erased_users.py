"""Users whose account was deleted, and the one way in which the service may erase their payloads"""

from alembic import op

from todo_kit.migration_ops import create_erased_users

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_erased_users()
    # It runs as the owner, whom the trigger of the table lets take payloads away and nothing else.
    op.execute("""
        CREATE FUNCTION erase_payloads(of_user text) RETURNS bigint
        LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
            WITH erased AS (
                UPDATE audit_logs SET payload = NULL WHERE user_id = of_user AND payload IS NOT NULL RETURNING 1
            )
            SELECT count(*) FROM erased
        $$
    """)
    op.execute("REVOKE ALL ON FUNCTION erase_payloads(text) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION erase_payloads(text) TO audit")


def downgrade() -> None:
    op.execute("DROP FUNCTION erase_payloads(text)")
    op.drop_table("erased_users")
