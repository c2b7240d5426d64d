from datetime import datetime

from sqlalchemy import Column, DateTime
from sqlmodel import Field, SQLModel


class RevokedGrant(SQLModel, table=True):
    """Kept until every token that it covers has expired."""

    __tablename__ = "revoked_grants"

    user_id: str = Field(primary_key=True)
    grant_id: str = Field(primary_key=True)
    """`session:<sid>`, `app:<client_id>`, or empty for every token of the user."""
    revoked_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    expires_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, index=True))
