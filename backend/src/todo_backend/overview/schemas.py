from datetime import date, datetime

from pydantic import BaseModel


class TagCount(BaseModel):
    name: str
    open: int


class Overview(BaseModel):
    """Numbers of open tasks, each by the filter `status` of the same name. Days are those of the user's time zone.

    `changes_at`: until then only a change of a task changes the numbers; then a task becomes overdue, or the day ends.
    """

    open: int
    today: int
    overdue: int
    upcoming: int
    due: int
    dated: int
    changes_at: datetime
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
