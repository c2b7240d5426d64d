"""The meanings of holidays: on a day of each year, or counted from Easter."""

from datetime import date

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


def easter(year: int) -> date:
    """Returns Easter Sunday, by the Gregorian computus of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
