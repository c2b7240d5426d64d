"""Dates for display: in the user's time zone, in ISO order, which is unambiguous in every country."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

_POSIX_LOCALE = re.compile(r"([a-z]{2,3})_([A-Z]{2})(?:[.@].*)?", re.ASCII)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def zone_named(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):  # not in this machine's time zone database
        return ZoneInfo("UTC")


def locale_of(environment: Mapping[str, str]) -> str | None:
    """Returns this machine's locale as a BCP 47 tag (`en-US` for `en_US.UTF-8`); None for `C`, which has no region."""
    named = next(filter(None, map(environment.get, ("LC_ALL", "LC_TIME", "LANG"))), "")
    found = _POSIX_LOCALE.fullmatch(named)
    return f"{found[1]}-{found[2]}" if found else None


def shown(value: str | None, zone: ZoneInfo) -> str:
    """Formats a date as `Sat 2026-01-31 09:00`, without the time for an all-day task."""
    if not value:
        return ""
    if "T" not in value:
        return f"{DAYS[date.fromisoformat(value).weekday()]} {value}"
    local = datetime.fromisoformat(value).astimezone(zone)
    return f"{DAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"


def is_over(value: str | None, zone: ZoneInfo) -> bool:
    """Returns whether a due date has passed. An all-day task is late only after the end of that day."""
    if not value:
        return False
    now = datetime.now(UTC)
    return datetime.fromisoformat(value) < now if "T" in value else value < f"{now.astimezone(zone):%Y-%m-%d}"


def length(minutes: int) -> str:
    """Formats a duration as `1 d`, `2 h` or `90 min`."""
    for unit, size in (("w", 7 * 24 * 60), ("d", 24 * 60), ("h", 60)):
        if minutes and minutes % size == 0:
            return f"{minutes // size} {unit}"
    return f"{minutes} min"


def reminder(found: dict[str, Any], zone: ZoneInfo, all_day_time: str | None = None) -> str:
    """Formats a reminder. Minutes before an all-day task count from `all_day_time`, a time of day (HH:MM)."""
    if "at" in found:
        return shown(str(found["at"]), zone)
    if "days_before" in found:
        return on_day(found["days_before"], found["time"])
    minutes = found["minutes_before"]
    if all_day_time:
        hour, minute = map(int, all_day_time.split(":")[:2])
        days, clock = divmod(hour * 60 + minute - minutes, 24 * 60)
        return on_day(-days, f"{clock // 60:02}:{clock % 60:02}")
    return f"{length(minutes)} before" if minutes else "when it is due"


def on_day(days_before: int, at: str) -> str:
    return f"{days_before} d before at {at}" if days_before else f"on the day at {at}"


EVERY = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
WEEKDAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), DAYS, strict=True))


def rule(pattern: str, details: dict[str, Any] | None, zone: ZoneInfo) -> str:
    """Formats a rule as `every 2 weeks on Mon, Wed until Thu 2026-12-31` or `every month on the 2nd Tue`."""
    if pattern == "none":
        return ""
    details = details or {}
    interval = details.get("interval") or 1
    said = [f"every {EVERY[pattern]}" if interval == 1 else f"every {interval} {EVERY[pattern]}s"]
    if days := named_days(details):
        said.append(f"on {', '.join(days)}")
    if details.get("skip") == "omit":
        said.append("in months that have the day")
    if times := details.get("times"):
        said.append(f"at {', '.join(times)}")
    if months := details.get("months"):
        said.append(f"in {', '.join(MONTHS[month - 1] for month in months)}")
    if excluded := details.get("excluded_dates"):
        said.append(f"except {', '.join(shown(day, zone) for day in excluded)}")
    if details.get("mode") == "completion":
        said.append("after it is completed")
    if until := details.get("until"):
        said.append(f"until {shown(str(until), zone)}")
    if count := details.get("count"):
        said.append(f"{count} times")
    return " ".join(said)


def named_days(details: dict[str, Any]) -> list[str]:
    """Names the days of a rule: `Mon`, `the 2nd Tue`, `the 15th`, `the last day`, `the 1st working day`."""
    found = [
        f"the {ordinal(int(day[:-2]))} {WEEKDAYS[day[-2:]]}" if day[:-2] else WEEKDAYS[day]
        for day in details.get("weekdays") or []
    ]
    month_days = [-1] if details.get("last_day") else details.get("month_days") or []
    found += [f"the {ordinal(day)}" if day > 0 else f"the {ordinal(day)} day" for day in month_days]
    if workday := details.get("workday"):
        found.append(f"the {ordinal(workday)} working day")
    return found


def ordinal(number: int) -> str:
    """Formats `2nd`, and `2nd last` for -2."""
    of = abs(number)
    ending = "th" if of % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(of % 10, "th")
    return f"{of}{ending}" if number > 0 else "last" if number == -1 else f"{of}{ending} last"
