"""Field types, with their limits, shared by the APIs of several services."""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

FIRST_YEAR, LAST_YEAR = 1970, 2199

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?", re.ASCII)


_CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


@lru_cache
def zones() -> frozenset[str]:
    return frozenset(available_timezones() - {"Factory"})  # the tz database's placeholder for an unset zone


def _known_zone(value: str) -> str:
    if value not in zones():
        raise ValueError("must be an IANA time zone such as Europe/Berlin")
    return value


def _when(value: Any) -> Any:
    """Accepts strings in the two documented forms only. Rejects numbers, which Pydantic reads as Unix times."""
    if not isinstance(value, str):
        raise ValueError("must be an RFC 3339 date-time or a date")  # noqa: TRY004 - Pydantic wants ValueError
    if _DATE.fullmatch(value):
        return date.fromisoformat(value)
    if not _DATE_TIME.fullmatch(value):
        raise ValueError("must be an RFC 3339 date-time or a date")
    return datetime.fromisoformat(value.replace("z", "Z"))


def _written_instant(value: Any) -> Any:
    """Rejects numbers, which Pydantic reads as Unix times even in a string."""
    if not isinstance(value, datetime) and (not isinstance(value, str) or "T" not in value.upper()):
        raise ValueError("must be an RFC 3339 date-time with an offset")
    return value


def _day(value: Any) -> Any:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("must be a date such as 2026-12-24")
    return date.fromisoformat(value)


def _clock_time(value: Any) -> Any:
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not _CLOCK_TIME.fullmatch(value):
        raise ValueError("must be a time of day such as 09:00")
    return time.fromisoformat(value)


def _in_range(value: date | datetime) -> date | datetime:
    year = value.year
    if isinstance(value, datetime) and value.tzinfo and 1 < year < 9999:  # noqa: PLR2004 - astimezone overflows there
        year = value.astimezone(UTC).year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"must be in the years {FIRST_YEAR} to {LAST_YEAR}")
    return value


When = Annotated[
    datetime | date,
    BeforeValidator(_when, json_schema_input_type=str),
    AfterValidator(_in_range),
    Field(description="RFC 3339; without an offset local to the time zone; a plain date for all day"),
]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=str), AfterValidator(_in_range)]
ClockTime = Annotated[
    time,
    BeforeValidator(_clock_time),
    PlainSerializer(lambda value: f"{value:%H:%M}", return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK_TIME.pattern}$", "examples": ["09:00"]}),
]
"""A wall-clock time to the minute: `HH:MM`, 24 hours."""
Instant = Annotated[
    AwareDatetime, BeforeValidator(_written_instant, json_schema_input_type=datetime), AfterValidator(_in_range)
]
Moment = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2300, 1, 1, tzinfo=UTC))]
"""An instant in a cursor. Its range is wider than that of `Instant`, and safe to convert to any zone."""
TaskNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]
TimeZone = Annotated[str, Field(max_length=64), AfterValidator(_known_zone)]
ReminderLeadTime = Annotated[int | None, Field(ge=0, le=366 * 24 * 60, description="Minutes before the due date")]
