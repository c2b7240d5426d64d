from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel


class AssistantChange(SQLModel, table=True):
    """One call of a tool. Those with a correlation id in common are taken back together."""

    __tablename__ = "assistant_changes"

    user_id: str = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    correlation_id: str
    summary: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    """What was done, for people: `completed 3 "Pay the rent"`."""
    inverse: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    """Bulk operations, in the order in which they take it back; each is for the version that the change made."""
    made_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, index=True))
    undone_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True), nullable=True))
