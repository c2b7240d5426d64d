"""The meanings of priorities, tags and reminders."""

from pydantic import TypeAdapter, ValidationError

from todo_backend.quick_add.clocks import on_24_hours, on_the_clock, with_half
from todo_backend.quick_add.meanings import Here, Meaning, Readings, Reminder
from todo_backend.tasks.fields import Priority, Tag

MAX_LEAD = 366 * 24 * 60
MINUTES_OF = {"minutes": 1, "hours": 60, "days": 24 * 60, "weeks": 7 * 24 * 60}
TAG: TypeAdapter[str] = TypeAdapter(Tag)
NAMED: dict[int, Priority] = {1: "High", 2: "Medium", 3: "Low"}


def level(_: Here, level: int) -> Readings:
    """Reads a priority; 1 is the highest. Level 4, which other apps have, is Low too."""
    return [Meaning(priority=NAMED.get(level, "Low"))]


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
    minutes = number * MINUTES_OF.get(unit, MAX_LEAD + 1)
    return [Meaning(reminder=Reminder(minutes))] if 0 <= minutes <= MAX_LEAD else []


def half_an_hour(_: Here) -> Readings:
    return [Meaning(reminder=Reminder(30))]


def when_due(_: Here) -> Readings:
    return [Meaning(reminder=Reminder(0))]


def at(here: Here, hour: str, minute: int = 0, half: str = "") -> Readings:
    clocks = with_half(here, hour, half, minute) if half else on_the_clock(here, hour, minute)
    return [Meaning(reminder=Reminder(at=reading.clock)) for reading in clocks]


def at_24_hours(here: Here, hour: str, minute: int = 0) -> Readings:
    return [Meaning(reminder=Reminder(at=reading.clock)) for reading in on_24_hours(here, hour, minute)]


def off(_: Here) -> Readings:
    return [Meaning(reminder=Reminder())]
