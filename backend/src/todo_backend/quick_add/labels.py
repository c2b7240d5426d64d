"""Short labels of the fields, in the language of the text."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from todo_backend.quick_add.language import Language
from todo_backend.quick_add.meanings import Field, Here
from todo_kit.recurrence import Rule

MINUTES = (("day", 24 * 60), ("hour", 60), ("minute", 1))


def label(field: Field, fields: dict[str, Any], here: Here, language: Language) -> str:
    match field:
        case "recurrence" if "recurrence_pattern" in fields:
            return rule(fields["recurrence_pattern"], fields.get("recurrence", {}), here, language)
        case "due_date" | "recurrence" if "due_date" in fields:
            return when(fields["due_date"], here, language)
        case "priority" if "priority" in fields:
            return str(fields["priority"])
        case "reminder" if "reminder_lead_time" in fields:
            return reminders(fields, here, language)
        case _:
            return language.labels["words"]


def when(text: str, here: Here, language: Language) -> str:
    """Formats "Sat 28 Feb, 09:00", with the year if it is not the current one."""
    timed = "T" in text
    at = datetime.fromisoformat(text)
    return f"{day(at.date(), here, language)}, {clock(at, here)}" if timed else day(at.date(), here, language)


def clock(at: time | datetime, here: Here) -> str:
    """Formats "17:00" or "5:00 PM"."""
    return f"{at:%H:%M}" if here.conventions.hour_cycle == "h23" else f"{at.hour % 12 or 12}:{at:%M %p}"


def day(on: date, here: Here, language: Language) -> str:
    year = "" if on.year == here.today.year else f" {on.year}"
    return f"{language.weekdays[on.weekday()]} {on.day} {language.months[on.month - 1]}{year}"


def rule(pattern: str, details: Mapping[str, Any], here: Here, language: Language) -> str:
    """Formats "every 2 weeks on Mon and Wed until Thu 31 Dec"."""
    found, words = Rule.of(pattern, details), language.labels
    text = words[pattern] if found.interval == 1 else words[f"every {pattern}"].format(found.interval)
    qualifiers = {
        "on": named_days(found, language),
        "at": [clock(at, here) for at in found.times],
        "in": [language.months[month - 1] for month in found.months],
        "except": [day(excluded, here, language) for excluded in found.excluded_dates],
    }
    for name, values in qualifiers.items():
        text = words[name].format(text, listed(values, language)) if values else text
    if found.skip == "omit":
        text = words["omit"].format(text)
    if found.mode == "completion":
        text = words["completion"].format(text)
    if found.until:
        text = words["until"].format(text, day(local_day(found.until, here), here, language))
    return words["count"].format(text, found.count) if found.count else text


def named_days(found: Rule, language: Language) -> list[str]:
    """Names the days of a rule: "Mon", "the 2nd Tue", "the 15th", "the last day", "the 1st working day"."""
    words, ordinal = language.labels, language.ordinal
    days = (-1,) if found.last_day else found.month_days
    return [
        *(language.weekdays[weekday] for weekday in found.listed),
        *(words["nth weekday"].format(ordinal(nth), language.weekdays[weekday]) for nth, weekday in found.ordinals),
        *(words["nth day" if day > 0 else "nth last day"].format(ordinal(day)) for day in days),
        *([words["nth working day"].format(ordinal(found.workday))] if found.workday else []),
    ]


def local_day(at: date, here: Here) -> date:
    if not isinstance(at, datetime):
        return at
    return at.date() if at.tzinfo is None else at.astimezone(here.zone).date()


def listed(names: list[str], language: Language) -> str:
    *most, last = names
    return f"{', '.join(most)}{language.labels['and']}{last}" if most else last


def reminders(fields: Mapping[str, Any], here: Here, language: Language) -> str:
    """Formats "1 day before at 18:00 and 1 hour before"."""
    lead_time = fields["reminder_lead_time"]
    every = fields.get("reminders") or [{"minutes_before": lead_time}]
    return listed([reminder(each, here, language) for each in every], language)


def reminder(found: Mapping[str, Any], here: Here, language: Language) -> str:
    """Formats a reminder, given as JSON of `todo_kit.reminders`, except an instant, which no text means."""
    if "days_before" not in found:
        return lead_time(found["minutes_before"], language)
    day = lead_time(found["days_before"] * MINUTES[0][1], language) if found["days_before"] else language.labels["same"]
    return language.labels["at"].format(day, clock(time.fromisoformat(found["time"]), here))


def lead_time(minutes: int | None, language: Language) -> str:
    if not minutes:
        return language.labels["no reminder" if minutes is None else "when due"]
    unit, size = next((unit, size) for unit, size in MINUTES if minutes % size == 0)
    number = minutes // size
    return language.labels["before"].format(language.labels[unit if number == 1 else f"{unit}s"].format(number))
