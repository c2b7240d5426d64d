from datetime import datetime

from sqlalchemy import Column, DateTime
from sqlmodel import Field, SQLModel


class AccountBudget(SQLModel, table=True):
    """What an account has left of its requests in all replicas. Both tables are unlogged: a crash may empty them."""

    __tablename__ = "account_budgets"

    user_id: str = Field(primary_key=True)
    level: float
    counted_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class AccountUse(SQLModel, table=True):
    """What an account has open in a replica."""

    __tablename__ = "account_uses"

    user_id: str = Field(primary_key=True)
    replica: str = Field(primary_key=True)
    requests: int
    streams: int
    seen_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
