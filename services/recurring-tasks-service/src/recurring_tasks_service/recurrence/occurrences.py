"""Computes the occurrences of a series: the n-th, the next one after a completion, and a list of the next ones."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from recurring_tasks_service.recurrence import reasons
from recurring_tasks_service.recurrence.days import after_completion, days, is_named, is_plain, nth_day
from recurring_tasks_service.recurrence.hours import HOUR, nth_instant, slots_after
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

    None also on an excluded day. In mode `completion`, the date of a later slot depends on the previous completion
    (`next_occurrence`). This function ignores completions and applies the schedule.
    """
    if slot < series.anchor_slot:
        return None
    if series.rule.pattern == "hourly":
        instant = nth_instant(series, slot)
        found = instant and _at_instant(series, slot, instant)
    else:
        wall = _wall_at(series, slot)
        found = _scheduled(series, slot, wall) if wall and not _is_excluded(series, wall) else None
    return None if not found or _ended_by(series, found) else found


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
    for following in _each_following(series, after_slot, due, completed_at):
        if (end := _ended_by(series, following)) or len(found) == count:
            return found, end
        found.append(following)
    return found, None


def _each_following(
    series: Series, after_slot: int, due: datetime, completed_at: datetime | None
) -> Iterator[Occurrence]:
    """Yields the next occurrences, without the end of the rule."""
    following = _following(series, after_slot, due, completed_at)
    if following and series.rule.mode == "schedule" and not is_plain(series.rule):
        yield from _listed(series, following)
        return
    while following:
        yield following
        following = _following(series, following.slot, following.due, None)


def _listed(series: Series, first: Occurrence) -> Iterator[Occurrence]:
    """Yields an occurrence and those after it, in one walk over the days of the rule."""
    yield first
    passed = first.due
    for slot, wall in _listed_slots(series, first.slot + 1, passed):
        if to_instant(wall, series.zone) > passed and not _is_excluded(series, wall):
            found = _scheduled(series, slot, wall)
            if found is None:
                return
            passed = found.due
            yield found


def _scheduled(series: Series, slot: int, wall: datetime) -> Occurrence | None:
    """Returns the occurrence at a slot, whose wall-clock time is known. Ignores the end of the series."""
    is_first = slot == series.anchor_slot
    reason = reasons.STARTS_HERE if is_first else reasons.scheduled(series.rule, series.first_day, wall.date())
    return _at_wall(series, slot, wall, reason)


def _following(series: Series, after_slot: int, due: datetime, completed_at: datetime | None) -> Occurrence | None:
    due = _supported(due)
    completed_at = due if completed_at is None else _supported(completed_at)
    if series.rule.pattern == "hourly":
        return _following_hour(series, after_slot, max(due, completed_at), completed_at)
    if series.rule.mode == "schedule":
        slot_and_wall = _next_slot(series, after_slot, due, completed_at)
        return _scheduled(series, *slot_and_wall) if slot_and_wall else None
    due_day, completion_day = local_day(due, series.zone), local_day(completed_at, series.zone)
    day = after_completion(series.rule, due_day, completion_day)
    while day in series.rule.excluded_dates:
        day = after_completion(series.rule, day, day)
    if day is None:
        return None
    wall, reason = datetime.combine(day, series.wall_time), reasons.completed(series.rule, completion_day, day)
    return _at_wall(series, after_slot + 1, wall, reason)


def _following_hour(series: Series, after_slot: int, passed: datetime, completed_at: datetime) -> Occurrence | None:
    if series.rule.mode == "schedule":
        slot, instant = next(slots_after(series, after_slot, passed), (0, BEYOND))
        return _at_instant(series, slot, instant)
    completed_at = completed_at.replace(second=0, microsecond=0)
    return _at_instant(series, after_slot + 1, completed_at + series.rule.interval * HOUR)


def _at_instant(series: Series, slot: int, instant: datetime) -> Occurrence | None:
    """Returns the occurrence of an hourly rule."""
    if instant >= BEYOND:
        return None
    is_first = slot == series.anchor_slot and series.rule.mode == "schedule"
    reason = reasons.STARTS_HERE if is_first else reasons.hourly(series.rule)
    return Occurrence(slot, instant, instant.astimezone(series.zone), reason)


def _next_slot(series: Series, after_slot: int, due: datetime, completed_at: datetime) -> tuple[int, datetime] | None:
    """Returns the first slot after `after_slot` that is due after both instants, and its wall-clock time.

    An all-day slot is on a day after both days. Excluded days keep their slots.
    """
    passed = max(due, completed_at)
    if series.all_day:
        # Comparing instants is not enough: clocks set back at midnight repeat part of the previous day.
        day = max(local_day(due, series.zone), local_day(completed_at, series.zone))
        passed = to_instant(datetime.combine(day, series.wall_time), series.zone)
    first = max(after_slot + 1, series.anchor_slot)
    slots = _plain_slots(series, first, passed) if is_plain(series.rule) else _listed_slots(series, first, passed)
    ahead = ((slot, wall) for slot, wall in slots if to_instant(wall, series.zone) > passed)
    return next(((slot, wall) for slot, wall in ahead if not _is_excluded(series, wall)), None)


def _plain_slots(series: Series, first: int, passed: datetime) -> Iterator[tuple[int, datetime]]:
    """Yields the slots from `first` on, without most of those that are not due after `passed`."""

    def due_at(slot: int) -> datetime:
        wall = _wall_at(series, slot)
        return to_instant(wall, series.zone) if wall else BEYOND

    # Due instants never decrease from day to day, so the slot can be found by bisection. Within a day they may: where
    # clocks skip 02:30, it is at 03:30, after 03:00.
    days_left = (BEYOND.date() - series.first_day).days + 1
    slots = range(first, max(first, series.anchor_slot + days_left * len(series.times)))
    slot = max(first, first + bisect_right(slots, passed, key=due_at) - len(series.times) + 1)
    while wall := _wall_at(series, slot):
        yield slot, wall
        slot += 1


def _listed_slots(series: Series, first: int, passed: datetime) -> Iterator[tuple[int, datetime]]:
    """Yields the slots from `first` on, without most of those that are not due after `passed`."""
    earliest = local_day(passed, series.zone) - timedelta(days=1)  # a gap at midnight moves a slot to the next day
    slot = series.anchor_slot
    for day in days(series.rule, series.first_day):
        times = _times_on(series, day)
        if day >= earliest:
            yield from ((at, wall) for at, wall in enumerate(_walls(day, times), slot) if at >= first)
        slot += len(times)


def _walls(day: date, times: tuple[time, ...]) -> Iterator[datetime]:
    return (datetime.combine(day, at) for at in times)


def _wall_at(series: Series, slot: int) -> datetime | None:
    """Returns the wall-clock time of a slot from the anchor's on; None outside the supported years."""
    n, on_first_day = slot - series.anchor_slot, _times_on(series, series.first_day)
    if n < len(on_first_day):
        return datetime.combine(series.first_day, on_first_day[n])
    later_days, index = divmod(n - len(on_first_day), len(series.times))
    day = nth_day(series.rule, series.first_day, later_days + 1)
    return datetime.combine(day, series.times[index]) if day else None


def _times_on(series: Series, day: date) -> tuple[time, ...]:
    """Returns the times of a day of the rule. On the anchor's day it begins with the anchor."""
    if day != series.first_day:
        return series.times
    later = series.times if is_named(series.rule, day) else ()
    return (series.wall_time, *(at for at in later if at > series.wall_time))


def _is_excluded(series: Series, wall: datetime) -> bool:
    return wall.date() in series.rule.excluded_dates


def _at_wall(series: Series, slot: int, wall: datetime, reason: str) -> Occurrence | None:
    """Returns the occurrence at a wall-clock time, adjusted for a DST change."""
    due = to_instant(wall, series.zone)
    if due >= BEYOND:
        return None
    local = due.astimezone(series.zone)
    if series.all_day:
        # A zone that crosses the date line skips a day (Samoa, 30 December 2011). The next day counts for both.
        moved = reasons.skipped_day(wall.date(), local.date()) if local.date() != wall.date() else None
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
