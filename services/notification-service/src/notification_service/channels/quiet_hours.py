from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from todo_kit.dates import to_instant

QUIET = "quiet hours"
"""Why a delivery waits, as the user is told."""


def after_quiet_hours(at: datetime, start: time | None, end: time | None, zone: ZoneInfo) -> datetime:
    """Returns the instant itself, or the end of the quiet hours that it is in. They may span midnight."""
    if start is None or end is None:
        return at
    local = at.astimezone(zone)
    now = local.time()
    quiet = start <= now < end if start < end else now >= start or now < end
    if not quiet:
        return at
    day = local.date() + timedelta(days=1 if now >= end else 0)
    return max(at, to_instant(datetime.combine(day, end), zone))
