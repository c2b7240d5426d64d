"""The meanings of priorities, tags and reminders."""

from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from todo_backend.quick_add.clocks import DAYPARTS, on_24_hours, on_the_clock, with_half
from todo_backend.quick_add.meanings import WHEN_DUE, Here, Meaning, Readings, Reminder
from todo_backend.tasks.fields import Priority, Tag
from todo_kit.reminders import MAX_REMINDERS

MAX_LEAD = 366 * 24 * 60
MOST_MONTHS = 12
DAY_MINUTES = 24 * 60
MINUTES_OF = {"minutes": 1, "hours": 60, "days": DAY_MINUTES, "weeks": 7 * DAY_MINUTES}
MONTHS_OF = {"months": 1, "years": MOST_MONTHS}
TAG: TypeAdapter[str] = TypeAdapter(Tag)
NAMED: dict[int, Priority] = {1: "High", 2: "Medium", 3: "Low", 4: "None"}


def level(_: Here, level: int) -> Readings:
    """Reads a priority; 1 is the highest, 4 is none."""
    return [Meaning(priority=NAMED[level])]


def exclamations(_: Here, marks: str) -> Readings:
    return [Meaning(priority="High" if len(marks) > 2 else "Medium")]  # noqa: PLR2004 - three are more than two


def tag(_: Here, tag: str) -> Readings:
    """Reads a tag. A number is no tag, because "#12" usually refers to an item; nor is what the API refuses as one."""
    return [] if tag.isdigit() or not is_tag(tag) else [Meaning(tag=tag)]


def is_tag(text: str) -> bool:
    try:
        TAG.validate_python(text)
    except ValidationError:
        return False
    return True


def lead(_: Here, unit: str, number: int = 1) -> Readings:
    return reminders(before(number, unit))


def leads(_: Here, leads: Sequence[tuple[int, str]]) -> Readings:
    return reminders(*(before(number, unit) for number, unit in leads))


def before(number: int, unit: str) -> Reminder:
    return Reminder(minutes=number * MINUTES_OF.get(unit, 0), months=number * MONTHS_OF.get(unit, 0))


def reminders(*found: Reminder) -> Readings:
    fits = all(reminder.minutes <= MAX_LEAD and reminder.months <= MOST_MONTHS for reminder in found)
    return [Meaning(reminders=found)] if fits and len(found) <= MAX_REMINDERS else []


def when_due(_: Here) -> Readings:
    return reminders(WHEN_DUE)


def at(here: Here, hour: str, minute: int = 0, half: str = "", number: int = 1, unit: str = "") -> Readings:
    """Reads a time of day: with a unit, so many days or weeks before the due day."""
    clocks = with_half(here, hour, half, minute) if half else on_the_clock(here, hour, minute)
    return at_clocks(clocks, number, unit)


def at_24_hours(here: Here, hour: str, minute: int = 0, number: int = 1, unit: str = "") -> Readings:
    return at_clocks(on_24_hours(here, hour, minute), number, unit)


def at_clocks(clocks: Readings, number: int, unit: str) -> Readings:
    days = number * MINUTES_OF.get(unit, 0) // DAY_MINUTES if unit else None
    if days == 0 or (days and days > MAX_LEAD // DAY_MINUTES):
        return []
    return [Meaning(reminders=(Reminder(at=reading.clock, days=days),)) for reading in clocks]


def daypart_before(_: Here, daypart: str) -> Readings:
    return reminders(Reminder(at=DAYPARTS[daypart], days=1))


def off(_: Here) -> Readings:
    return reminders()
