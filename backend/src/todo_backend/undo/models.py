from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant


class UndoStep(SQLModel, table=True):
    """The changes of one transaction. Rows with the same client and step are undone together."""

    __tablename__ = "undo_steps"
    __table_args__ = (Index("ix_undo_steps_step", "user_id", "step"),)

    user_id: str = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    client: str
    step: str
    entries: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    """In the order of the changes (see `tasks.steps.Entry`)."""
    made_at: datetime = Field(sa_column=instant(index=True))
    undone_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
