"""A person's tasks are counted as they come and go, and a commit wakes its own relay alone"""

import sqlalchemy as sa
from alembic import op

from todo_kit.migration_ops import wake_own_relay_alone

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FUNCTIONS = {
    "tally_new_tasks": """
        INSERT INTO task_tallies (user_id, delta)
        SELECT user_id, count(*) FROM new_tasks WHERE deleted_at IS NULL GROUP BY user_id;
    """,
    "tally_deleted_or_restored_task": """
        INSERT INTO task_tallies (user_id, delta)
        VALUES (NEW.user_id, CASE WHEN NEW.deleted_at IS NULL THEN 1 ELSE -1 END);
    """,
    "tally_removed_tasks": """
        INSERT INTO task_tallies (user_id, delta)
        SELECT user_id, -count(*) FROM old_tasks WHERE deleted_at IS NULL GROUP BY user_id;
    """,
}


def upgrade() -> None:
    wake_own_relay_alone()
    op.create_table(
        "task_tallies",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
    )
    op.create_index("ix_task_tallies_user_id", "task_tallies", ["user_id"])
    for name, body in FUNCTIONS.items():
        op.execute(f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
            BEGIN {body} RETURN NULL; END $$
        """)
    op.execute("""
        CREATE TRIGGER tally_new_tasks AFTER INSERT ON tasks
        REFERENCING NEW TABLE AS new_tasks FOR EACH STATEMENT EXECUTE FUNCTION tally_new_tasks()
    """)
    op.execute("""
        CREATE TRIGGER tally_deleted_or_restored_task AFTER UPDATE OF deleted_at ON tasks FOR EACH ROW
        WHEN ((OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL))
        EXECUTE FUNCTION tally_deleted_or_restored_task()
    """)
    op.execute("""
        CREATE TRIGGER tally_removed_tasks AFTER DELETE ON tasks
        REFERENCING OLD TABLE AS old_tasks FOR EACH STATEMENT EXECUTE FUNCTION tally_removed_tasks()
    """)
    op.execute("""
        INSERT INTO task_tallies (user_id, delta)
        SELECT user_id, count(*) FROM tasks WHERE deleted_at IS NULL GROUP BY user_id
    """)


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"DROP TRIGGER {name} ON tasks")
        op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("task_tallies")
