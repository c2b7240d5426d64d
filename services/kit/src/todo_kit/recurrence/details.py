"""The details of a recurrence rule, as the APIs accept and return them."""

from typing import Annotated, Any, Protocol, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from todo_kit.fields import ClockTime, Day, When
from todo_kit.recurrence import rrules
from todo_kit.recurrence.rules import (
    LONGEST_MONTH,
    MAX_COUNT,
    MAX_EXCLUDED,
    MAX_INTERVAL,
    MAX_TIMES,
    MAX_WORKDAY,
    MONTHS,
    Mode,
    RuleDay,
    Skip,
    in_order,
)


def _sorted(name: str) -> AfterValidator:
    return AfterValidator(lambda values: list(in_order(name, values)))


def _not_zero(value: int) -> int:
    if value == 0:
        raise ValueError("must not be 0: the first one is 1, the last one -1")
    return value


MonthDay = Annotated[int, Field(ge=-LONGEST_MONTH, le=LONGEST_MONTH), AfterValidator(_not_zero)]
Month = Annotated[int, Field(ge=1, le=MONTHS)]
WorkDay = Annotated[int, Field(ge=-MAX_WORKDAY, le=MAX_WORKDAY), AfterValidator(_not_zero)]


class Recurrence(BaseModel):
    """The details of a recurrence pattern. `until` is inclusive; `count` counts the first occurrence.

    `weekdays` are for the weekly pattern, or with an ordinal for monthly and yearly (`2TU`, `-1FR`). `workday` is the
    n-th day from Monday to Friday of the month. Negative numbers count from the end of the month. `times` are all times
    of each day. `rrule` is an RFC 5545 rule, instead of all other details and of `recurrence_pattern`.
    """

    model_config = ConfigDict(extra="forbid")

    interval: Annotated[int, Field(ge=1, le=MAX_INTERVAL)] = 1
    weekdays: Annotated[list[RuleDay], Field(max_length=70), _sorted("weekdays")] = []
    month_days: Annotated[list[MonthDay], Field(max_length=2 * LONGEST_MONTH), _sorted("month_days")] = []
    months: Annotated[list[Month], Field(max_length=MONTHS), _sorted("months")] = []
    workday: WorkDay | None = None
    last_day: bool = False
    times: Annotated[list[ClockTime], Field(max_length=MAX_TIMES), _sorted("times")] = []
    skip: Skip = "backward"
    excluded_dates: Annotated[list[Day], Field(max_length=MAX_EXCLUDED), _sorted("excluded_dates")] = []
    until: When | None = None
    count: Annotated[int | None, Field(ge=1, le=MAX_COUNT)] = None
    mode: Mode = "schedule"
    rrule: Annotated[
        Annotated[str, Field(max_length=rrules.LONGEST), AfterValidator(rrules.validated)] | None, Field(exclude=True)
    ] = None

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.until is not None and self.count is not None:
            raise ValueError("until and count exclude each other")
        if self.rrule is not None and self.model_fields_set != {"rrule"}:
            raise ValueError("rrule is given instead of the other details, not beside them")
        return self


class _HasRule(Protocol):
    recurrence_pattern: Any
    recurrence: Recurrence | None
    model_fields_set: set[str]


T = TypeVar("T", bound=_HasRule)


def read_rrule(request: T) -> T:
    """A validator of requests with a rule: sets the pattern and the details that `recurrence.rrule` stands for."""
    if request.recurrence is None or request.recurrence.rrule is None:
        return request
    rule = rrules.parse(request.recurrence.rrule)
    if "recurrence_pattern" in request.model_fields_set and request.recurrence_pattern != rule.pattern:
        raise ValueError("recurrence_pattern contradicts recurrence.rrule; leave it out")
    request.recurrence_pattern = rule.pattern
    request.recurrence = Recurrence.model_validate(rule.details())
    return request
