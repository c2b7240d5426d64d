"""An independent reading of recurrence rules: `dateutil.rrule` on naive dates, and the policy around it.

It shares no code with the recurrence engine. It lists every day from the anchor on, which is slow.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, dropwhile
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, HOURLY, MONTHLY, WEEKLY, YEARLY, rrule, rruleset, weekday

from todo_kit.recurrence import Rule

FREQUENCIES: dict[str, Any] = {"daily": DAILY, "weekly": WEEKLY, "monthly": MONTHLY, "yearly": YEARLY}
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
SHORTEST_MONTH = 28


def days(rule: Rule, anchor: date) -> Iterator[date]:
    """Yields the anchor and the days of the rule after it, also the excluded ones."""
    yield anchor
    yield from (day for day in named(rule, anchor) if day > anchor)


def walls(rule: Rule, first_day: date, first_time: time) -> Iterator[datetime]:
    """Yields the local times of a rule. On the anchor's day later times count if the rule names that day."""
    is_named = first_day == next((day for day in named(rule, first_day) if day >= first_day), None)
    yield datetime.combine(first_day, first_time)
    for day in days(rule, first_day):
        for at in rule.times or (first_time,):
            if day != first_day or (is_named and at > first_time):
                yield datetime.combine(day, at)


def named(rule: Rule, anchor: date) -> Iterator[date]:
    """Yields the days that the rule names, perhaps some before the anchor."""
    found = rruleset()
    for month in months(rule, anchor):
        for options in day_options(rule, anchor):
            found.rrule(
                rrule(
                    FREQUENCIES[rule.pattern],
                    dtstart=datetime.combine(period_start(rule, anchor), time()),
                    until=datetime(2199, 12, 31),  # noqa: DTZ001 - naive dates
                    interval=rule.interval,
                    bymonth=month,
                    **options,
                )
            )
    return (at.date() for at in found)


def months(rule: Rule, anchor: date) -> list[Any]:
    """A yearly rule is several, one for each month: a position in a set counts from the beginning of the year."""
    if rule.pattern == "yearly":
        return list(rule.months or (anchor.month,))
    return [rule.months or None]


def period_start(rule: Rule, anchor: date) -> date:
    """An anchor that the rule does not name gives the phase of its interval all the same."""
    match rule.pattern:
        case "weekly":
            return anchor - timedelta(days=anchor.weekday())
        case "monthly":
            return anchor.replace(day=1)
        case "yearly":
            return anchor.replace(month=1, day=1)
    return anchor


def day_options(rule: Rule, anchor: date) -> Iterator[dict[str, Any]]:
    if rule.pattern == "daily":
        yield {}
    elif rule.pattern == "weekly":
        yield {"byweekday": [DAYS.index(day) for day in rule.weekdays] or anchor.weekday()}
    elif rule.weekdays:
        yield {"byweekday": [weekday(DAYS.index(day[-2:]), int(day[:-2])) for day in rule.weekdays]}
    elif rule.workday:
        yield {"byweekday": [0, 1, 2, 3, 4], "bysetpos": rule.workday}
    else:
        for day in (-1,) if rule.last_day else rule.month_days or (anchor.day,):
            clamps = rule.skip == "backward" and day > SHORTEST_MONTH
            yield (
                {"bymonthday": list(range(SHORTEST_MONTH, day + 1)), "bysetpos": -1} if clamps else {"bymonthday": day}
            )


def following(
    rule: Rule, anchor: date, zone: ZoneInfo, after_slot: int, passed: datetime
) -> tuple[int, datetime] | None:
    """Returns slot and instant of the first occurrence after a slot and an instant; None after the end of the rule."""
    first_day = anchor.date() if isinstance(anchor, datetime) else anchor
    wall = anchor.time() if isinstance(anchor, datetime) else time()
    if rule.pattern == "hourly":
        return following_hour(rule, datetime.combine(first_day, wall, zone).astimezone(UTC), zone, after_slot, passed)
    slots = zip(count(), walls(rule, first_day, wall), strict=False)
    due = ((slot, at.date(), at.replace(tzinfo=zone).astimezone(UTC)) for slot, at in slots)
    ahead = dropwhile(lambda each: each[0] <= after_slot or not is_after(each[1:], anchor, zone, passed), due)
    for slot, day, at in ahead:
        if day in rule.excluded_dates:
            continue
        is_over = slot >= rule.count if rule.count else ends_before(rule.until, at, zone)
        return None if is_over else (slot, at)
    return None


def following_hour(
    rule: Rule, first: datetime, zone: ZoneInfo, after_slot: int, passed: datetime
) -> tuple[int, datetime] | None:
    instants = rrule(HOURLY, dtstart=first, interval=rule.interval)
    slot, at = next((slot, at) for slot, at in enumerate(instants) if slot > after_slot and at > passed)
    is_over = slot >= rule.count if rule.count else ends_before(rule.until, at, zone)
    return None if is_over else (slot, at)


def is_after(due: tuple[date, datetime], anchor: date, zone: ZoneInfo, passed: datetime) -> bool:
    """All day: on a later day, even where clocks that are set back at midnight repeat a part of the day."""
    day, at = due
    return at > passed if isinstance(anchor, datetime) else day > passed.astimezone(zone).date()


def ends_before(until: date | None, at: datetime, zone: ZoneInfo) -> bool:
    if until is None:
        return False
    return at > until if isinstance(until, datetime) else at.astimezone(zone).date() > until
