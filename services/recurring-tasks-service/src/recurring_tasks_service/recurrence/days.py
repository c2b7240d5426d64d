"""The rule on the calendar alone: days in, days out; no clocks and no zones.

None stands for a day outside the supported years.
"""

from calendar import monthrange
from datetime import date, timedelta

from recurring_tasks_service.recurrence.rule import FIRST_YEAR, LAST_YEAR, Rule

WEEK = 7
_LAST_ORDINAL = date(LAST_YEAR, 12, 31).toordinal()


def nth_day(rule: Rule, anchor: date, n: int) -> date | None:
    """The day n slots after the anchor's, n being 0 or more."""
    if n == 0:
        return anchor
    if rule.weekdays:
        return _nth_listed_day(rule, anchor, n)
    # An anchor that is not itself a last day is followed by its own month's.
    unlisted = rule.last_day and anchor != _day_in_month(anchor.year, anchor.month, last_day=True)
    return add_intervals(rule, anchor, n - unlisted)


def after_completion(rule: Rule, due: date, completed: date) -> date | None:
    """The day that follows in mode `completion`.

    With weekdays, counting starts at the later of both days, so that a day done early does not come again. Every
    week: the next listed weekday. With a longer interval: what is left of the week of the due day, then the first
    listed weekday of the week that is `interval` weeks after the one counted from.
    """
    if not rule.weekdays:
        return add_intervals(rule, completed, 1)
    start = max(due, completed)
    if rule.interval == 1 or _monday(start) == _monday(due):
        return _nth_listed_day(rule, start, 1)
    return _from_ordinal(_monday(start) + WEEK * rule.interval + rule.listed[0])


def add_intervals(rule: Rule, day: date, times: int) -> date | None:
    """A day plus so many intervals, clamped to the month's end."""
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
    """The n-th listed weekday after the anchor; the anchor's week counts, then every `interval`-th."""
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
    """The ordinal of the Monday that begins the day's week."""
    return (day - timedelta(days=day.weekday())).toordinal()


def _from_ordinal(ordinal: int) -> date | None:
    # Plain numbers until here: a date cannot hold what a long interval times a large slot gives.
    return date.fromordinal(ordinal) if ordinal <= _LAST_ORDINAL else None
