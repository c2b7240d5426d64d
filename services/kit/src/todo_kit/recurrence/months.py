"""The days of a month that a rule names."""

from calendar import monthrange
from datetime import date

from todo_kit.recurrence.rules import Rule

WEEK, WEEKEND = 7, 5


def days_of_month(rule: Rule, anchor: date, year: int, month: int) -> list[date]:
    """Returns the days in ascending order. `anchor` has the day of a rule that names none."""
    first, length = monthrange(year, month)
    if rule.weekdays:
        found = {_nth(_on_weekday(first, length, weekday), ordinal) for ordinal, weekday in rule.ordinals}
    elif rule.workday is not None:
        working = [day for day in range(1, length + 1) if (first + day - 1) % WEEK < WEEKEND]
        found = {_nth(working, rule.workday)}
    elif rule.last_day:
        found = {length}
    else:
        found = {_day(rule, day, length) for day in rule.month_days or (anchor.day,)}
    return [date(year, month, day) for day in sorted(day for day in found if day)]


def _on_weekday(first: int, length: int, weekday: int) -> range:
    """Returns the days on a weekday, in a month that begins on the weekday `first`."""
    return range(1 + (weekday - first) % WEEK, length + 1, WEEK)


def _nth(days: range | list[int], ordinal: int) -> int | None:
    """Returns the first of the days for 1, the last one for -1, and None if there are fewer."""
    at = ordinal - 1 if ordinal > 0 else len(days) + ordinal
    return days[at] if 0 <= at < len(days) else None


def _day(rule: Rule, day: int, length: int) -> int | None:
    if day > length and rule.skip == "backward":
        return length
    at = day if day > 0 else length + 1 + day
    return at if 1 <= at <= length else None
