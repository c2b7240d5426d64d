"""Dates as they come in, made instants."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def at_utc(value: date | datetime) -> datetime:
    """For services that have no person's zone at hand: what has no offset is meant in UTC, a date is its start."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


DAY_MINUTES = 24 * 60


def remind_at(due: datetime | date, time_zone: str, lead_minutes: int, all_day_time: time) -> datetime:
    """The instant of a reminder, in UTC.

    Timed task: exact minutes before `due`, an aware instant. So 1440 is not "the day before" where clocks change.
    All-day task: `all_day_time` on its day. Whole days of the lead time count on the calendar, the rest as minutes. A
    time in a DST gap moves forward by the gap; of a repeated time the first one counts.
    """
    if isinstance(due, datetime):
        return due.astimezone(UTC) - timedelta(minutes=lead_minutes)
    days, minutes = divmod(lead_minutes, DAY_MINUTES)
    wall = datetime.combine(due - timedelta(days=days), all_day_time, ZoneInfo(time_zone))
    return wall.astimezone(UTC) - timedelta(minutes=minutes)


def start_of_day(day: date, time_zone: str) -> datetime:
    """The day's first instant in the zone, in UTC: not always midnight, where clocks go forward at midnight."""
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)
