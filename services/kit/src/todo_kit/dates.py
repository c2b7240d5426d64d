"""Conversion of dates to instants."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def at_utc(value: date | datetime) -> datetime:
    """Returns the instant in UTC, for services that do not know the user's zone.

    A date-time without offset is taken as UTC. A date becomes its start in UTC.
    """
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


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


def start_of_day(day: date, time_zone: str) -> datetime:
    """Returns the first instant of the day in the zone, in UTC. Not midnight where clocks go forward at midnight."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)
