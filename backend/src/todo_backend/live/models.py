from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Identity, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from todo_kit.columns import instant


class LiveEvent(SQLModel, table=True):
    """An event for open pages. The ids of a user increase in the order in which the rows become visible."""

    __tablename__ = "live_events"
    __table_args__ = (Index("ix_live_events_user_id_id", "user_id", "id"),)

    id: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    user_id: str
    event_type: str
    data: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    created_at: datetime = Field(sa_column=instant(server_default=func.clock_timestamp(), index=True))


class LivePruned(SQLModel, table=True):
    """The last pruned event of a user; a trigger on `live_events` writes it."""

    __tablename__ = "live_pruned"

    user_id: str = Field(primary_key=True)
    last_id: int = Field(sa_column=Column(BigInteger, nullable=False))
