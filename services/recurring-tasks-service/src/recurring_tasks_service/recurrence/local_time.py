"""Conversion between wall-clock times and instants, across DST changes.

`zoneinfo` reads a skipped wall-clock time (`fold=0`) with the offset from before the gap. The instant is right, but the
date-time still shows the time that does not exist. Converting to UTC and back gives the real wall-clock time.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def happens_twice(wall: datetime, zone: ZoneInfo) -> bool:
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    # A skipped time has two readings too, but its `fold=1` is the earlier one.
    return first < second
