from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from todo_kit.text import Storable


class DigestRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    user_id: Annotated[Storable, Field(min_length=1, max_length=128)]


class DigestTask(BaseModel):
    """`due`: the time of a task of today, or the day of an overdue one; empty for an all-day task of today."""

    title: str
    due: str


class Digest(BaseModel):
    """The first tasks of both kinds, and how many there are."""

    overdue: list[DigestTask]
    today: list[DigestTask]
    overdue_count: int
    today_count: int
