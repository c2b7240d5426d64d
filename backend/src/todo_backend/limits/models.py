from datetime import datetime

from sqlmodel import Field, SQLModel

from todo_kit.columns import instant


class AccountBudget(SQLModel, table=True):
    """The token bucket of an account, shared by all replicas. Both tables are unlogged: a crash may empty them."""

    __tablename__ = "account_budgets"

    user_id: str = Field(primary_key=True)
    level: float
    counted_at: datetime = Field(sa_column=instant())


class AccountUse(SQLModel, table=True):
    """An account's open requests and streams in one replica."""

    __tablename__ = "account_uses"

    user_id: str = Field(primary_key=True)
    replica: str = Field(primary_key=True)
    requests: int
    streams: int
    seen_at: datetime = Field(sa_column=instant())
