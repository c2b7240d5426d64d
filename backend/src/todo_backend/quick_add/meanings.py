"""What phrases mean, apart from the words of any language: the vocabulary that the parser's parts share."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

from todo_backend.accounts.locales import Conventions
from todo_backend.tasks.fields import Pattern, Priority
from todo_kit.events.tasks import Weekday

Sure = Literal["always", "likely", "with a hint", "beside a time", "after a time", "with a preposition"]
"""Whether a phrase is one wherever it stands ("likely": asking, where it may be a part of a name), or ("sat", "night",
"7") needs something beside it that makes it one."""

Mode = Literal["schedule", "completion"]


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: Pattern
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    mode: Mode = "schedule"


@dataclass(frozen=True, slots=True)
class Reminder:
    """So many minutes before the due date, or at a time; neither: none is wanted."""

    minutes: int | None = None
    at: time | None = None


@dataclass(frozen=True)
class Meaning:
    """What one reading of a phrase says; None is what it does not speak of. All None: it is words of the title."""

    day: date | None = None
    clock: time | None = None
    unlikely: time | None = None
    """The clock in the other half of the day, which is meant where the text says that it is night or morning."""
    counted: bool | None = None
    """The time was counted from now: it comes once, whatever the clocks do, and its `fold` says which one it is."""
    daypart: str | None = None
    days_later: int | None = None
    """Counted from the day that is said, today if none is: 1 for the midnight that ends it, 0 for its end."""
    rule: Rule | None = None
    last_day: bool | None = None
    until: date | None = None
    count: int | None = None
    lasts: tuple[int, str] | None = None
    """How long a rule holds, from its first day on: so many days, weeks, months or years."""
    priority: Priority | None = None
    tag: str | None = None
    reminder: Reminder | None = None

    @cached_property
    def says(self) -> dict[str, Any]:
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None}


Field = Literal["due_date", "recurrence", "priority", "tags", "reminder"]
FIELDS: dict[str, Field] = {
    "rule": "recurrence",
    "day": "due_date",
    "last_day": "recurrence",
    "until": "recurrence",
    "count": "recurrence",
    "lasts": "recurrence",
    "priority": "priority",
    "tag": "tags",
    "reminder": "reminder",
}
"""The first of these that a phrase says is what it is about; else it is about the time."""
WORDS = Meaning()
Readings = list[Meaning]
"""The likeliest first; none when the phrase means nothing, such as 31 February."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of a language's table: a pattern with {slots}, and what makes a meaning of the words found in them."""

    pattern: str
    meaning: Callable[..., Readings]
    sure: Sure = "always"
    question: str = "readings"
    """Which of the language's questions is asked when there are several readings ("passed": if the first one has)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase that was found, and which of its readings holds. The span counts code points."""

    start: int
    end: int
    readings: tuple[Meaning, ...]
    sure: Sure
    question: str
    choice: int = 0

    @property
    def meaning(self) -> Meaning:
        return self.readings[self.choice]

    @property
    def field(self) -> Field:
        """The field of a task that the phrase is about."""
        said = next((reading for reading in self.readings if reading != WORDS), WORDS).says
        return next((field for name, field in FIELDS.items() if name in said), "due_date")

    def read_as(self, choice: int) -> "Part":
        return replace(self, choice=choice)

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Here:
    """When and where the text is typed."""

    now: datetime
    """On the person's wall clock."""
    zone: ZoneInfo
    conventions: Conventions = field(default_factory=Conventions)

    @property
    def today(self) -> date:
        return self.now.date()
