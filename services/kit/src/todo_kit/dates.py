"""Due dates and instants.

A due date is an instant, or a day in a time zone. Both are stored as an instant (a day as its start) for sorting.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def at_utc(value: date | datetime) -> datetime:
    """Returns the instant in UTC, for services that do not know the user's zone.

    A date-time without offset is taken as UTC. A date becomes its start in UTC.
    """
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


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

    For a date-time with an offset, `local` is its wall-clock time in the zone.
    """
    if not isinstance(value, datetime):
        return Due(at=start_of_day(value, zone), on=value, local=value.isoformat())
    if value.tzinfo is None:
        return Due(at=to_instant(value, zone), on=None, local=value.isoformat())
    at = value.astimezone(UTC)
    return Due(at=at, on=None, local=at.astimezone(zone).replace(tzinfo=None).isoformat())


def to_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Converts a local date-time without offset to UTC.

    A time in a DST gap moves forward by the gap (RFC 5545 section 3.3.5). Of two equal local times, `fold` decides: by
    default the first counts.
    """
    return wall.replace(tzinfo=zone).astimezone(UTC)


DAY_MINUTES = 24 * 60


def remind_at(due: datetime | date, time_zone: str, lead_minutes: int, all_day_time: time) -> datetime:
    """Returns the instant of a reminder, in UTC.

    Timed task: exact minutes before `due`, an aware instant. So 1440 is not "the day before" where clocks change.
    All-day task: before `all_day_time` on the due day. Whole days of the lead time are calendar days, the rest is exact
    minutes. A time in a DST gap moves forward by the gap; a repeated time means the first one.
    """
    if isinstance(due, datetime):
        return due.astimezone(UTC) - timedelta(minutes=lead_minutes)
    days, minutes = divmod(lead_minutes, DAY_MINUTES)
    wall = datetime.combine(due - timedelta(days=days), all_day_time, ZoneInfo(time_zone))
    return wall.astimezone(UTC) - timedelta(minutes=minutes)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Returns the first instant of the day in the zone, in UTC. Not midnight where clocks go forward at midnight."""
    return to_instant(datetime.combine(day, time()), zone)


def day_bounds(now: datetime, zone: ZoneInfo) -> tuple[date, datetime, datetime]:
    """Returns the day at that instant in the zone, its start and its end."""
    today = now.astimezone(zone).date()
    return today, start_of_day(today, zone), start_of_day(today + timedelta(days=1), zone)
