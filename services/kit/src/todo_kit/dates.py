"""Dates as they come in, made instants."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def at_utc(value: date | datetime) -> datetime:
    """For services that have no person's zone at hand: what has no offset is meant in UTC, a date is its start."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def start_of_day(day: date, time_zone: str) -> datetime:
    """The day's first instant in the zone, in UTC: not always midnight, where clocks go forward at midnight."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)
