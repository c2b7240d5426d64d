"""Between wall clocks and instants, where clocks are changed.

`zoneinfo` reads a skipped wall-clock time (`fold=0`) with the offset from before the gap. That is the right instant,
but the date-time still shows the time that does not exist; only the way through UTC and back shows the real one.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def to_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, of a naive local time: skipped, it moves forward by the gap; repeated, the first counts."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def happens_twice(wall: datetime, zone: ZoneInfo) -> bool:
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    # A skipped time has two readings too, but there `fold=1` is the earlier one.
    return first < second
