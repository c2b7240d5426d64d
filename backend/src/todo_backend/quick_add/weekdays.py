"""The meanings of phrases about weekdays. Functions as in `days`."""

from dataclasses import replace
from datetime import date, time

from todo_backend.quick_add.clocks import with_daypart
from todo_backend.quick_add.dates import DAYS_OF, WEEK, after, away, coming, in_week, readings, this_week
from todo_backend.quick_add.meanings import WORDS, Here, Readings

MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4
MOST_YEARS = 8
"""At most seven years lie between two years with a week 53."""


def weekday(here: Here, weekday: int, daypart: str | None = None) -> Readings:
    """Reads "Friday" as the coming Friday. On a Friday: today, or in a week."""
    return [replace(reading, daypart=daypart) for reading in coming_weekday(here, weekday)]


def perhaps_weekday(here: Here, weekday: int) -> Readings:
    """Reads an abbreviation that is also another word: "so 18 Uhr"."""
    return [*coming_weekday(here, weekday), WORDS]


def coming_weekday(here: Here, weekday: int) -> Readings:
    day = coming(here.today, weekday)
    return readings([day] if day != here.today else [day, after(day, WEEK)])


def weekday_at(here: Here, weekday: int, daypart: str, hour: str, minute: int = 0) -> Readings:
    """Reads "Monday evening 9"."""
    clocks = with_daypart(here, hour, daypart, minute)
    return [replace(clock, day=reading.day) for reading in coming_weekday(here, weekday) for clock in clocks]


def after_weekday(here: Here, number: int, unit: str, weekday: int) -> Readings:
    """Reads "two weeks from Friday", counted from the coming Friday."""
    return away(coming(here.today, weekday), number, unit)


def before_weekday(here: Here, number: int, unit: str, weekday: int) -> Readings:
    """Reads "two days before Friday", for the first Friday for which the result is not in the past."""
    days = number * DAYS_OF.get(unit, 0)
    start = after(here.today, days)
    return readings([after(coming(start, weekday), -days)]) if start and days else []


def next_weekday(here: Here, weekday: int) -> Readings:
    """Reads "next Friday" as that of next week or the coming one. If they are equal: that one or the one after it."""
    first = coming(after(here.today, 1) or here.today, weekday)
    second = after(first, WEEK)
    of_next_week = after(in_week(this_week(here), weekday), WEEK)
    return readings([of_next_week, second if of_next_week == first else first])


def coming_or_next_weekday(here: Here, weekday: int) -> Readings:
    """Reads "el viernes que viene" as the coming Friday. If that is in this week, it may be that of next week."""
    return next_weekday_of(here, weekday)[::-1]


def weekday_after_today(here: Here, weekday: int) -> Readings:
    """Reads "kommenden Freitag"; on a Friday, that of next week."""
    return readings([coming(after(here.today, 1) or here.today, weekday)])


def next_weekday_of(here: Here, weekday: int) -> Readings:
    """Reads "nächsten Freitag" as that of next week or the coming one. If they are equal, there is no other."""
    first = coming(after(here.today, 1) or here.today, weekday)
    return readings([after(in_week(this_week(here), weekday), WEEK), first])


def weekday_after_next(here: Here, weekday: int) -> Readings:
    """Reads "übernächsten Freitag" as the second one from now, or as that of the week after next."""
    first = coming(after(here.today, 1) or here.today, weekday)
    return readings([after(first, WEEK), after(in_week(this_week(here), weekday), 2 * WEEK)])


def weekday_in_weeks(here: Here, number: int, unit: str, weekday: int) -> Readings:
    """Reads "Freitag in 2 Wochen" as that of the week in two weeks, or as two weeks after the coming Friday."""
    if unit != "weeks":
        return []
    of_week = after(in_week(this_week(here), weekday), number * WEEK)
    return readings([of_week, after(coming(here.today, weekday), number * WEEK)])


def weekday_noon(here: Here, weekday: int) -> Readings:
    """Reads "Montagmittag"."""
    return [replace(reading, clock=time(12)) for reading in coming_weekday(here, weekday)]


def middle_of_next_week(here: Here) -> Readings:
    return weekday_of_next_week(here, WEDNESDAY)


def weekday_of_week_after_next(here: Here, weekday: int) -> Readings:
    return readings([after(in_week(this_week(here), weekday), 2 * WEEK)])


def numbered_week(here: Here, week: int) -> Readings:
    """Reads "KW 12" as the Monday or the Friday of the next ISO week with that number."""
    monday = next_numbered(here, week, MONDAY)
    return readings([monday, after(monday, FRIDAY)])


def weekday_of_numbered_week(here: Here, week: int, weekday: int) -> Readings:
    return readings([next_numbered(here, week, weekday)])


def next_numbered(here: Here, week: int, weekday: int) -> date | None:
    """Returns that weekday in the next week with that number. Not every year has a week 53."""
    for years in range(MOST_YEARS):
        try:
            day = date.fromisocalendar(here.today.isocalendar().year + years, week, weekday + 1)
        except ValueError:
            continue
        if day >= here.today:
            return day
    return None


def coming_wednesday(here: Here) -> Readings:
    """Reads "mid-week"."""
    return coming_weekday(here, WEDNESDAY)


def coming_monday(here: Here) -> Readings:
    return coming_weekday(here, MONDAY)


def weekday_of_next_week(here: Here, weekday: int) -> Readings:
    return readings([after(in_week(this_week(here), weekday), WEEK)])
