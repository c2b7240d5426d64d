"""Computes the occurrences of a series: the n-th, the next one after a completion, and a list of the next ones."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime

from recurring_tasks_service.recurrence import reasons
from recurring_tasks_service.recurrence.days import after_completion, nth_day
from recurring_tasks_service.recurrence.local_time import happens_twice, local_day
from recurring_tasks_service.recurrence.series import FIRST_YEAR, LAST_YEAR, End, Series
from todo_kit.dates import to_instant

BEGINNING = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
BEYOND = datetime(LAST_YEAR, 1, 1, tzinfo=UTC)
"""End of the supported years, exclusive: nothing is due at this instant or later."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    slot: int
    due: datetime
    """The instant in UTC. For an all-day occurrence, the start of its local day."""
    local: datetime | date
    """The local time, with the zone. For an all-day occurrence, the day."""
    reason: str
    """Why the occurrence has this date; a short text for the user."""


def occurrence(series: Series, slot: int) -> Occurrence | None:
    """Returns the occurrence at a slot. None before the anchor's slot, after the end and outside the supported years.

    In mode `completion`, the date of a later slot depends on the previous completion (`next_occurrence`). This function
    ignores completions and applies the schedule.
    """
    found = _scheduled(series, slot)
    return None if found is None or _ended_by(series, found) else found


def next_occurrence(
    series: Series, after_slot: int, due: datetime, completed_at: datetime | None = None
) -> Occurrence | None:
    """Returns the occurrence after the one at `after_slot`; None after the end and outside the supported years.

    `due` is when the occurrence at `after_slot` was due, including a reschedule. `completed_at` defaults to `due`. Both
    must be aware.
    """
    found = _following(series, after_slot, due, completed_at)
    return None if found is None or _ended_by(series, found) else found


def upcoming(
    series: Series, after_slot: int, due: datetime, completed_at: datetime | None, count: int
) -> tuple[list[Occurrence], End | None]:
    """Returns up to `count` next occurrences, assuming that each is completed when due.

    Also returns which end of the rule the list reaches; None if the series continues after the list.
    """
    found: list[Occurrence] = []
    following = _following(series, after_slot, due, completed_at)
    while following and not _ended_by(series, following) and len(found) < count:
        found.append(following)
        following = _following(series, following.slot, following.due, None)
    return found, _ended_by(series, following) if following else None


def _scheduled(series: Series, slot: int) -> Occurrence | None:
    """Computes the occurrence at a slot from the anchor. Ignores the end of the series."""
    n = slot - series.anchor_slot
    day = nth_day(series.rule, series.first_day, n) if n >= 0 else None
    if day is None:
        return None
    reason = reasons.scheduled(series.rule, series.first_day, day) if n else reasons.STARTS_HERE
    return _on_day(series, slot, day, reason)


def _following(series: Series, after_slot: int, due: datetime, completed_at: datetime | None) -> Occurrence | None:
    due = _supported(due)
    completed_at = due if completed_at is None else _supported(completed_at)
    if series.rule.mode == "schedule":
        return _scheduled(series, _next_slot(series, after_slot, due, completed_at))
    due_day, completion_day = local_day(due, series.zone), local_day(completed_at, series.zone)
    day = after_completion(series.rule, due_day, completion_day)
    if day is None:
        return None
    return _on_day(series, after_slot + 1, day, reasons.completed(series.rule, completion_day, day))


def _next_slot(series: Series, after_slot: int, due: datetime, completed_at: datetime) -> int:
    """Returns the first slot after `after_slot` that is due after both instants; all-day: on a day after both days."""
    passed = max(due, completed_at)
    if series.all_day:
        # Comparing instants is not enough: clocks set back at midnight repeat part of the previous day.
        day = max(local_day(due, series.zone), local_day(completed_at, series.zone))
        passed = to_instant(datetime.combine(day, series.wall_time), series.zone)

    def due_at(slot: int) -> datetime:
        day = nth_day(series.rule, series.first_day, slot - series.anchor_slot)
        return to_instant(datetime.combine(day, series.wall_time), series.zone) if day else BEYOND

    # Due instants never decrease and each slot takes at least a day, so the slot can be found by bisection.
    first = max(after_slot + 1, series.anchor_slot)
    last = series.anchor_slot + (BEYOND.date() - series.first_day).days + 1
    return first + bisect_right(range(first, max(first, last)), passed, key=due_at)


def _on_day(series: Series, slot: int, day: date, reason: str) -> Occurrence | None:
    """Returns the occurrence on a local day at the series' wall-clock time, adjusted for a DST change on that day."""
    wall = datetime.combine(day, series.wall_time)
    due = to_instant(wall, series.zone)
    if due >= BEYOND:
        return None
    local = due.astimezone(series.zone)
    if series.all_day:
        # A zone that crosses the date line skips a day (Samoa, 30 December 2011). The next day counts for both.
        moved = reasons.skipped_day(day, local.date()) if local.date() != day else None
        return Occurrence(slot, due, local.date(), moved or reason)
    changed = reasons.clock(wall, local.replace(tzinfo=None, fold=0), twice=happens_twice(wall, series.zone))
    return Occurrence(slot, due, local, changed or reason)


def _ended_by(series: Series, found: Occurrence) -> End | None:
    """Returns the end of the rule that excludes the occurrence; None if it belongs to the series."""
    rule = series.rule
    if rule.count is not None:
        return "count" if found.slot >= rule.count else None
    if rule.until is None:
        return None
    if not isinstance(rule.until, datetime):
        return "until" if local_day(found.due, series.zone) > rule.until else None
    end = rule.until if rule.until.tzinfo else to_instant(rule.until, series.zone)
    return "until" if found.due > end else None


def _supported(instant: datetime) -> datetime:
    """Clamps an instant to the supported years. Local time would overflow at the limits of `datetime`."""
    return min(max(instant, BEGINNING), BEYOND)
