"""Recurrence rules as text: the RRULE of RFC 5545 section 3.3.10, with SKIP of RFC 7529.

A text without SKIP omits days that a month does not have. What the rules of this suite cannot express is refused.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from todo_kit.dates import to_instant
from todo_kit.fields import FIRST_YEAR, LAST_YEAR
from todo_kit.recurrence.rules import LONGEST_MONTH, WEEKDAYS, Frequency, InvalidRecurrence, Rule, Skip

LONGEST = 400
PATTERNS: dict[str, Frequency] = {
    "HOURLY": "hourly", "DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly",
}  # fmt: skip
SKIPS: dict[str, Skip] = {"OMIT": "omit", "BACKWARD": "backward"}
NAMES = {frequency: name for name, frequency in PATTERNS.items()}
WORKING_DAYS = ",".join(WEEKDAYS[:5])
PARTS = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "BYHOUR", "BYMINUTE",
    "BYSECOND", "WKST", "RSCALE", "SKIP",
}  # fmt: skip
PLUS = re.compile(r"^\+(?=\d)", re.ASCII)
UNTIL = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
NUMBER = re.compile(r"[+-]?\d{1,4}", re.ASCII)


def validated(text: str) -> str:
    """Returns a valid text. Raises InvalidRecurrence, which is a ValueError."""
    parse(text)
    return text


def parse(text: str) -> Rule:
    """Returns the rule that a text stands for. Raises InvalidRecurrence, which names the part."""
    parts = _parts(text)
    if parts.get("FREQ") not in PATTERNS:
        raise _refused(f"FREQ must be one of {', '.join(PATTERNS)}")
    frequency = PATTERNS[parts["FREQ"]]
    details: dict[str, Any] = {
        "times": _times(parts),
        "months": tuple(_numbers(parts, "BYMONTH")),
        "month_days": tuple(_numbers(parts, "BYMONTHDAY")),
        "count": _number(parts, "COUNT"),
        "interval": _number(parts, "INTERVAL", 1),
        "until": _until(parts["UNTIL"]) if "UNTIL" in parts else None,
        **_days(parts, frequency),
    }
    pattern, skip = _pattern(frequency, details), _skip(parts)
    if details["month_days"] == (-1,):
        details |= {"month_days": (), "last_day": True}
    _check_week_start(parts, pattern)
    try:
        rule = Rule(pattern, **details)
        return replace(rule, skip=skip) if rule.may_lack_day(LONGEST_MONTH) else rule
    except InvalidRecurrence as error:
        raise _refused(f"means {error.field}, which {error.message}") from None


def write(rule: Rule, anchor: date, zone: ZoneInfo, slot: int = 0) -> str | None:
    """Returns the text of a rule whose DTSTART is the anchor, which is at `slot`, without excluded dates (EXDATE).

    Returns None if there is none: in mode `completion`, for working days at several times or of several months every
    few years, and for times that are not the same minutes of each hour.
    """
    frequency, months = NAMES[rule.pattern], rule.months
    hours, minutes = ({getattr(at, unit) for at in rule.times} for unit in ("hour", "minute"))
    if rule.mode == "completion" or len(hours) * len(minutes) != len(rule.times):
        return None
    if rule.workday is not None and len(rule.times) > 1:
        return None  # BYSETPOS would pick from all times of the month
    if rule.workday is not None and rule.pattern == "yearly":
        if rule.interval > 1 and len(months) > 1:
            return None  # BYSETPOS would pick from all months of the year together
        frequency = "MONTHLY" if rule.interval == 1 else frequency
    if rule.last_day and rule.pattern == "yearly" and not months:
        months = (anchor.month,)
    clamps = rule.skip == "backward" and rule.may_lack_day(anchor.day)
    days = (-1,) if rule.last_day else rule.month_days
    parts = {
        "RSCALE": "GREGORIAN" if clamps else "",
        "FREQ": frequency,
        "INTERVAL": str(rule.interval) if rule.interval > 1 else "",
        "BYMONTH": _listed(months),
        "BYMONTHDAY": _listed(days),
        "BYDAY": WORKING_DAYS if rule.workday is not None else _listed(rule.weekdays),
        "BYSETPOS": _listed([] if rule.workday is None else [rule.workday]),
        "BYHOUR": _listed(sorted(hours)),
        "BYMINUTE": _listed(sorted(minutes)),
        "SKIP": "BACKWARD" if clamps else "",
        "COUNT": str(max(rule.count - slot, 1) if rule.count else ""),
        "UNTIL": _written_until(rule.until, anchor, zone) if rule.until else "",
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for each in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, separator, value = each.partition("=")
        if name not in PARTS:
            raise _refused(f"{name[:20] or 'an empty part'} is not supported; the parts are {', '.join(sorted(PARTS))}")
        if not separator or not value or name in parts:
            raise _refused(f"{name} must be given once, with a value")
        parts[name] = value
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise _refused("RSCALE must be GREGORIAN")
    return parts


def _numbers(parts: dict[str, str], name: str) -> list[int]:
    values = parts[name].split(",") if name in parts else []
    if not all(NUMBER.fullmatch(value) for value in values):
        raise _refused(f"{name} must be numbers")
    return [int(value) for value in values]


def _number(parts: dict[str, str], name: str, default: int | None = None) -> int | None:
    if name in parts and not NUMBER.fullmatch(parts[name]):
        raise _refused(f"{name} must be a number")
    return int(parts[name]) if name in parts else default


def _days(parts: dict[str, str], pattern: Frequency) -> dict[str, Any]:
    """Reads BYDAY and BYSETPOS: a set of weekdays and a position in it are an ordinal weekday or a working day."""
    days = [PLUS.sub("", day) for day in parts["BYDAY"].split(",")] if "BYDAY" in parts else []
    positions = _numbers(parts, "BYSETPOS")
    has_one_month = pattern == "monthly" or (pattern == "yearly" and len(_numbers(parts, "BYMONTH")) == 1)
    if not positions:
        return {"weekdays": tuple(days)} if days else {}
    if len(_times(parts)) > 1:
        raise _refused("BYSETPOS cannot be given together with several times")
    if has_one_month and len(days) == 1 and days[0] in WEEKDAYS:
        return {"weekdays": tuple(f"{position}{days[0]}" for position in positions)}
    if has_one_month and set(days) == set(WORKING_DAYS.split(",")) and len(positions) == 1:
        return {"workday": positions[0]}
    raise _refused("BYSETPOS is supported for one weekday, or for one position in MO,TU,WE,TH,FR, of a monthly rule")


def _pattern(frequency: Frequency, details: dict[str, Any]) -> Frequency:
    """Returns the pattern that says the same as the frequency: every day or month that is a Tuesday is every week."""
    if details["interval"] > 1 or frequency == "hourly":
        return frequency
    if "weekdays" in details and set(details["weekdays"]) <= set(WEEKDAYS) and not details["month_days"]:
        return "weekly"
    in_every_month = frequency == "yearly" and details["month_days"] and not details["months"]
    return "monthly" if in_every_month else frequency


def _times(parts: dict[str, str]) -> tuple[time, ...]:
    """Reads BYHOUR and BYMINUTE: each of the minutes of each of the hours."""
    hours, minutes = _numbers(parts, "BYHOUR"), _numbers(parts, "BYMINUTE")
    if _numbers(parts, "BYSECOND") not in ([], [0]):
        raise _refused("BYSECOND must be 0")
    if bool(minutes) != bool(hours):
        raise _refused("BYHOUR and BYMINUTE must be given together")
    try:
        return tuple(time(hour, minute) for hour in hours for minute in minutes)
    except ValueError:
        raise _refused("BYHOUR must be 0 to 23, and BYMINUTE 0 to 59") from None


def _skip(parts: dict[str, str]) -> Skip:
    skip = parts.get("SKIP", "OMIT")
    if skip not in SKIPS:
        raise _refused(f"SKIP must be {' or '.join(SKIPS)}")
    return SKIPS[skip]


def _check_week_start(parts: dict[str, str], pattern: Frequency) -> None:
    matters = pattern == "weekly" and parts.get("INTERVAL", "1") != "1"
    if parts.get("WKST", "MO") not in (["MO"] if matters else WEEKDAYS):
        raise _refused("WKST must be MO: weeks begin on Monday")


def _until(text: str) -> date | None:
    """Returns None for an end after the supported years, which other programs write for no end."""
    found = UNTIL.fullmatch(text)
    try:
        if found is None or int(found[1]) < FIRST_YEAR:
            raise ValueError  # noqa: TRY301 - as for a day that does not exist
        year, month, day, *clock = found.groups()[:6]
        if int(year) > LAST_YEAR:
            return None
        on = date(int(year), int(month), int(day))
        if clock[0] is None:
            return on
        hour, minute, second = (int(each) for each in clock)
        at = datetime.combine(on, time(hour, minute, second))
        return at.replace(tzinfo=UTC) if found[7] else at
    except ValueError:
        raise _refused(f"UNTIL must be such as 20261224 or 20261224T080000Z, from {FIRST_YEAR} on") from None


def _written_until(until: date, anchor: date, zone: ZoneInfo) -> str:
    """Writes UNTIL with the type of DTSTART, as section 3.3.10 demands: a day, or an instant in UTC."""
    if isinstance(until, datetime):
        instant = until if until.tzinfo else to_instant(until, zone)
        if not isinstance(anchor, datetime):
            return f"{instant.astimezone(zone):%Y%m%d}"
    elif isinstance(anchor, datetime):
        instant = to_instant(datetime.combine(until + timedelta(days=1), time()), zone) - timedelta(seconds=1)
    else:
        return f"{until:%Y%m%d}"
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _listed(values: Iterable[object]) -> str:
    return ",".join(str(value) for value in values)


def _refused(message: str) -> InvalidRecurrence:
    return InvalidRecurrence("rrule", message)
