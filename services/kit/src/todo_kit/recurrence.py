"""Recurrence rules: the vocabulary of the APIs, the events, the recurrence engine and quick-add.

`Recurrence` holds the details of a rule in API requests and answers. `Rule` is a complete rule with its pattern; only
its constructor checks whether the details fit the pattern.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from todo_kit.fields import When

Frequency = Literal["daily", "weekly", "monthly", "yearly"]
Pattern = Literal["none", Frequency]
Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
Mode = Literal["schedule", "completion"]

FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""In the order of `date.weekday()`: Monday first."""
BY_MONTH: set[str] = {"monthly", "yearly"}
MAX_INTERVAL = 999
MAX_COUNT = 9999


def _in_week_order(days: list[Weekday]) -> list[Weekday]:
    """Sorts the weekdays and removes duplicates, so that equivalent rules are equal."""
    return [day for day in WEEKDAYS if day in days]


class Recurrence(BaseModel):
    """The details of a recurrence pattern. `until` is inclusive; `count` counts the first occurrence."""

    model_config = ConfigDict(extra="forbid")

    interval: Annotated[int, Field(ge=1, le=MAX_INTERVAL)] = 1
    weekdays: Annotated[list[Weekday], Field(max_length=7), AfterValidator(_in_week_order)] = []
    last_day: bool = False
    until: When | None = None
    count: Annotated[int | None, Field(ge=1, le=MAX_COUNT)] = None
    mode: Mode = "schedule"

    @model_validator(mode="after")
    def _one_end(self) -> "Recurrence":
        if self.until is not None and self.count is not None:
            raise ValueError("until and count exclude each other")
        return self


class InvalidRecurrence(ValueError):
    """A rule or series is invalid. `field` is the name of the invalid field, `message` the reason."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class Rule:
    """How a series recurs and when it ends. The constructor raises InvalidRecurrence."""

    pattern: Frequency
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
        _check("pattern", self.pattern in FREQUENCIES, f"must be one of {', '.join(FREQUENCIES)}")
        _check("mode", self.mode in get_args(Mode), f"must be one of {', '.join(get_args(Mode))}")
        _check("interval", 1 <= self.interval <= MAX_INTERVAL, f"must be 1 to {MAX_INTERVAL}")
        _check("weekdays", set(self.weekdays) <= set(WEEKDAYS), f"must be of {', '.join(WEEKDAYS)}")
        _check("weekdays", not self.weekdays or self.pattern == "weekly", "is for the weekly pattern")
        _check("last_day", not self.last_day or self.pattern in BY_MONTH, "is for the monthly and yearly patterns")
        _check("count", self.count is None or 1 <= self.count <= MAX_COUNT, f"must be 1 to {MAX_COUNT}")
        _check("until", self.until is None or self.count is None, "cannot be given together with count")
        in_order = tuple(day for day in WEEKDAYS if day in self.weekdays)
        object.__setattr__(self, "weekdays", in_order)

    @property
    def listed(self) -> list[int]:
        """The weekdays as ascending numbers; Monday is 0."""
        return [WEEKDAYS.index(day) for day in self.weekdays]

    @classmethod
    def of(cls, pattern: str, details: Mapping[str, Any] | None) -> "Rule":
        """Returns the rule of a task, from its pattern and its details as in the API. Raises InvalidRecurrence."""
        known = {name: value for name, value in (details or {}).items() if value is not None}
        known["weekdays"] = tuple(known.get("weekdays", ()))
        return cls(cast("Frequency", pattern), **known)


def fitting(pattern: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the details of a former rule, without those that a rule with this pattern cannot have."""
    weekdays = details.get("weekdays", []) if pattern == "weekly" else []
    last_day = pattern in BY_MONTH and details.get("last_day", False)
    return {**details, "weekdays": weekdays, "last_day": last_day}


def calls_for_successor(pattern: str, delete_scope: str | None, *, is_over: bool) -> bool:
    """Returns whether a task recurs and was completed, or skipped: deleted without its series."""
    return is_over and pattern != "none" and delete_scope != "series"


def _check(field: str, holds: bool, message: str) -> None:
    if not holds:
        raise InvalidRecurrence(field, message)
