"""The details that other phrases add to a rule, and the first day of a rule."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from todo_backend.quick_add.dates import after, away, fits, months_after
from todo_backend.quick_add.meanings import Meaning
from todo_backend.quick_add.rules import FIRST_OF_QUARTER, LAST_OF_QUARTER, PATTERNS
from todo_kit.recurrence import BY_MONTH, WEEKDAYS, InvalidRecurrence, Rule
from todo_kit.recurrence.months import days_of_month

MOST_MONTHS = 12 * 41
"""A fifth Sunday of February comes after 40 years at most."""
MOST_DAYS = 500
"""More days than it takes until a rule for one month of the year has a day that is not left out."""
ALL_MONTHS = tuple(range(1, 13))
ABOUT_DAYS: dict[str, int] = {"hourly": 0, "daily": 1, "weekly": 7, "monthly": 31, "yearly": 366}


def holds_longer(lasts: tuple[int, str], rule: Rule) -> bool:
    """Returns whether a second occurrence fits: "two weeks in Rome every year" does not end the rule."""
    number, unit = lasts
    once = 1 if rule.weekdays and rule.interval == 1 else ABOUT_DAYS[rule.pattern] * rule.interval
    return number * ABOUT_DAYS[PATTERNS[unit]] > once


def last_of(lasts: tuple[int, str], first: date) -> date | None:
    number, unit = lasts
    return next((after(end.day, -1) for end in away(first, number, unit)), None)


def first_day(rule: Rule, start: date) -> date:
    """Returns the first day on or after `start` that matches the rule."""
    ahead = months_ahead(rule, start) if rule.names_days_of_month else days_ahead(rule, start)
    return next((day for day in ahead if fits(day) and day not in rule.excluded_dates), start)


def days_ahead(rule: Rule, start: date) -> Iterator[date]:
    days = filter(None, (after(start, number) for number in range(MOST_DAYS)))
    weekdays = rule.weekdays or WEEKDAYS
    return (day for day in days if WEEKDAYS[day.weekday()] in weekdays and day.month in (rule.months or ALL_MONTHS))


def months_ahead(rule: Rule, start: date) -> Iterator[date]:
    months = rule.months or ((start.month,) if rule.pattern == "yearly" else ALL_MONTHS)
    firsts = filter(None, (months_after(start.replace(day=1), number) for number in range(MOST_MONTHS)))
    for first in firsts:
        if first.month in months:
            yield from (day for day in days_of_month(rule, start, first.year, first.month) if day >= start)


def a_day_later(rule: Rule) -> Rule:
    """Moves the weekdays to the next day: "Friday nights at 1" is on Saturdays."""
    weekdays = tuple(WEEKDAYS[(day + 1) % len(WEEKDAYS)] for day in rule.listed)
    return replace(rule, weekdays=weekdays) if weekdays else rule


def with_details(said: Meaning) -> Meaning:
    """Adds what other phrases say to the rule: "monthly … the first Tuesday", "in May", "except 24 December"."""
    rule = said.rule
    if rule is None or rule.pattern == "hourly":
        return said
    details: dict[str, Any] = {"excluded_dates": said.excluded or ()}
    mode = "completion" if said.completes else rule.mode
    if mode != rule.mode:
        details["mode"] = mode
    if rule.pattern in BY_MONTH and not rule.names_days_of_month:
        details |= {"weekdays": said.nth} if said.nth else {"last_day": bool(said.last_day)}
    if said.times and mode == "schedule":
        details["times"] = said.times
    if said.quarterly and names_days(details, rule):
        is_at_the_end = said.last_day or any(day.startswith("-") for day in said.nth or ())
        details |= {"interval": 1, "months": LAST_OF_QUARTER if is_at_the_end else FIRST_OF_QUARTER}
    if said.of_month and rule.pattern not in BY_MONTH:
        details["months"] = (said.of_month,)
    if said.months:
        details["months"] = said.months
    if said.months and said.day and rule.pattern in BY_MONTH and not names_days(details, rule):
        details["month_days"] = (said.day.day,)
    try:
        return replace(said, rule=replace(rule, **details))
    except InvalidRecurrence:
        return said


def exceeds_its_rule(said: Meaning) -> bool:
    """Returns whether the other phrases say something that the rule cannot have."""
    rule = with_details(said).rule
    if rule is None:
        return False
    wanted = {"weekdays": said.nth, "times": said.times, "months": said.months, "excluded_dates": said.excluded}
    lacks_last_day = said.last_day and rule.pattern in BY_MONTH and not rule.last_day
    return bool(lacks_last_day) or any(
        value and not set(value) <= set(getattr(rule, name)) for name, value in wanted.items()
    )


def names_days(details: dict[str, Any], rule: Rule) -> bool:
    return bool(details.get("weekdays") or details.get("last_day") or rule.names_days_of_month)
