"""How wall clocks become instants, at every change of every zone's clocks from 2010 to 2030.

The expectation never reads a local time: it only turns instants into wall clocks, which is never ambiguous.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from recurring_tasks_service.recurrence import Rule, Series, occurrence

pytestmark = pytest.mark.slow

ZONES = sorted(available_timezones())
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
AROUND = [timedelta(minutes=minutes) for minutes in (-60, -30, -1, 0, 1, 15, 29, 30, 59, 60, 90, 180)]


def test_all_zones_of_the_database_are_there() -> None:
    assert len(ZONES) > 590


@pytest.mark.parametrize("initial", sorted({zone[0] for zone in ZONES}))
def test_a_skipped_time_moves_by_the_gap_and_of_a_repeated_one_the_first_counts(initial: str) -> None:
    for zone in (ZoneInfo(key) for key in ZONES if key[0] == initial):
        for change in changes(zone):
            old_edge, new_edge = wall(change - SECOND, zone) + SECOND, wall(change, zone)
            for wanted in (old_edge + distance for distance in AROUND):
                with_old_offset = change + (wanted - old_edge)
                with_new_offset = change + (wanted - new_edge)
                real = [each for each in (with_old_offset, with_new_offset) if wall(each, zone) == wanted]
                # The old offset at a skipped time is the same as moving forward by the gap.
                assert real or old_edge <= wanted < new_edge
                assert_due(zone, wanted, min(real, default=with_old_offset))


def assert_due(zone: ZoneInfo, wanted: datetime, instant: datetime) -> None:
    """As the anchor and as the occurrence that a daily series comes to."""
    for anchor, slot in ((wanted, 0), (wanted - 40 * DAY, 40)):
        found = occurrence(Series(anchor, zone, Rule("daily")), slot)
        assert found is not None
        assert found.due == instant, (zone.key, wanted)
        assert found.local == instant.astimezone(zone)
        assert isinstance(found.local, datetime)
        assert found.local.replace(tzinfo=None) == wall(instant, zone), (zone.key, wanted)


def wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def changes(zone: ZoneInfo) -> list[datetime]:
    """The instants at which the zone's offset changes, to the second, found by halving."""
    found = []
    for start in (datetime(2010, 1, 1, tzinfo=UTC) + days * DAY for days in range(0, 7300, 10)):
        low, high = start, start + 10 * DAY
        if offset(low, zone) == offset(high, zone):
            continue
        while high - low > SECOND:
            middle = (low + (high - low) / 2).replace(microsecond=0)
            low, high = (middle, high) if offset(middle, zone) == offset(start, zone) else (low, middle)
        found.append(high)
    return found


def offset(instant: datetime, zone: ZoneInfo) -> timedelta | None:
    return instant.astimezone(zone).utcoffset()
