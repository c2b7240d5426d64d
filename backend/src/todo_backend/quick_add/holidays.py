"""The meanings of holidays: on a day of each year, or counted from Easter."""

from dateutil.easter import easter

from todo_backend.quick_add.dates import after, readings
from todo_backend.quick_add.meanings import WORDS, Here, Readings
from todo_backend.quick_add.months import day_and_month


def holiday(here: Here, holiday: tuple[int, int]) -> Readings:
    """Reads a holiday that is on the same day and month of each year."""
    day, month = holiday
    return day_and_month(here, day, month)[:1]


def perhaps_holiday(here: Here, holiday: tuple[int, int]) -> Readings:
    """Reads a holiday that may be words: "presents for Christmas"."""
    day, month = holiday
    return [*day_and_month(here, day, month)[:1], WORDS]


def feast(here: Here, feast: int) -> Readings:
    """Reads a holiday that is a number of days after Easter, as the next one. It may be words: "Easter eggs"."""
    found = (after(easter(here.today.year + years), feast) for years in range(2))
    return [*readings(day for day in found if day and day >= here.today)[:1], WORDS]
