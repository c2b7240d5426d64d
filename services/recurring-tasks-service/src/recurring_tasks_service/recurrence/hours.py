"""Applies an hourly rule: hours that pass, whatever the clocks on the wall do."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from recurring_tasks_service.recurrence.series import Series
from todo_kit.dates import to_instant

HOUR = timedelta(hours=1)


def nth_instant(series: Series, slot: int) -> datetime | None:
    """Returns the instant of a slot; None outside the supported years."""
    try:
        return first_instant(series) + (slot - series.anchor_slot) * series.rule.interval * HOUR
    except OverflowError:
        return None


def slots_after(series: Series, after_slot: int, passed: datetime) -> Iterator[tuple[int, datetime]]:
    """Yields the slots after `after_slot` that are due after `passed`."""
    intervals_passed = (passed - first_instant(series)) // (series.rule.interval * HOUR)
    slot = max(after_slot + 1, series.anchor_slot + intervals_passed + 1)
    while instant := nth_instant(series, slot):
        yield slot, instant
        slot += 1


def first_instant(series: Series) -> datetime:
    return to_instant(datetime.combine(series.first_day, series.wall_time), series.zone)
