from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from todo_backend.tags.schemas import Color


class TagCount(BaseModel):
    name: str
    open: int


class Overview(BaseModel):
    """Counts of open tasks, by the value of the filter `status` with the same name (`open` counts `pending`).

    Days are in the user's time zone. `changes_at`: when a task becomes overdue or the day ends. Until then only a
    change of a task changes the counts.
    """

    open: int
    today: int
    overdue: int
    upcoming: int
    due: int
    dated: int
    changes_at: datetime
    tags: list[TagCount]
    tag_colors: Annotated[dict[str, Color], Field(description="Chosen colours by tag, in lower case (NFC)")]


class PriorityCounts(BaseModel):
    high: int = 0
    medium: int = 0
    low: int = 0
    none: int = 0


class DayCounts(PriorityCounts):
    day: date


class Statistics(BaseModel):
    """`completed` has an entry for each requested day; the last one is today.

    A streak is a run of consecutive days with a completed task, within the last year. Today does not end the current
    streak before the day is over.
    """

    time_zone: str
    completed: list[DayCounts]
    open: PriorityCounts
    overdue: int
    current_streak: int
    longest_streak: int
