"""Due dates: an instant, or a day in a time zone. Both are stored as an instant (a day as its start) for sorting."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Due:
    at: datetime
    """The instant, in UTC; for an all-day task the start of the day."""
    on: date | None
    """The day, for an all-day task."""
    local: str
    """The wall-clock time in the task's zone, ISO without offset: the anchor of a series."""


def resolve(value: datetime | date, zone: ZoneInfo) -> Due:
    """Returns the due date in the zone.

    A local time in a DST gap moves forward by the gap (RFC 5545 section 3.3.5). Of two equal local times, the first
    counts.
    """
    if not isinstance(value, datetime):
        return Due(at=start_of_day(value, zone), on=value, local=value.isoformat())
    if value.tzinfo is None:
        return Due(at=value.replace(tzinfo=zone).astimezone(UTC), on=None, local=value.isoformat())
    at = value.astimezone(UTC)
    return Due(at=at, on=None, local=at.astimezone(zone).replace(tzinfo=None).isoformat())


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_bounds(now: datetime, zone: ZoneInfo) -> tuple[date, datetime, datetime]:
    """Returns the day at that instant in the zone, its start and its end."""
    today = now.astimezone(zone).date()
    return today, start_of_day(today, zone), start_of_day(today + timedelta(days=1), zone)
