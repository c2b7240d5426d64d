"""Short labels of the fields, in the language of the text."""

from datetime import date, datetime
from typing import Any

from todo_backend.quick_add.language import Language
from todo_backend.quick_add.meanings import Field, Here
from todo_kit.recurrence import WEEKDAYS

SHORT: tuple[str, ...] = WEEKDAYS
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
            return reminder(fields["reminder_lead_time"], language)
        case _:
            return language.labels["words"]


def when(text: str, here: Here, language: Language) -> str:
    """Formats "Sat 28 Feb, 09:00", with the year if it is not the current one."""
    timed = "T" in text
    at = datetime.fromisoformat(text)
    return f"{day(at.date(), here, language)}, {clock(at, here)}" if timed else day(at.date(), here, language)


def clock(at: datetime, here: Here) -> str:
    """Formats "17:00" or "5:00 PM"."""
    return f"{at:%H:%M}" if here.conventions.hour_cycle == "h23" else f"{at.hour % 12 or 12}:{at:%M %p}"


def day(on: date, here: Here, language: Language) -> str:
    year = "" if on.year == here.today.year else f" {on.year}"
    return f"{language.weekdays[on.weekday()]} {on.day} {language.months[on.month - 1]}{year}"


def rule(pattern: str, details: dict[str, Any], here: Here, language: Language) -> str:
    words = language.labels
    interval = details.get("interval", 1)
    text = words[pattern] if interval == 1 else words[f"every {pattern}"].format(interval)
    if named := named_days(details, language):
        text = words["on"].format(text, listed(named, language))
    if months := details.get("months"):
        text = words["in"].format(text, listed([language.months[month - 1] for month in months], language))
    if excluded := details.get("excluded_dates"):
        days = [day(date.fromisoformat(each), here, language) for each in excluded]
        text = words["except"].format(text, listed(days, language))
    if details.get("mode") == "completion":
        text = words["completion"].format(text)
    if until := details.get("until"):
        text = words["until"].format(text, day(local_day(until, here), here, language))
    if count := details.get("count"):
        text = words["count"].format(text, count)
    return text


def named_days(details: dict[str, Any], language: Language) -> list[str]:
    """Names the days of a rule: "Mon", "the 2nd Tue", "the 15th", "the last day", "the 1st working day"."""
    words, ordinal = language.labels, language.ordinal
    found = [weekday(name, language) for name in details.get("weekdays") or []]
    days = [-1] if details.get("last_day") else details.get("month_days") or []
    found += [words["nth day" if day > 0 else "nth last day"].format(ordinal(day)) for day in days]
    if workday := details.get("workday"):
        found.append(words["nth working day"].format(ordinal(workday)))
    return found


def weekday(name: str, language: Language) -> str:
    number, short = name[:-2], language.weekdays[SHORT.index(name[-2:])]
    return language.labels["nth weekday"].format(language.ordinal(int(number)), short) if number else short


def local_day(at: date | str, here: Here) -> date:
    """The day of a date, an instant, or a text of either."""
    at = datetime.fromisoformat(at) if isinstance(at, str) else at
    if not isinstance(at, datetime):
        return at
    return at.date() if at.tzinfo is None else at.astimezone(here.zone).date()


def listed(names: list[str], language: Language) -> str:
    *most, last = names
    return f"{', '.join(most)}{language.labels['and']}{last}" if most else last


def reminder(minutes: int | None, language: Language) -> str:
    if not minutes:
        return language.labels["no reminder" if minutes is None else "when due"]
    unit, size = next((unit, size) for unit, size in MINUTES if minutes % size == 0)
    number = minutes // size
    return language.labels["before"].format(language.labels[unit if number == 1 else f"{unit}s"].format(number))
