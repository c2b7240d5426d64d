"""Calendar arithmetic. Days outside the supported years become None or are omitted."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, time

from todo_backend.quick_add.meanings import Here, Meaning, Readings
from todo_kit.fields import FIRST_YEAR, LAST_YEAR

WEEK = 7
MONTHS_OF = {"months": 1, "years": 12}
DAYS_OF = {"days": 1, "weeks": WEEK}


def readings(days: Iterable[date | None]) -> Readings:
    """Returns a reading for each distinct day, in order. Omits None and days that the API does not accept."""
    return [Meaning(day=day) for day in dict.fromkeys(days) if day and fits(day)]


def fits(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR


def make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def make_time(hour: int, minute: int) -> time | None:
    try:
        return time(hour, minute)
    except ValueError:
        return None


def after(day: date | None, days: int) -> date | None:
    ordinal = day.toordinal() + days if day else 0
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else None


def months_after(day: date, months: int) -> date | None:
    """Adds months to a day. Clamps the result to the end of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = make(year, month + 1, 1) if FIRST_YEAR <= year <= LAST_YEAR else None
    return first.replace(day=min(day.day, length_of(first))) if first else None


def away(start: date, number: int, unit: str) -> Readings:
    if unit in DAYS_OF:
        return readings([after(start, number * DAYS_OF[unit])])
    return readings([months_after(start, number * MONTHS_OF[unit])]) if unit in MONTHS_OF else []


def in_month(today: date, months: int, day: int) -> date | None:
    """Returns the day of the month `months` after the current month; None if that month is too short."""
    first = months_after(today.replace(day=1), months)
    return make(first.year, first.month, day) if first else None


def length_of(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def coming(start: date, weekday: int) -> date:
    """Returns the first such weekday on or after `start`."""
    return after(start, (weekday - start.weekday()) % WEEK) or start


def coming_month(today: date, month: int) -> date | None:
    """Returns the first day of that month: this year, or next year if the month is over."""
    return make(today.year + (month < today.month), month, 1)


def week_of(day: date, first: int) -> date:
    """Returns the first day of the week of `day`. Weeks begin on weekday `first`; 0 is Monday."""
    return after(day, -((day.weekday() - first) % WEEK)) or day


def this_week(here: Here) -> date:
    return week_of(here.today, here.conventions.week_start)


def in_week(week: date, weekday: int) -> date | None:
    """Returns that weekday in the week that begins on `week`."""
    return after(week, (weekday - week.weekday()) % WEEK)
