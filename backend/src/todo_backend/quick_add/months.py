"""The meanings of phrases about months, years and their days. Functions as in `days`."""

from dataclasses import replace
from datetime import date

from todo_backend.quick_add.dates import (
    DAYS_OF,
    WEEK,
    after,
    coming,
    coming_month,
    in_month,
    length_of,
    make,
    make_time,
    months_after,
    readings,
)
from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Readings
from todo_backend.quick_add.zones import key_of

HALF_A_YEAR_DAYS = 183
LAST, FIFTH = -1, 5
ALWAYS = (24, 7)
DENOMINATORS = {2, 3, 4, 5, 8, 10}
"""Of fractions and marks that people type: "3/4 cup", "7/10"."""
NEXT_FIFTH_YEARS = 30
"""More years than it takes until a February has a fifth one of each weekday."""


def next_month(here: Here) -> Readings:
    """Reads "next month" as its first day or as this day in a month. A task keeps its day of the month."""
    if here.due:
        return day_of_next_month(here, here.due.day)
    return readings([months_after(here.today.replace(day=1), 1), months_after(here.today, 1)])


def next_year(here: Here) -> Readings:
    if here.due:
        return readings([months_after(here.due, 12 * (here.today.year + 1 - here.due.year))])
    return readings([months_after(here.today.replace(month=1, day=1), 12), months_after(here.today, 12)])


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
    """Reads "the last day". Without a monthly or yearly rule it is dropped (`resolver.with_their_subject`)."""
    return [Meaning(last_day=True)]


def whole_month(here: Here, month: int, year: int | None = None) -> Readings:
    """Reads a month as its first day that is not over, or as its last day."""
    first = coming_month(here.today, month) if year is None else make(year, month, 1)
    if first is None:
        return []
    last = first.replace(day=length_of(first))
    return readings([max(first, here.today) if last >= here.today else first, last])


def month(here: Here, month: int, year: int | None = None) -> Readings:
    """Reads "in June". May also be words, because it may not refer to the due date. Limits a rule to that month."""
    found = [replace(reading, of_month=None if year else month) for reading in whole_month(here, month, year)]
    return [*found, WORDS] if found else []


def perhaps_month(here: Here, month: int) -> Readings:
    """Reads "June" alone as words first, because it may be a name."""
    return [WORDS, *whole_month(here, month)]


def no_such_day(here: Here, day: int, month: int) -> Readings:
    """Reads "in June 31", which is no date, as words, so that it does not mean June."""
    return [] if day_and_month(here, day, month) else [WORDS]


def first_of_month(here: Here, month: int, year: int | None = None) -> Readings:
    return day_and_month(here, 1, month, year)[:1]


def last_of_month(here: Here, month: int, year: int | None = None) -> Readings:
    return whole_month(here, month, year)[-1:]


def middle_of_month(here: Here, month: int, year: int | None = None) -> Readings:
    return day_and_month(here, 15, month, year)[:1]


def quarter_end(here: Here) -> Readings:
    return last_of_month(here, (here.today.month + 2) // 3 * 3)


def next_year_start(here: Here) -> Readings:
    return readings([months_after(here.today.replace(month=1, day=1), 12)])


def middle_of_this_month(here: Here) -> Readings:
    return day_of_month(here, 15)


def christmas_eve(here: Here) -> Readings:
    return day_and_month(here, 24, 12)[:1]


def christmas_day(here: Here) -> Readings:
    return day_and_month(here, 25, 12)[:1]


def boxing_day(here: Here) -> Readings:
    return day_and_month(here, 26, 12)[:1]


def new_years_eve(here: Here) -> Readings:
    return day_and_month(here, 31, 12)[:1]


def new_years_day(here: Here) -> Readings:
    return day_and_month(here, 1, 1)[:1]


def day_of_month(here: Here, day: int) -> Readings:
    """Reads "the 31st" as the next one: in April, 31 May. If that is today: today, or the one after it."""
    found = [on for months in range(4) if (on := in_month(here.today, months, day)) and on >= here.today]
    return readings(found[: 2 if found and found[0] == here.today else 1])


def day_of_month_of_a_task(here: Here, day: int) -> Readings:
    """Reads "28th" in the text of a change as the next one, or that of the month in which the task is due.

    In the text of a new task it may number anything.
    """
    if here.before is None:
        return []
    of_its_month = in_month(here.usual_day, 0, day) if months_of(here.usual_day) > months_of(here.today) else None
    return readings([*(found.day for found in day_of_month(here, day)), of_its_month])


def perhaps_day_of_month(here: Here, day: int) -> Readings:
    """Reads "del 15" as words first, because it may tell which one is meant."""
    found = day_of_month(here, day)
    return [WORDS, *found] if found else []


def months_of(day: date) -> int:
    return 12 * day.year + day.month


def nth_weekday(here: Here, weekday: int, month: int, number: int = LAST, year: int | None = None) -> Readings:
    """Reads "second Tuesday of January" or "last Friday of March" as the next one."""
    years = range(here.today.year, here.today.year + NEXT_FIFTH_YEARS) if year is None else [year]
    found = (nth_in(make(each, month, 1), weekday, number) for each in years)
    day = next((day for day in found if day and (year is not None or day >= here.today)), None)
    return [replace(reading, ordinal=True) for reading in readings([day])]


def nth_weekday_of_next_month(here: Here, weekday: int, number: int = LAST) -> Readings:
    return readings([nth_in(months_after(here.today.replace(day=1), 1), weekday, number)])


def nth_in(first: date | None, weekday: int, number: int) -> date | None:
    """Returns the n-th such weekday of the month that begins on `first`; None if there are fewer."""
    if first is None or (not 1 <= number <= FIFTH and number != LAST):
        return None
    if number == LAST:
        return coming(first.replace(day=length_of(first) - WEEK + 1), weekday)
    day = after(coming(first, weekday), WEEK * (number - 1))
    return day if day and day.month == first.month else None


def day_of_this_month(here: Here, day: int) -> Readings:
    """Reads "the 2nd of this month". If it has passed: that of next month, or that day."""
    return readings([in_month(here.today, 0, day), *(reading.day for reading in day_of_month(here, day)[:1])])


def no_day(_: Here, day: int) -> Readings:
    return [WORDS] if day else []


def day_of_next_month(here: Here, day: int) -> Readings:
    """Reads a day of next month. Clamps it to the end of the month."""
    first = months_after(here.today.replace(day=1), 1)
    return readings([first.replace(day=min(day, length_of(first)))]) if first and day else []


def weekday_of_month(here: Here, weekday: int, day: int) -> Readings:
    """Reads "Friday the 13th" as the next Friday that is a 13th, or as the next 13th."""
    found = (in_month(here.today, months, day) for months in range(15))
    both = next((on for on in found if on and on >= here.today and on.weekday() == weekday), None)
    return list(dict.fromkeys([*readings([both]), *day_of_month(here, day)[:1]]))


def day_and_month(
    here: Here, day: int, month: int, year: int | None = None, weekday: int | None = None
) -> Readings:  # fmt: skip
    """Reads "14 March" as the next one; 29 February may be years ahead. With a year, the date may be in the past.

    If the last one is nearer than the next one, a new task may mean it: "pay the invoice of 12.11.".
    """
    years = range(here.today.year, here.today.year + 9) if year is None else [year]
    found = [on for y in years if (on := make(y, month, day)) and (year is not None or on >= here.today)]
    chosen = found[: 2 if found and found[0] == here.today and year is None else 1]
    if chosen and weekday is not None and chosen[0].weekday() != weekday:
        return readings([chosen[0], coming(here.today, weekday)])
    if year is None and chosen and not here.before and (chosen[0] - here.today).days > HALF_A_YEAR_DAYS:
        return readings([chosen[0], make(chosen[0].year - 1, month, day)])
    return readings(chosen)


def before_day(here: Here, number: int, unit: str, day: int, month: int, year: int | None = None) -> Readings:
    """Reads "a week before 14 March"."""
    days = number * DAYS_OF.get(unit, 0)
    return readings(after(reading.day, -days) for reading in day_and_month(here, day, month, year)[:1]) if days else []


def from_day_to_day(here: Here, day: int, last: int, month: int, year: int | None = None) -> Readings:
    """Reads "5 to 7 March" as its first day, or as its last day."""
    first = day_and_month(here, day, month, year)[:1]
    end = day_and_month(here, last, month, year)[:1]
    return [*first, *end] if first and end and day < last else []


def from_date_to_date(here: Here, day: int, month: int, last: int, last_month: int) -> Readings:
    """Reads "30.12. bis 2.1." as its first day, or as its last day."""
    first = day_and_month(here, day, month)[:1]
    end = day_and_month(here, last, last_month)[:1]
    return list(dict.fromkeys([*first, *end])) if first and end else []


def from_day_to_day_of_month(here: Here, day: int, last: int) -> Readings:
    """Reads "del 20 al 25" as its first day, as its last day, or as words."""
    found = day_of_month(here, day)[:1]
    return [*found, *day_of_month(here, last)[:1], WORDS] if found and day < last else []


def perhaps_day_and_month(here: Here, day: int, month: int) -> Readings:
    """Reads "6.12", which may be any number."""
    found = day_and_month(here, day, month)
    return [*found, WORDS] if found else []


def slashed(here: Here, first: int, second: int, year: int | None = None) -> Readings:
    """Reads "3/4" as 3 April or March 4, in the locale's order first. Without a year, it may be words. 24/7 is no date.

    With a year and a known locale, there is only one reading.
    """
    if (first, second) == ALWAYS and year is None:
        return []
    day_first = day_and_month(here, first, second, year)[:1]
    month_first = day_and_month(here, second, first, year)[:1]
    is_month_first = here.conventions.month_first
    found = list(dict.fromkeys(month_first + day_first if is_month_first else day_first + month_first))
    if year is None:
        return [*found, WORDS] if found else []
    return found if is_month_first is None else found[:1]


def day_slash_month(here: Here, first: int, second: int) -> Readings:
    """Reads "24/12" where people write dates so. If it may be a fraction, or the month is first, asks."""
    if (
        here.conventions.month_first is not False
        or (first <= second and second in DENOMINATORS)
        or (first, second) == ALWAYS
    ):
        return slashed(here, first, second)
    return day_and_month(here, first, second) or slashed(here, first, second)


def iso(_: Here, year: int, month: int, day: int, hour: str = "", minute: int = 0, zone: str = "") -> Readings:
    found = readings([make(year, month, day)])
    clock, key = make_time(int(hour), minute) if hour else None, key_of(zone)
    if (hour and not clock) or (zone and not key):
        return []
    return [replace(reading, clock=clock, zone=key) for reading in found]
