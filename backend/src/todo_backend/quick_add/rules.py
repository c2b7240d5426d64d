"""The meanings of phrases about recurrence, and the first day of a rule."""

from dataclasses import replace
from datetime import date

from todo_backend.quick_add.dates import after, away, coming, fits, length_of
from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Mode, Readings, Rule
from todo_backend.quick_add.months import day_and_month, day_of_month
from todo_kit.recurrence import WEEKDAYS, Pattern

MAX_INTERVAL, MAX_COUNT = 999, 9999
ABOUT_DAYS: dict[str, int] = {"daily": 1, "weekly": 7, "monthly": 31, "yearly": 366}
PATTERNS: dict[str, Pattern] = {"days": "daily", "weeks": "weekly", "months": "monthly", "years": "yearly"}


def every(
    _: Here, unit: str, number: int = 1, weekdays: tuple[int, ...] = (), strict: str = "", completion: str = ""
) -> Readings:
    """Reads "every 2 weeks". `strict` ("every!") or `completion` counts from the completion."""
    if unit not in PATTERNS or not 1 <= number <= MAX_INTERVAL:
        return []
    mode: Mode = "completion" if strict or completion else "schedule"
    return [Meaning(rule=Rule(PATTERNS[unit], number, tuple(WEEKDAYS[day] for day in weekdays), mode))]


def daily(here: Here) -> Readings:
    return every(here, "days")


def weekly(here: Here, weekdays: tuple[int, ...] = ()) -> Readings:
    return every(here, "weeks", weekdays=weekdays)


def biweekly(here: Here, weekdays: tuple[int, ...] = ()) -> Readings:
    return every(here, "weeks", 2, weekdays)


def monthly(here: Here) -> Readings:
    return every(here, "months")


def bimonthly(here: Here) -> Readings:
    """Reads "bimonthly" as every two months. Some mean twice a month, so also words."""
    return [*every(here, "months", 2), WORDS]


def quarterly(here: Here) -> Readings:
    return every(here, "months", 3)


def yearly(here: Here) -> Readings:
    return every(here, "years")


def on_weekdays(here: Here, weekdays: tuple[int, ...], number: int = 0, strict: str = "") -> Readings:
    """Reads "every Tuesday". "Every 2nd Tuesday" may mean that of the month, which no rule supports, so also words."""
    if number == 1 or number > 2:  # noqa: PLR2004 - a first and a third Friday are always of a month
        return beyond(here, weekdays)
    return every(here, "weeks", number or 1, weekdays, strict) + ([WORDS] if number else [])


def on_other_weekdays(here: Here, weekdays: tuple[int, ...]) -> Readings:
    return every(here, "weeks", 2, weekdays)


def on_several(here: Here, weekdays: tuple[int, ...]) -> Readings:
    """Reads "Mon, Wed and Fri" or "Mon-Fri", without "every": weekly, or once on the first of these days."""
    once = min((coming(here.today, weekday) for weekday in weekdays), default=here.today)
    return [*every(here, "weeks", weekdays=weekdays), Meaning(day=once)]


def weekday_dayparts(here: Here, weekday: int, daypart: str) -> Readings:
    """Reads "Sunday nights"."""
    return [replace(reading, daypart=daypart) for reading in every(here, "weeks", weekdays=(weekday,))]


def other_weekends(here: Here) -> Readings:
    return every(here, "weeks", 2, (5, 6))


def working_days(here: Here) -> Readings:
    return every(here, "weeks", weekdays=(0, 1, 2, 3, 4))


def weekends(here: Here) -> Readings:
    return every(here, "weeks", weekdays=(5, 6))


def every_daypart(_: Here, daypart: str) -> Readings:
    return [Meaning(rule=Rule("daily"), daypart=daypart)]


def on_last_day(_: Here) -> Readings:
    return [Meaning(rule=Rule("monthly"), last_day=True)]


def on_day_of_month(here: Here, day: int) -> Readings:
    return [Meaning(rule=Rule("monthly"), day=reading.day) for reading in day_of_month(here, day)]


def on_first_day(here: Here) -> Readings:
    return on_day_of_month(here, 1)


def on_date(here: Here, day: int, month: int) -> Readings:
    found = day_and_month(here, day, month)
    return [Meaning(rule=Rule("yearly"), day=reading.day) for reading in found if not is_over(reading, here)]


def on_month(here: Here, month: int) -> Readings:
    """Reads "every January" as its first day."""
    return on_date(here, 1, month)


def but_working_days(here: Here, weekdays: tuple[int, ...]) -> Readings:
    """Reads "every weekday except Friday"."""
    others = tuple(day for day in range(5) if day not in weekdays)
    return every(here, "weeks", weekdays=others) if others else []


def but_weekdays(here: Here, weekdays: tuple[int, ...]) -> Readings:
    """Reads "every day except Friday" as weekly on the other days."""
    others = tuple(day for day in range(len(WEEKDAYS)) if day not in weekdays)
    return every(here, "weeks", weekdays=others) if others else []


def beyond(here: Here, weekdays: tuple[int, ...] = ()) -> Readings:
    """Reads "the first Friday of the month", which no rule supports, as words. Offers the nearest rules."""
    return [WORDS, *monthly(here), *(weekly(here, weekdays) if weekdays else [])]


def days_beyond(here: Here, day: int) -> Readings:
    """Reads "the 1st and the 15th" as words, since a rule has one day. Offers the first day."""
    return [WORDS, *on_day_of_month(here, day)[:1]]


def too_often(here: Here) -> Readings:
    """Reads "hourly", which no rule supports, as words. Offers daily."""
    return [WORDS, *daily(here)]


def times_in(here: Here, unit: str, number: int = 2) -> Readings:
    """Reads "twice a week" as words, since the days are unknown. Offers weekly."""
    return [WORDS, *every(here, unit)] if number else []


def times(_: Here, number: int) -> Readings:
    return [Meaning(count=number)] if 1 <= number <= MAX_COUNT else []


def lasting(_: Here, number: int, unit: str) -> Readings:
    return [Meaning(lasts=(number, unit))] if number and unit in PATTERNS else []


def is_over(reading: Meaning, here: Here) -> bool:
    return reading.day is None or reading.day < here.today


def holds_longer(lasts: tuple[int, str], rule: Rule) -> bool:
    """Returns whether a second occurrence fits: "two weeks in Rome every year" does not end the rule."""
    number, unit = lasts
    once = 1 if rule.weekdays and rule.interval == 1 else ABOUT_DAYS[rule.pattern] * rule.interval
    return number * ABOUT_DAYS[PATTERNS[unit]] > once


def last_of(lasts: tuple[int, str], first: date) -> date | None:
    number, unit = lasts
    return next((after(end.day, -1) for end in away(first, number, unit)), None)


def first_day(rule: Rule, last_day: bool | None, start: date) -> date:
    """Returns the first day on or after `start` that matches the rule."""
    if rule.weekdays:
        named = [coming(start, WEEKDAYS.index(weekday)) for weekday in rule.weekdays]
        return min((day for day in named if fits(day)), default=start)
    if last_day and rule.pattern in {"monthly", "yearly"}:
        return start.replace(day=length_of(start))
    return start


def a_day_later(rule: Rule) -> Rule:
    """Moves the weekdays to the next day: "Friday nights at 1" is on Saturdays."""
    weekdays = {WEEKDAYS[(WEEKDAYS.index(weekday) + 1) % len(WEEKDAYS)] for weekday in rule.weekdays}
    return replace(rule, weekdays=tuple(sorted(weekdays, key=WEEKDAYS.index)))
