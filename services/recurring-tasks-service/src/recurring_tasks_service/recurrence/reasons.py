"""Texts for the user: why an occurrence has its date."""

from calendar import monthrange
from datetime import date, datetime, time

from todo_kit.recurrence import BY_MONTH, Rule
from todo_kit.recurrence.months import WEEK
from todo_kit.text import ordinal

STARTS_HERE = "the series starts here"

_UNITS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Not from `calendar`, whose names depend on the locale of the process.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def hourly(rule: Rule) -> str:
    return (
        f"{_times(rule, one='1 ')} after completion" if rule.mode == "completion" else f"every {_times(rule, one='')}"
    )


def scheduled(rule: Rule, anchor: date, day: date) -> str:
    times = f" at {_joined([_time(at) for at in rule.times])}" if rule.times else ""
    return f"{_scheduled_day(rule, anchor, day)}{times}"


def _scheduled_day(rule: Rule, anchor: date, day: date) -> str:
    if clamped := _clamped(rule, anchor, day):
        return clamped
    every = "every " + _times(rule, one="")
    if place := _named_place(rule, day):
        of_month = f"{place} of {_month(day)}"
        if rule.last_day and rule.pattern == "monthly":
            of_month = f"{place} of the month"
        return of_month if rule.interval == 1 else f"{every} on {of_month if rule.last_day else place}"
    return f"{every}{_days(rule, anchor)}{_in_months(rule)}"


def completed(rule: Rule, completion: date, day: date) -> str:
    if clamped := _clamped(rule, completion, day):
        return clamped
    if place := not rule.last_day and _named_place(rule, day):
        return f"{place} of {_month(day)}, counted from completion"
    if rule.weekdays or rule.month_days:
        return f"every {_times(rule, one='')}{_days(rule, day)}{_in_months(rule)}, counted from completion"
    after = f"{_times(rule, one='1 ')} after completion{_in_months(rule)}"
    return f"the last day of the month, {after}" if rule.last_day else after


def _named_place(rule: Rule, day: date) -> str:
    """Returns the place of the day in its month, as the rule names it: "the second Tuesday". Empty if it does not."""
    if rule.last_day:
        return "the last day"
    if rule.workday is not None:
        return f"the {_ordinal(rule.workday)} working day"
    length = monthrange(day.year, day.month)[1]
    places = {(day.day - 1) // WEEK + 1, -((length - day.day) // WEEK + 1)}
    named = [nth for nth, weekday in rule.ordinals if weekday == day.weekday() and nth in places]
    return f"the {_ordinal(named[0])} {_DAYS[day.weekday()]}" if named else ""


def _ordinal(number: int) -> str:
    """Returns "second", "last", "second last", and from six on "6th"."""
    if abs(number) > len(_ORDINALS):
        return ordinal(number)
    word = _ORDINALS[abs(number) - 1]
    return word if number > 0 else "last" if number == -1 else f"{word} last"


def _days(rule: Rule, anchor: date) -> str:
    if rule.month_days:
        return f" on {_joined([_day_of_month(day) for day in rule.month_days])}"
    match rule.pattern:
        case "daily":
            return ""
        case "weekly":
            return f" on {_listed(rule.listed or [anchor.weekday()])}"
        case "monthly":
            return f" on day {anchor.day}"
        case _:
            return f" on day {anchor.day}" if rule.months else f" on {_day_and_month(anchor)}"


def _day_of_month(day: int) -> str:
    return f"day {day}" if day > 0 else f"the {_ordinal(day)} day"


def _in_months(rule: Rule) -> str:
    """Returns " from April to September", or " in January and July"; empty if the rule is for all months."""
    if not rule.months:
        return ""
    first, *_, last = (rule.months[0], *rule.months)
    names = [_MONTHS[month - 1] for month in rule.months]
    is_span = last - first == len(rule.months) - 1 >= 2  # noqa: PLR2004 - a span has a month between its ends
    return f" from {names[0]} to {names[-1]}" if is_span else f" in {_joined(names)}"


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


def _clamped(rule: Rule, anchor: date, day: date) -> str | None:
    """Returns why the day is not the one that the rule names; None if it is."""
    if rule.pattern not in BY_MONTH or rule.skip == "omit" or rule.last_day or rule.weekdays or rule.workday:
        return None
    named = rule.month_days or (anchor.day,)
    length = monthrange(day.year, day.month)[1]
    missing = [wanted for wanted in named if wanted > length]
    if day.day != length or not missing or length in named or -1 in named:
        return None
    if rule.pattern == "yearly" and not rule.months:
        return f"{day.year} has no {_day_and_month(anchor)}, so the last day"
    return f"{_month(day)} has no day {missing[0]}, so the last day"


def _times(rule: Rule, *, one: str) -> str:
    unit = _UNITS[rule.pattern]
    return f"{one}{unit}" if rule.interval == 1 else f"{rule.interval} {unit}s"


def _listed(weekdays: list[int]) -> str:
    return _joined([_DAYS[weekday] for weekday in weekdays])


def _joined(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _month(day: date) -> str:
    return _MONTHS[day.month - 1]


def _day_and_month(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _time(wall: datetime | time) -> str:
    return wall.strftime("%H:%M:%S" if wall.second else "%H:%M")
