"""Arithmetic on the calendar. What it does not reach, before the first or after the last year, is None or left out."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, time

from todo_backend.quick_add.meanings import Meaning, Readings
from todo_kit.fields import FIRST_YEAR, LAST_YEAR

WEEK = 7
MONTHS_OF = {"months": 1, "years": 12}
DAYS_OF = {"days": 1, "weeks": WEEK}


def readings(days: Iterable[date | None]) -> Readings:
    """One for each day, in the order given; a day that the API does not take is none."""
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
    """The same day so many months later, or the last one of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = make(year, month + 1, 1) if FIRST_YEAR <= year <= LAST_YEAR else None
    return first.replace(day=min(day.day, length_of(first))) if first else None


def away(start: date, number: int, unit: str) -> Readings:
    if unit in DAYS_OF:
        return readings([after(start, number * DAYS_OF[unit])])
    return readings([months_after(start, number * MONTHS_OF[unit])]) if unit in MONTHS_OF else []


def in_month(today: date, months: int, day: int) -> date | None:
    """That day so many months on, if that month has one."""
    first = months_after(today.replace(day=1), months)
    return make(first.year, first.month, day) if first else None


def length_of(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def coming(start: date, weekday: int) -> date:
    """The first such weekday from that day on."""
    return after(start, (weekday - start.weekday()) % WEEK) or start


def coming_month(today: date, month: int) -> date | None:
    """The first day of the month that is or comes next."""
    return make(today.year + (month < today.month), month, 1)


def week_of(day: date, first: int) -> date:
    """The first day of its week; 0 for weeks that begin on Monday."""
    return after(day, -((day.weekday() - first) % WEEK)) or day


def in_week(week: date, weekday: int) -> date | None:
    """That weekday of the week that begins on `week`."""
    return after(week, (weekday - week.weekday()) % WEEK)
