from datetime import datetime

from sqlalchemy import Column, DateTime
from sqlmodel import Field, SQLModel


class AccountBudget(SQLModel, table=True):
    """The token bucket of an account, shared by all replicas. Both tables are unlogged: a crash may empty them."""

    __tablename__ = "account_budgets"

    user_id: str = Field(primary_key=True)
    level: float
    counted_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class AccountUse(SQLModel, table=True):
    """An account's open requests and streams in one replica."""

    __tablename__ = "account_uses"

    user_id: str = Field(primary_key=True)
    replica: str = Field(primary_key=True)
    requests: int
    streams: int
    seen_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
