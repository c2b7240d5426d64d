"""Texts for the user: why an occurrence has its date."""

from datetime import date, datetime

from todo_kit.recurrence import Rule

STARTS_HERE = "the series starts here"

_UNITS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Not from `calendar`, whose names depend on the locale of the process.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def scheduled(rule: Rule, anchor: date, day: date) -> str:
    if clamped := _clamped(rule, anchor, day):
        return clamped
    every = "every " + _times(rule, one="")
    if rule.last_day:
        place = "the last day of the month" if rule.pattern == "monthly" else f"the last day of {_month(day)}"
        return place if rule.interval == 1 else f"{every} on {place}"
    match rule.pattern:
        case "daily":
            return every
        case "weekly":
            return f"{every} on {_listed(rule.listed or [anchor.weekday()])}"
        case "monthly":
            return f"{every} on day {anchor.day}"
        case "yearly":
            return f"{every} on {_day_and_month(anchor)}"


def completed(rule: Rule, completion: date, day: date) -> str:
    if clamped := _clamped(rule, completion, day):
        return clamped
    if rule.weekdays:
        return f"every {_times(rule, one='')} on {_listed(rule.listed)}, counted from completion"
    after = f"{_times(rule, one='1 ')} after completion"
    return f"the last day of the month, {after}" if rule.last_day else after


def clock(wall: datetime, local: datetime, *, twice: bool) -> str | None:
    """Returns the effect of a DST change on the time; None if there is none. Both arguments are naive local times."""
    if twice:
        return f"{_time(wall)} happens twice on this day, the first one counts"
    if wall == local:
        return None
    gap = f"{_time(wall)} does not exist on this day (clocks go forward), so {_time(local)}"
    return gap if wall.date() == local.date() else f"{gap} on {_day_and_month(local)}"


def skipped_day(wanted: date, day: date) -> str:
    return f"{_day_and_month(wanted)} does not exist in this time zone, so {_day_and_month(day)}"


def _clamped(rule: Rule, wanted: date, day: date) -> str | None:
    if rule.pattern not in {"monthly", "yearly"} or rule.last_day or wanted.day == day.day:
        return None
    if rule.pattern == "yearly":
        return f"{day.year} has no {_day_and_month(wanted)}, so the last day"
    return f"{_month(day)} has no day {wanted.day}, so the last day"


def _times(rule: Rule, *, one: str) -> str:
    unit = _UNITS[rule.pattern]
    return f"{one}{unit}" if rule.interval == 1 else f"{rule.interval} {unit}s"


def _listed(weekdays: list[int]) -> str:
    *most, last = [_DAYS[weekday] for weekday in weekdays]
    return f"{', '.join(most)} and {last}" if most else last


def _month(day: date) -> str:
    return _MONTHS[day.month - 1]


def _day_and_month(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _time(wall: datetime) -> str:
    return wall.strftime("%H:%M:%S" if wall.second else "%H:%M")
