from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from todo_kit.dates import to_instant


def next_time(now: datetime, send_at: time, zone: ZoneInfo) -> datetime:
    """Returns the next instant at which it is this time of day in the zone. Where a day skips it, it is moved."""
    today = now.astimezone(zone).date()
    instants = (_instant(today + timedelta(days=days), send_at, zone) for days in (0, 1))
    return next(instant for instant in instants if instant > now)


def _instant(day: date, send_at: time, zone: ZoneInfo) -> datetime:
    return to_instant(datetime.combine(day, send_at), zone)
