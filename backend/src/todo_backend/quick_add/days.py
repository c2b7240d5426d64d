"""The meanings of phrases about days. Each function takes the slot values of its phrase and returns the readings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from todo_backend.quick_add.dates import (
    DAYS_OF,
    MONTHS_OF,
    WEEK,
    after,
    away,
    fits,
    in_week,
    readings,
    this_week,
    week_of,
)
from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Readings
from todo_backend.quick_add.weekdays import weekday_of_next_week
from todo_kit.dates import resolve

MONDAY, FRIDAY, SATURDAY = 0, 4, 5
WORKING_DAYS = range(MONDAY, FRIDAY + 1)
MINUTES_OF = {"minutes": 1, "hours": 60}


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
    """Reads "in 3 days", "in 2 hours". Hours are exact, even across a DST change."""
    if unit in DAYS_OF or unit in MONTHS_OF:
        return away(here.today, number, unit)
    return in_minutes(here, number * 60 if unit == "hours" else number)


def ahead_together(here: Here, leads: Sequence[tuple[int, str]]) -> Readings:
    """Reads "in 2 days and 3 hours": days and months first, then minutes, which are exact."""
    day: date | None = here.today
    for number, unit in leads:
        if day and (unit in DAYS_OF or unit in MONTHS_OF):
            day = next((reading.day for reading in away(day, number, unit)), None)
    minutes = sum(number * MINUTES_OF[unit] for number, unit in leads if unit in MINUTES_OF)
    if day is None or not minutes:
        return readings([day])
    if day == here.today:
        return in_minutes(here, minutes)
    start = resolve(datetime.combine(day, here.now.time()), here.zone).at.astimezone(here.zone)
    return in_minutes(replace(here, now=start), minutes)


def later(here: Here, number: int, unit: str) -> Readings:
    """Reads "+2d": from the due date of the task that the text changes unless it has passed, otherwise from now."""
    if here.before is None:
        return ahead(here, number, unit)
    if unit in DAYS_OF or unit in MONTHS_OF:
        return away(here.usual_day, number, unit)
    if not isinstance(here.due, datetime):
        return []
    start = max(resolve(here.due, here.zone).at.astimezone(here.zone), here.now)
    return ahead(replace(here, now=start), number, unit)


def later_than_before(here: Here, unit: str, number: int = 1) -> Readings:
    """Reads "2 days later", which means nothing in the text of a new task."""
    return later(here, number, unit) if here.due else []


def earlier_than_before(here: Here, unit: str, number: int = 1) -> Readings:
    """Reads "2 days earlier", from the due date even if it has passed."""
    due = here.due
    if due is None:
        return []
    if unit in DAYS_OF or unit in MONTHS_OF:
        return away(due.date() if isinstance(due, datetime) else due, -number, unit)
    if not isinstance(due, datetime):
        return []
    return ahead(replace(here, now=resolve(due, here.zone).at.astimezone(here.zone)), -number, unit)


def half_an_hour_later(here: Here) -> Readings:
    return later_than_before(here, "minutes", 30)


def working_days_later(here: Here, number: int) -> Readings:
    return readings([working_days_after(here.usual_day, number)]) if here.due else []


def all_day(here: Here) -> Readings:
    """Reads "all day" as the named day, or that of the task, without a time. Of a new task, these are words."""
    return day_end(here) if here.before else []


def fortnight(here: Here) -> Readings:
    return ahead(here, 2, "weeks")


def working_days_ahead(here: Here, number: int) -> Readings:
    """Reads "in 3 working days", which are Monday to Friday. Holidays are not known."""
    return readings([working_days_after(here.today, number)])


def working_days_after(start: date, number: int) -> date | None:
    weeks, rest = divmod(number, len(WORKING_DAYS))
    day = after(start, weeks * WEEK)
    while day and (rest or day.weekday() not in WORKING_DAYS):
        day = after(day, 1)
        rest -= bool(day and rest and day.weekday() in WORKING_DAYS)
    return day


def perhaps_tomorrow(here: Here) -> Readings:
    """Reads "tom", which is a name, too, but not in the text of a change."""
    return tomorrow(here) if here.before else [WORDS, *tomorrow(here)]


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
    clock = wall.time().replace(second=0, microsecond=0)
    return [Meaning(day=wall.date(), clock=clock, counted=True)] if fits(wall) else []


def an_hour_and_a_half(here: Here) -> Readings:
    return in_minutes(here, 90)


def quarter_of_an_hour(here: Here) -> Readings:
    return in_minutes(here, 15)


def three_quarters_of_an_hour(here: Here) -> Readings:
    return in_minutes(here, 45)


def hours_and_a_half(here: Here, number: int) -> Readings:
    return in_minutes(here, number * 60 + 30)


def after_tomorrow(here: Here, number: int, unit: str) -> Readings:
    tomorrow = after(here.today, 1)
    return away(tomorrow, number, unit) if tomorrow else []


def day_end(_: Here) -> Readings:
    """Reads "end of day" as the named day, without a time."""
    return [Meaning(days_later=0)]


def week_end(here: Here) -> Readings:
    """Reads "end of the week" as Friday or as the last day of the week."""
    week = this_week(here)
    return readings(day for day in (in_week(week, FRIDAY), after(week, WEEK - 1)) if day and day >= here.today)


def next_week_end(here: Here) -> Readings:
    week = after(this_week(here), WEEK)
    return readings([in_week(week, FRIDAY), after(week, WEEK - 1)]) if week else []


def in_three_days(here: Here) -> Readings:
    """Reads "überübermorgen"."""
    return ahead(here, 3, "days")


def in_a_week_or_eight_days(here: Here) -> Readings:
    """Reads "heute in 8 Tagen", which mostly means a week."""
    return readings([after(here.today, WEEK), after(here.today, WEEK + 1)])


def in_eight_days_or_a_week(here: Here) -> Readings:
    return in_a_week_or_eight_days(here)[::-1]


def half_a_year(here: Here) -> Readings:
    return ahead(here, 6, "months")


def week_end_ahead(here: Here) -> Readings:
    """Reads "Ende der Woche" as `week_end`; after its Friday, also as that of the next week."""
    found = week_end(here)
    return found if len(found) > 1 else [*found, *next_week_end(here)[:1]]


def next_week(here: Here) -> Readings:
    """Reads "next week" as its first day or as this day in a week. A task keeps its weekday."""
    if here.due:
        return weekday_of_next_week(here, here.due.weekday())
    return readings([after(this_week(here), WEEK), after(here.today, WEEK)])


def week_after_next(here: Here) -> Readings:
    if here.due:
        return readings([after(in_week(this_week(here), here.due.weekday()), 2 * WEEK)])
    return readings([after(this_week(here), 2 * WEEK)])


def next_working_day(here: Here) -> Readings:
    return working_days_ahead(here, 1)


def a_couple_ahead(here: Here, unit: str) -> Readings:
    return ahead(here, 2, unit)


def this_weekend(here: Here) -> Readings:
    saturday = after(week_of(here.today, MONDAY), SATURDAY)
    return readings(day for day in (saturday, after(saturday, 1)) if day and day >= here.today)


def perhaps_this_weekend(here: Here) -> Readings:
    """Reads "weekend" without a preposition, which may be words."""
    return [*this_weekend(here), WORDS]


def next_weekend(here: Here) -> Readings:
    saturday = after(week_of(here.today, MONDAY), WEEK + SATURDAY)
    return readings([saturday, after(saturday, 1), after(saturday, -WEEK)])


def words(_: Here) -> Readings:
    """Reads a name that looks like a date ("black friday") as words."""
    return [WORDS]
