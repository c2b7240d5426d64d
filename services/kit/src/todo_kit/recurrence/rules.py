"""Complete recurrence rules, and what makes one invalid."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import Field

Frequency = Literal["hourly", "daily", "weekly", "monthly", "yearly"]
Pattern = Literal["none", Frequency]
Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
Mode = Literal["schedule", "completion"]
Skip = Literal["backward", "omit"]

FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""In the order of `date.weekday()`: Monday first."""
RULE_DAY = re.compile(rf"(-?[1-5])?({'|'.join(WEEKDAYS)})")
RuleDay = Annotated[str, Field(pattern=f"^{RULE_DAY.pattern}$")]
"""A weekday, with its ordinal in a monthly or yearly rule: `MO`, `2TU` (the second), `-1FR` (the last)."""
BY_MONTH: set[str] = {"monthly", "yearly"}
MAX_INTERVAL = 999
MAX_COUNT = 9999
MONTHS, SHORTEST_MONTH, LONGEST_MONTH = 12, 28, 31
MAX_WORKDAY = 23
"""Most working days of a month."""
MAX_EXCLUDED = 100
PLACES = ("weekdays", "month_days", "workday", "last_day")
"""The fields that name days of a month. A rule has one of them."""
OF_MONTHS = {"month_days", "workday", "last_day"}
SEQUENCES = ("weekdays", "month_days", "months", "times", "excluded_dates")
DEFAULTS: dict[str, Any] = {name: [] for name in SEQUENCES} | {"workday": None, "last_day": False, "skip": "backward"}
"""The defaults, as in the API, of the details that a change of the pattern can drop."""
MAX_TIMES = 24


class InvalidRecurrence(ValueError):
    """A rule or series is invalid. `field` is the name of the invalid field, `message` the reason."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message

    @property
    def path(self) -> str:
        """The field of a request."""
        return "recurrence_pattern" if self.field == "pattern" else f"recurrence.{self.field}"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a series recurs and when it ends. The constructor raises InvalidRecurrence."""

    pattern: Frequency
    interval: int = 1
    """Number of hours, days, weeks, months or years."""
    weekdays: tuple[str, ...] = ()
    """Weekly: days of the week, sorted from Monday; empty: that of the anchor. Monthly and yearly: with ordinals."""
    month_days: tuple[int, ...] = ()
    """Monthly and yearly: days of the month; -1 is the last one. Empty: the day of the anchor."""
    months: tuple[int, ...] = ()
    """The months to which the rule is limited. Empty: all; yearly: that of the anchor."""
    workday: int | None = None
    """Monthly and yearly: the n-th working day (Monday to Friday) of the month; -1 is the last one."""
    last_day: bool = False
    """Monthly and yearly: the last day of the month, whatever the day of the anchor."""
    times: tuple[time, ...] = ()
    """Several times of each day, instead of that of the anchor."""
    skip: Skip = "backward"
    """What happens in a month that is too short for a day: its last day instead, or none (RFC 7529 `SKIP`)."""
    excluded_dates: tuple[date, ...] = ()
    """Days that are left out, but counted by `count` (RFC 5545 `EXDATE`)."""
    until: date | datetime | None = None
    """The end, inclusive: a local day, an instant, or (without an offset) a local time."""
    count: int | None = None
    """The number of slots, including slot 0."""
    mode: Mode = "schedule"

    def __post_init__(self) -> None:
        _check("pattern", self.pattern in FREQUENCIES, f"must be one of {', '.join(FREQUENCIES)}")
        _check("mode", self.mode in get_args(Mode), f"must be one of {', '.join(get_args(Mode))}")
        _check("interval", 1 <= self.interval <= MAX_INTERVAL, f"must be 1 to {MAX_INTERVAL}")
        _check("count", self.count is None or 1 <= self.count <= MAX_COUNT, f"must be 1 to {MAX_COUNT}")
        _check("until", self.until is None or self.count is None, "cannot be given together with count")
        _check("months", all(1 <= month <= MONTHS for month in self.months), f"must be 1 to {MONTHS}")
        _check("excluded_dates", len(self.excluded_dates) <= MAX_EXCLUDED, f"must be at most {MAX_EXCLUDED}")
        _check("times", len(self.times) <= MAX_TIMES, f"must be at most {MAX_TIMES}")
        _check("times", not self.times or self.mode == "schedule", "cannot be counted from the completion")
        for name in ("weekdays", "months", "times", "excluded_dates"):
            _check(name, self.pattern != "hourly" or not getattr(self, name), "is not for the hourly pattern")
        self._check_weekdays()
        self._check_days_of_month()
        for name in SEQUENCES:
            object.__setattr__(self, name, in_order(name, getattr(self, name)))

    def _check_weekdays(self) -> None:
        found = [RULE_DAY.fullmatch(day) for day in self.weekdays]
        _check("weekdays", all(found), f"must be {', '.join(WEEKDAYS)}, or in a monthly rule such as 2TU or -1FR")
        has_ordinal = {bool(day and day[1]) for day in found}
        _check("weekdays", not found or self.pattern != "daily", "is for the weekly, monthly and yearly patterns")
        _check("weekdays", self.pattern != "weekly" or True not in has_ordinal, "must have no ordinal in a weekly rule")
        needs = "must have an ordinal in a monthly or yearly rule, such as 2TU or -1FR"
        _check("weekdays", self.pattern not in BY_MONTH or False not in has_ordinal, needs)

    def _check_days_of_month(self) -> None:
        given = [name for name in PLACES if getattr(self, name) and (name in OF_MONTHS or self.pattern in BY_MONTH)]
        for name in given:
            _check(name, self.pattern in BY_MONTH, "is for the monthly and yearly patterns")
            _check(name, name == given[0], f"cannot be given together with {given[0]}")
            needs_months = self.pattern == "yearly" and name != "last_day"
            _check("months", self.months or not needs_months, f"must be given in a yearly rule with {name}")
        are_days = all(1 <= abs(day) <= LONGEST_MONTH for day in self.month_days)
        _check("month_days", are_days, f"must be 1 to {LONGEST_MONTH}, or -1 to -{LONGEST_MONTH}")
        is_workday = self.workday is None or 1 <= abs(self.workday) <= MAX_WORKDAY
        _check("workday", is_workday, f"must be 1 to {MAX_WORKDAY}, or -1 to -{MAX_WORKDAY}")
        _check("skip", self.skip in get_args(Skip), f"must be one of {', '.join(get_args(Skip))}")
        _check("skip", self.skip == "backward" or self.pattern in BY_MONTH, "is for the monthly and yearly patterns")

    @property
    def listed(self) -> list[int]:
        """The weekdays of a weekly rule as ascending numbers; Monday is 0."""
        return [WEEKDAYS.index(cast("Weekday", day)) for day in self.weekdays] if self.pattern == "weekly" else []

    @property
    def ordinals(self) -> list[tuple[int, int]]:
        """The weekdays of a monthly or yearly rule, each as its ordinal and its number: (2, 1) is the second Tuesday.

        In the order of `weekdays`.
        """
        if self.pattern not in BY_MONTH:
            return []
        return [(int(day[:-2]), WEEKDAYS.index(cast("Weekday", day[-2:]))) for day in self.weekdays]

    def may_lack_day(self, day: int) -> bool:
        """Returns whether a month can be too short for the rule, so that `skip` matters.

        `day` is the day of the anchor.
        """
        if self.pattern not in BY_MONTH or self.weekdays or self.workday is not None or self.last_day:
            return False
        return max(self.month_days or (day,)) > SHORTEST_MONTH

    def check_due_date(self, *, all_day: bool) -> None:
        """Raises InvalidRecurrence if the rule needs a due date with a time."""
        _check("times", not (all_day and self.times), "need a due date with a time")
        _check("pattern", not (all_day and self.pattern == "hourly"), "hourly needs a due date with a time")

    @property
    def names_days_of_month(self) -> bool:
        return any(getattr(self, name) for name in (PLACES if self.pattern in BY_MONTH else OF_MONTHS))

    @classmethod
    def of(cls, pattern: str, details: Mapping[str, Any] | None) -> "Rule":
        """Returns the rule of a task, from its pattern and its details as in the API. Raises InvalidRecurrence."""
        known = {name: value for name, value in (details or {}).items() if value is not None}
        for name in SEQUENCES:
            known[name] = tuple(known.get(name, ()))
        known["excluded_dates"] = tuple(map(_read, known["excluded_dates"]))
        known["times"] = tuple(time.fromisoformat(at) if isinstance(at, str) else at for at in known["times"])
        known["until"] = _read(known.get("until"))
        return cls(cast("Frequency", pattern), **known)

    def details(self) -> dict[str, Any]:
        """Returns the details that differ from the defaults, as in the API."""
        given = ((each, getattr(self, each.name)) for each in fields(self) if each.name != "pattern")
        return {each.name: _written(value) for each, value in given if value != each.default}


def _read(value: Any) -> Any:
    """Reads a date or date-time of JSON."""
    if not isinstance(value, str):
        return value
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else value


def in_order(name: str, values: Sequence[Any]) -> tuple[Any, ...]:
    """Sorts the values of a field and removes duplicates, so that equivalent rules are equal.

    Weekdays are sorted from Monday, what counts from the end of a month comes last.
    """
    return tuple(sorted(set(values), key=_weekday_order if name == "weekdays" else _from_the_start_first))


def _weekday_order(day: str) -> tuple[int, tuple[bool, int]]:
    return WEEKDAYS.index(cast("Weekday", day[-2:])), _from_the_start_first(int(day[:-2] or 0))


def _from_the_start_first(value: Any) -> tuple[bool, Any]:
    return isinstance(value, int) and value < 0, value


def fitting(was: str, pattern: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the details of a rule with the pattern `was`, without those that a rule with this pattern cannot have."""
    dropped = set() if (was, pattern) == ("yearly", "monthly") else {"weekdays", "month_days", "workday"}
    if "yearly" in {was, pattern}:
        dropped.add("months")
    if pattern not in BY_MONTH:
        dropped |= {"last_day", "skip"}
    if pattern == "hourly":
        dropped |= {"months", "times", "excluded_dates"}
    return {**details, **{name: DEFAULTS[name] for name in dropped}}


def calls_for_successor(pattern: str, delete_scope: str | None, *, is_over: bool) -> bool:
    """Returns whether a task recurs and was completed, or skipped: deleted without its series."""
    return is_over and pattern != "none" and delete_scope != "series"


def _check(field: str, holds: object, message: str) -> None:
    if not holds:
        raise InvalidRecurrence(field, message)
