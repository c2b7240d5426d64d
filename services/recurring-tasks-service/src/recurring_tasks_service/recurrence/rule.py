"""The model of a series: a local anchor, a time zone and a rule."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Pattern = Literal["daily", "weekly", "monthly", "yearly"]
Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
Mode = Literal["schedule", "completion"]
End = Literal["until", "count"]

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""In the order of `date.weekday()`: Monday first."""
MAX_INTERVAL = 999
MAX_COUNT = 9999
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Limits of anchors and ends, far enough from years 1 and 9999 that no zone's offset can overflow."""


class InvalidRecurrence(ValueError):
    """A rule or series is invalid. `field` is the name of the invalid field, `message` the reason."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class Rule:
    """How a series recurs and when it ends. The constructor raises InvalidRecurrence."""

    pattern: Pattern
    interval: int = 1
    """Number of days, weeks, months or years."""
    weekdays: tuple[Weekday, ...] = ()
    """For weekly: the days of the week, sorted from Monday. Empty: the weekday of the anchor."""
    last_day: bool = False
    """For monthly and yearly: the last day of the month, whatever the day of the anchor."""
    until: date | datetime | None = None
    """The end, inclusive: a local day, an instant, or (without an offset) a local time."""
    count: int | None = None
    """The number of slots, including slot 0."""
    mode: Mode = "schedule"

    def __post_init__(self) -> None:
        _check("pattern", self.pattern in get_args(Pattern), f"must be one of {', '.join(get_args(Pattern))}")
        _check("mode", self.mode in get_args(Mode), f"must be one of {', '.join(get_args(Mode))}")
        _check("interval", 1 <= self.interval <= MAX_INTERVAL, f"must be 1 to {MAX_INTERVAL}")
        _check("weekdays", set(self.weekdays) <= set(WEEKDAYS), f"must be of {', '.join(WEEKDAYS)}")
        _check("weekdays", not self.weekdays or self.pattern == "weekly", "is for the weekly pattern")
        by_month = self.pattern in {"monthly", "yearly"}
        _check("last_day", not self.last_day or by_month, "is for the monthly and yearly patterns")
        _check("count", self.count is None or 1 <= self.count <= MAX_COUNT, f"must be 1 to {MAX_COUNT}")
        _check("until", self.until is None or self.count is None, "cannot be given together with count")
        if self.until is not None:
            _check_year("until", self.until)
        in_order = tuple(day for day in WEEKDAYS if day in self.weekdays)
        object.__setattr__(self, "weekdays", in_order)

    @property
    def listed(self) -> list[int]:
        """The weekdays as ascending numbers; Monday is 0."""
        return [WEEKDAYS.index(day) for day in self.weekdays]


@dataclass(frozen=True, slots=True)
class Series:
    """A rule and its local anchor: a naive date-time, or a date for all-day. The constructor raises InvalidRecurrence.

    `anchor_slot` is the slot number of the anchor. It is above 0 if a later occurrence moved the anchor.
    """

    anchor: date | datetime
    zone: ZoneInfo
    rule: Rule
    anchor_slot: int = 0

    def __post_init__(self) -> None:
        local = not isinstance(self.anchor, datetime) or self.anchor.tzinfo is None
        _check("anchor", local, "must be local, without an offset")
        _check_year("anchor", self.anchor)
        _check("anchor_slot", self.anchor_slot >= 0, "must not be negative")

    @property
    def all_day(self) -> bool:
        return not isinstance(self.anchor, datetime)

    @property
    def first_day(self) -> date:
        return self.anchor.date() if isinstance(self.anchor, datetime) else self.anchor

    @property
    def wall_time(self) -> time:
        """The time of day of every occurrence; midnight for all-day."""
        return self.anchor.time() if isinstance(self.anchor, datetime) else time()


def _check(field: str, holds: bool, message: str) -> None:
    if not holds:
        raise InvalidRecurrence(field, message)


def _check_year(field: str, value: date) -> None:
    _check(field, FIRST_YEAR <= value.year <= LAST_YEAR, f"must be in the years {FIRST_YEAR} to {LAST_YEAR}")
