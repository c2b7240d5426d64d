"""Applies a rule to calendar days, without times and time zones.

None means a day outside the supported years.
"""

from calendar import monthrange
from datetime import date, timedelta

from recurring_tasks_service.recurrence.series import FIRST_YEAR, LAST_YEAR
from todo_kit.recurrence import Rule

WEEK = 7
_LAST_ORDINAL = date(LAST_YEAR, 12, 31).toordinal()


def nth_day(rule: Rule, anchor: date, n: int) -> date | None:
    """Returns the day n slots after the anchor; n is 0 or more."""
    if n == 0:
        return anchor
    if rule.weekdays:
        return _nth_listed_day(rule, anchor, n)
    # If the anchor is not a last day, the next slot is the last day of the anchor's own month.
    unlisted = rule.last_day and anchor != _day_in_month(anchor.year, anchor.month, last_day=True)
    return add_intervals(rule, anchor, n - unlisted)


def after_completion(rule: Rule, due: date, completed: date) -> date | None:
    """Returns the next day in mode `completion`.

    With weekdays, counting starts at the later of the two days, so that an occurrence completed early is not repeated.
    With an interval of one week, the result is the next listed weekday. With a longer interval, it is the next listed
    weekday if counting starts in the week of the due day and that week has one left; otherwise the first listed weekday
    `interval` weeks after the week where counting starts.
    """
    if not rule.weekdays:
        return add_intervals(rule, completed, 1)
    start = max(due, completed)
    if rule.interval == 1 or _monday(start) == _monday(due):
        return _nth_listed_day(rule, start, 1)
    return _from_ordinal(_monday(start) + WEEK * rule.interval + rule.listed[0])


def add_intervals(rule: Rule, day: date, times: int) -> date | None:
    """Adds `times` intervals to a day. Clamps the result to the end of the month."""
    steps = rule.interval * times
    match rule.pattern:
        case "daily":
            return _from_ordinal(day.toordinal() + steps)
        case "weekly":
            return _from_ordinal(day.toordinal() + WEEK * steps)
        case "monthly":
            return _add_months(rule, day, steps)
        case "yearly":
            return _add_months(rule, day, 12 * steps)


def _nth_listed_day(rule: Rule, anchor: date, n: int) -> date | None:
    """Returns the n-th listed weekday after the anchor, in the anchor's week and every `interval`-th week after it."""
    listed = rule.listed
    passed = sum(weekday <= anchor.weekday() for weekday in listed)
    rounds, index = divmod(passed + n - 1, len(listed))
    return _from_ordinal(_monday(anchor) + WEEK * rule.interval * rounds + listed[index])


def _add_months(rule: Rule, day: date, months: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return _day_in_month(year, month + 1, day.day, last_day=rule.last_day)


def _day_in_month(year: int, month: int, day: int = 31, *, last_day: bool) -> date:
    _, length = monthrange(year, month)
    return date(year, month, length if last_day else min(day, length))


def _monday(day: date) -> int:
    """Returns the ordinal of the Monday of the day's week."""
    return (day - timedelta(days=day.weekday())).toordinal()


def _from_ordinal(ordinal: int) -> date | None:
    # Callers compute with integers, because a long interval times a large slot overflows `date`.
    return date.fromordinal(ordinal) if ordinal <= _LAST_ORDINAL else None
