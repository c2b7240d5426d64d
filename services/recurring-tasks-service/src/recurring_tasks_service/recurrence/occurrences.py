"""The occurrences of a series: the n-th, the one that follows a completion, and the ones to come."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime

from recurring_tasks_service.recurrence import reasons
from recurring_tasks_service.recurrence.days import after_completion, nth_day
from recurring_tasks_service.recurrence.local_time import happens_twice, local_day, to_instant
from recurring_tasks_service.recurrence.rule import FIRST_YEAR, LAST_YEAR, End, Series

BEGINNING = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
BEYOND = datetime(LAST_YEAR, 1, 1, tzinfo=UTC)
"""Nothing is due at this instant or later: the supported years end here."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    slot: int
    due: datetime
    """The instant, in UTC; of an all-day occurrence the start of its local day."""
    local: datetime | date
    """The same on the wall clock, with the zone; of an all-day occurrence the day."""
    reason: str
    """Why it is then, in a few plain words."""


def occurrence(series: Series, slot: int) -> Occurrence | None:
    """The occurrence at a slot; None before the anchor's slot, past the series' end and beyond the supported years.

    In mode `completion` a later slot's date depends on the completion before it (`next_occurrence`); this gives what
    the schedule alone would say.
    """
    found = _scheduled(series, slot)
    return None if found is None or _ended_by(series, found) else found


def next_occurrence(
    series: Series, after_slot: int, due: datetime, completed_at: datetime | None = None
) -> Occurrence | None:
    """What follows the occurrence at `after_slot`, which was due at `due` (rescheduled or not); None when nothing does.

    Both instants are aware. Without `completed_at`: what would follow if it were completed when due.
    """
    found = _following(series, after_slot, due, completed_at)
    return None if found is None or _ended_by(series, found) else found


def upcoming(
    series: Series, after_slot: int, due: datetime, completed_at: datetime | None, count: int
) -> tuple[list[Occurrence], End | None]:
    """Up to `count` occurrences that follow, each as if the one before it is completed when due.

    Also says which end of the rule the list reaches: None means that the series goes on after it.
    """
    found: list[Occurrence] = []
    following = _following(series, after_slot, due, completed_at)
    while following and not _ended_by(series, following) and len(found) < count:
        found.append(following)
        following = _following(series, following.slot, following.due, None)
    return found, _ended_by(series, following) if following else None


def _scheduled(series: Series, slot: int) -> Occurrence | None:
    """The occurrence at a slot as the anchor gives it, whether or not the series has ended before."""
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
    """The first slot later than `after_slot` that is due after both instants; all-day: on a day after both days."""
    passed = max(due, completed_at)
    if series.all_day:
        # Not the same as comparing instants: clocks set back at midnight bring some of the day before once more.
        day = max(local_day(due, series.zone), local_day(completed_at, series.zone))
        passed = to_instant(datetime.combine(day, series.wall_time), series.zone)

    def due_at(slot: int) -> datetime:
        day = nth_day(series.rule, series.first_day, slot - series.anchor_slot)
        return to_instant(datetime.combine(day, series.wall_time), series.zone) if day else BEYOND

    # Instants never fall from slot to slot, and each slot is at least a day, so bisection finds it without walking.
    first = max(after_slot + 1, series.anchor_slot)
    last = series.anchor_slot + (BEYOND.date() - series.first_day).days + 1
    return first + bisect_right(range(first, max(first, last)), passed, key=due_at)


def _on_day(series: Series, slot: int, day: date, reason: str) -> Occurrence | None:
    """The occurrence on a local day, at the series' wall-clock time as far as the clocks of that day have it."""
    wall = datetime.combine(day, series.wall_time)
    due = to_instant(wall, series.zone)
    if due >= BEYOND:
        return None
    local = due.astimezone(series.zone)
    if series.all_day:
        # A zone that crosses the date line skips a day (Samoa, 30 December 2011); the next one then stands for both.
        moved = reasons.skipped_day(day, local.date()) if local.date() != day else None
        return Occurrence(slot, due, local.date(), moved or reason)
    changed = reasons.clock(wall, local.replace(tzinfo=None, fold=0), twice=happens_twice(wall, series.zone))
    return Occurrence(slot, due, local, changed or reason)


def _ended_by(series: Series, found: Occurrence) -> End | None:
    """Which end of the rule lies before the occurrence; None when it belongs to the series."""
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
    """The instant, or the nearest within the supported years: local time has no place for the very first and last."""
    return min(max(instant, BEGINNING), BEYOND)
