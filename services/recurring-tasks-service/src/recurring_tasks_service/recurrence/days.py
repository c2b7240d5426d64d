"""Applies a rule of days, weeks, months or years to calendar days, without times and time zones.

The days of a plain rule are computed directly. Those of a rule that names days of months or is limited to months are
listed from the anchor on: their number varies from month to month. `dateutil.rrule` would list them too, but more
slowly, and it cannot move a day to the end of a short month; the tests compare the two.

None means a day outside the supported years.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, count, islice

from recurring_tasks_service.recurrence.series import FIRST_YEAR, LAST_YEAR
from todo_kit.recurrence import BY_MONTH, Rule
from todo_kit.recurrence.months import WEEK, days_of_month

YEAR = 12
_LAST_ORDINAL = date(LAST_YEAR, 12, 31).toordinal()
MOST_SLOTS = _LAST_ORDINAL - date(FIRST_YEAR, 1, 1).toordinal() + 1


def is_plain(rule: Rule) -> bool:
    """Returns whether the n-th day can be computed without the days before."""
    names_days = rule.month_days or rule.workday is not None or (rule.weekdays and rule.pattern in BY_MONTH)
    return not (names_days or rule.months or rule.skip == "omit")


def days(rule: Rule, anchor: date) -> Iterator[date]:
    """Yields the anchor, and the days that the rule names after it."""
    yield anchor
    for n in count():
        period = _in_period(rule, anchor, n)
        if period is None:
            return
        yield from (day for day in period if day > anchor and (not rule.months or day.month in rule.months))


def is_named(rule: Rule, anchor: date) -> bool:
    """Returns whether the rule names the day of its anchor."""
    return anchor in (_in_period(rule, anchor, 0) or ()) and (not rule.months or anchor.month in rule.months)


def nth_day(rule: Rule, anchor: date, n: int) -> date | None:
    """Returns the day n slots after the anchor; n is 0 or more."""
    if n == 0:
        return anchor
    if not is_plain(rule):
        return next(islice(days(rule, anchor), min(n, MOST_SLOTS), None), None)
    if rule.weekdays:
        return _nth_listed_day(rule, anchor, n)
    # If the anchor is not a last day, the next slot is the last day of the anchor's own month.
    unlisted = rule.last_day and anchor != _day_in_month(anchor.year, anchor.month, last_day=True)
    return add_intervals(rule, anchor, n - unlisted)


def after_completion(rule: Rule, due: date, completed: date) -> date | None:
    """Returns the next day in mode `completion`.

    If the rule names days, counting starts at the later of the two days, so that an occurrence completed early is not
    repeated. With an interval of one week (month, year), the result is the next named day. With a longer interval, it
    is the next named day if counting starts in the week of the due day and that week has one left; otherwise the first
    named day `interval` weeks after the week where counting starts.
    """
    if is_plain(rule) and not rule.weekdays:
        return add_intervals(rule, completed, 1)
    names_days = bool(rule.weekdays or rule.month_days or rule.workday is not None or rule.last_day)
    start = max(due, completed) if names_days else completed
    stays = not names_days or rule.interval == 1 or _period(rule, start) == _period(rule, due)
    named = islice(days(rule, start), 1, None)
    return next((day for day in named if stays or _period(rule, day) != _period(rule, start)), None)


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
        case _:
            return _add_months(rule, day, YEAR * steps)


def _in_period(rule: Rule, anchor: date, n: int) -> list[date] | None:
    """Returns the days in the n-th day, week, month or year after the anchor's, perhaps some before the anchor."""
    steps = rule.interval * n
    match rule.pattern:
        case "daily":
            return _supported([anchor.toordinal() + steps])
        case "weekly":
            monday = _monday(anchor) + WEEK * steps
            return _supported([monday + weekday for weekday in rule.listed or [anchor.weekday()]])
        case "monthly":
            year, month = divmod(anchor.year * YEAR + anchor.month - 1 + steps, YEAR)
            return days_of_month(rule, anchor, year, month + 1) if year <= LAST_YEAR else None
        case _:
            year, months = anchor.year + steps, rule.months or (anchor.month,)
            in_months = (days_of_month(rule, anchor, year, month) for month in months)
            return list(chain.from_iterable(in_months)) if year <= LAST_YEAR else None


def _supported(ordinals: list[int]) -> list[date] | None:
    return [date.fromordinal(ordinal) for ordinal in ordinals if ordinal <= _LAST_ORDINAL] or None


def _period(rule: Rule, day: date) -> int:
    """Returns the number of the day's week, month or year; of a daily rule, of the day itself."""
    match rule.pattern:
        case "daily":
            return day.toordinal()
        case "weekly":
            return _monday(day)
        case "monthly":
            return day.year * YEAR + day.month
        case _:
            return day.year


def _nth_listed_day(rule: Rule, anchor: date, n: int) -> date | None:
    """Returns the n-th listed weekday after the anchor, in the anchor's week and every `interval`-th week after it."""
    listed = rule.listed
    passed = sum(weekday <= anchor.weekday() for weekday in listed)
    rounds, index = divmod(passed + n - 1, len(listed))
    return _from_ordinal(_monday(anchor) + WEEK * rule.interval * rounds + listed[index])


def _add_months(rule: Rule, day: date, months: int) -> date | None:
    year, month = divmod(day.year * YEAR + day.month - 1 + months, YEAR)
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
