from datetime import datetime

from sqlmodel import Field, SQLModel

from todo_kit.columns import instant


class RevokedGrant(SQLModel, table=True):
    """Kept until every token that it covers has expired."""

    __tablename__ = "revoked_grants"

    user_id: str = Field(primary_key=True)
    grant_id: str = Field(primary_key=True)
    """`session:<sid>`, `app:<client_id>`, or empty for every token of the user."""
    revoked_at: datetime = Field(sa_column=instant())
    expires_at: datetime = Field(sa_column=instant(index=True))
