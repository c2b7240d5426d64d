"""Short labels of the fields, in the language of the text."""

from datetime import date, datetime
from typing import Any

from todo_backend.quick_add.language import Language
from todo_backend.quick_add.meanings import Field, Here
from todo_kit.recurrence import WEEKDAYS

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
    if weekdays := details.get("weekdays"):
        text = words["on"].format(
            text, listed([language.weekdays[WEEKDAYS.index(name)] for name in weekdays], language)
        )
    if details.get("last_day"):
        text = words["last day"].format(text)
    if details.get("mode") == "completion":
        text = words["completion"].format(text)
    if until := details.get("until"):
        text = words["until"].format(text, day(local_day(until, here), here, language))
    if count := details.get("count"):
        text = words["count"].format(text, count)
    return text


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
