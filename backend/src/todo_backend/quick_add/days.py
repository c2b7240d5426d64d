"""What phrases about days mean. Every function takes what its phrase's slots hold and answers the readings."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Readings
from todo_kit.fields import FIRST_YEAR, LAST_YEAR

WEEK = 7
SATURDAY, SUNDAY = 5, 6
MONTHS_OF = {"months": 1, "years": 12}
DAYS_OF = {"days": 1, "weeks": WEEK}


def today(here: Here) -> Readings:
    return readings([here.today])


def tomorrow(here: Here) -> Readings:
    return readings([after(here.today, 1)])


def day_after_tomorrow(here: Here) -> Readings:
    return readings([after(here.today, 2)])


def tonight(here: Here) -> Readings:
    return [Meaning(day=here.today, daypart="night")]


def this_daypart(here: Here, daypart: str) -> Readings:
    return [Meaning(day=here.today, daypart=daypart)]


def ahead(here: Here, number: int, unit: str) -> Readings:
    """In so many days or hours. Hours are counted on the instant, so that no change of the clocks adds to them."""
    if unit in DAYS_OF:
        return readings([after(here.today, DAYS_OF[unit] * number)])
    if unit in MONTHS_OF:
        return readings([months_after(here.today, MONTHS_OF[unit] * number)])
    return in_minutes(here, number * 60 if unit == "hours" else number)


def half_an_hour(here: Here) -> Readings:
    return in_minutes(here, 30)


def in_hours(here: Here, number: int, minute: int) -> Readings:
    return in_minutes(here, number * 60 + minute)


def in_minutes(here: Here, minutes: int) -> Readings:
    instant = here.now.timestamp() + minutes * 60
    try:
        wall = datetime.fromtimestamp(instant, here.now.tzinfo)
    except (OverflowError, ValueError, OSError):
        return []
    return [Meaning(day=wall.date(), clock=wall.time().replace(second=0, microsecond=0, fold=0))] if fits(wall) else []


def weekday(here: Here, weekday: int) -> Readings:
    """The coming one. On that very day it may be meant, or the one in a week."""
    day = coming(here.today, weekday)
    return readings([day] if day != here.today else [day, after(day, WEEK)])


def this_weekday(here: Here, weekday: int) -> Readings:
    return readings([coming(here.today, weekday)])


def next_weekday(here: Here, weekday: int) -> Readings:
    """The one of next week, to some people; the coming one or the one after it, to others."""
    first = coming(after(here.today, 1) or here.today, weekday)
    second = after(first, WEEK)
    of_next_week = after(monday_of(here.today), WEEK + weekday)
    return readings([of_next_week, second if of_next_week == first else first])


def weekday_of_next_week(here: Here, weekday: int) -> Readings:
    return readings([after(monday_of(here.today), WEEK + weekday)])


def next_week(here: Here) -> Readings:
    return readings([after(monday_of(here.today), WEEK), after(here.today, WEEK)])


def next_month(here: Here) -> Readings:
    return readings([months_after(here.today.replace(day=1), 1), months_after(here.today, 1)])


def next_year(here: Here) -> Readings:
    return readings([months_after(here.today.replace(month=1, day=1), 12), months_after(here.today, 12)])


def this_weekend(here: Here) -> Readings:
    saturday = after(monday_of(here.today), SATURDAY)
    return readings(day for day in (saturday, after(saturday, 1)) if day and day >= here.today)


def next_weekend(here: Here) -> Readings:
    saturday = after(monday_of(here.today), WEEK + SATURDAY)
    return readings([saturday, after(saturday, 1), after(monday_of(here.today), SATURDAY)])


def month_end(here: Here, months: int = 0) -> Readings:
    day = months_after(here.today.replace(day=1), months)
    return [Meaning(day=day.replace(day=length_of(day)), last_day=True)] if day else []


def next_month_end(here: Here) -> Readings:
    return month_end(here, 1)


def month_start(here: Here) -> Readings:
    return readings([months_after(here.today.replace(day=1), 1)])


def year_end(here: Here) -> Readings:
    return readings([here.today.replace(month=12, day=31)])


def last_day(_: Here) -> Readings:
    """Of a rule's month; without a rule it is nothing."""
    return [Meaning(last_day=True)]


def day_of_month(here: Here, day: int) -> Readings:
    """The next one there is: the 31st in April is that of May."""
    found = [on for months in range(4) if (on := _in_month(here, months, day)) and on >= here.today]
    return readings(found[: 2 if found and found[0] == here.today else 1])


def day_and_month(
    here: Here, day: int, month: int, year: int | None = None, weekday: int | None = None
) -> Readings:  # fmt: skip
    """Without a year the next one there is: for 29 February that may be years ahead. A year is taken as it is."""
    years = [year] if year else range(here.today.year, here.today.year + 9)
    found = [on for y in years if (on := make(y, month, day)) and (year or on >= here.today)]
    chosen = found[: 2 if found and found[0] == here.today and not year else 1]
    if chosen and weekday is not None and chosen[0].weekday() != weekday:
        return readings([chosen[0], coming(here.today, weekday)])
    return readings(chosen)


def iso(_: Here, year: int, month: int, day: int, hour: str = "", minute: int = 0) -> Readings:
    found = readings([make(year, month, day)])
    clock = make_time(int(hour), minute) if hour else None
    return [replace(reading, clock=clock) for reading in found if clock or not hour]


def slashed(here: Here, first: int, second: int, year: int | None = None) -> Readings:
    """3/4 is 3 April or March 4, and without a year it may be no date at all; 24/7 is none."""
    if (first, second, year) == (24, 7, None):
        return []
    day_first = day_and_month(here, first, second, year)[:1]
    month_first = day_and_month(here, second, first, year)[:1]
    found = list(dict.fromkeys(day_first + month_first))
    return [*found, WORDS] if found and year is None else found


def readings(days: Iterable[date | None]) -> Readings:
    """One for each day, in the order given; a day that the API does not take is none."""
    return [Meaning(day=day) for day in dict.fromkeys(days) if day and fits(day)]


def fits(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR


def make(year: int, month: int, day: int) -> date | None:
    year += 2000 if year < 100 else 0  # noqa: PLR2004 - a year of two digits
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


def length_of(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def coming(start: date, weekday: int) -> date:
    """The first such weekday from that day on."""
    return after(start, (weekday - start.weekday()) % WEEK) or start


def monday_of(day: date) -> date:
    return after(day, -day.weekday()) or day


def _in_month(here: Here, months: int, day: int) -> date | None:
    first = months_after(here.today.replace(day=1), months)
    return make(first.year, first.month, day) if first else None
