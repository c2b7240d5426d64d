from datetime import date

from pydantic import BaseModel


class TagCount(BaseModel):
    name: str
    open: int


class Overview(BaseModel):
    """Open tasks by where a person looks for them; `today` and `overdue` are the person's own days."""

    open: int
    today: int
    overdue: int
    upcoming: int
    tags: list[TagCount]


class PriorityCounts(BaseModel):
    high: int = 0
    medium: int = 0
    low: int = 0


class DayCounts(PriorityCounts):
    day: date


class Statistics(BaseModel):
    """`completed` has every day of the time asked for, the last is today; streaks are days in a row with a completed
    task, within the last year. A day without one does not end the current streak before it is over.
    """

    time_zone: str
    completed: list[DayCounts]
    open: PriorityCounts
    overdue: int
    current_streak: int
    longest_streak: int
