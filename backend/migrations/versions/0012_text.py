"""A collation for the order of titles, and search texts without apostrophes and hyphens within words"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WITHIN_WORDS = "(?<=\\w)['\u2019\u2018\u02bc\u2010\u00ad-](?=\\w)"


def upgrade() -> None:
    op.execute("CREATE COLLATION IF NOT EXISTS title_order (provider = icu, locale = 'und-u-kn-true')")
    pattern = WITHIN_WORDS.replace("'", "''")
    op.execute(
        f"UPDATE tasks SET search = regexp_replace(search, '{pattern}', '', 'g') WHERE search ~ '{pattern}'"  # noqa: S608
    )


def downgrade() -> None:
    op.execute("DROP COLLATION title_order")
