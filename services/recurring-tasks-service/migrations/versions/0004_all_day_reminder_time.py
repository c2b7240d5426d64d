"""Remind of all-day tasks at a time of day"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Scheduled reminders of all-day tasks counted from the start of the day; 09:00 is the default time.
MOVE = """
    WITH moved AS (
        SELECT r.user_id, r.task_id,
            ((r.payload->>'due_date')::date - (r.payload->>'lead_time')::int / 1440 + time '09:00')
                AT TIME ZONE z.name - make_interval(mins => (r.payload->>'lead_time')::int % 1440) AS remind_at
        FROM reminders r JOIN pg_timezone_names z ON z.name = r.payload->>'time_zone'
        WHERE r.state = 'scheduled' AND length(r.payload->>'due_date') = 10
    )
    UPDATE reminders r
    SET remind_at = m.remind_at,
        payload = jsonb_set(
            r.payload, '{remind_at}', to_jsonb(to_char(m.remind_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        )
    FROM moved m WHERE r.user_id = m.user_id AND r.task_id = m.task_id
"""


def upgrade() -> None:
    op.create_table(
        "preferences",
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("all_day_reminder_time", sa.Time(), nullable=False),
    )
    op.execute(MOVE)


def downgrade() -> None:
    op.drop_table("preferences")
