"""The types for phrases and their meanings, independent of a language."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

from todo_backend.accounts.locales import Conventions
from todo_backend.tasks.fields import Priority
from todo_kit.dates import resolve
from todo_kit.recurrence import Rule, Weekday

Sure = Literal[
    "always", "likely", "with a hint", "beside a time", "after a time", "after a reminder", "with a preposition"
]
"""Where a phrase counts: everywhere ("likely": with a question if it may be part of a name), or ("sat", "night", "7")
only with a hint, next to a time or with a preposition."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Minutes and months before the due date, or a time. Nothing: when the task is due."""

    minutes: int = 0
    months: int = 0
    at: time | None = None
    days: int | None = None
    """Days before the due day. Without it, the last such time before the due date is meant."""


WHEN_DUE = Reminder()


@dataclass(frozen=True)
class Meaning:
    """One reading of a phrase. None means that it does not set the field. All None: words of the title."""

    day: date | None = None
    ordinal: bool | None = None
    """The day was named by its weekday in the month ("second Tuesday of May"), which no rule can say."""
    clock: time | None = None
    unlikely: time | None = None
    """The time in the other half of the day, used only if the text names a part of the day that it is in."""
    afternoon: time | None = None
    """The time twelve hours later, of an hour on a 24-hour clock: used if the text names a part of the day that it is
    in, and asked about if `clock` has passed."""
    counted: bool | None = None
    """The time was counted from now, so it is exact even across a DST change. Its `fold` tells equal times apart."""
    daypart: str | None = None
    ends: bool | None = None
    """The time was named as an end: "until 6 pm"."""
    zone: str | None = None
    """The time zone of the time, if the text names one."""
    keeps_words: bool | None = None
    """The words stay in the title, as they say more than the fields can: "5pm-6pm"."""
    days_later: int | None = None
    """Days after the named day, or after today if none is named: 1 for the midnight at its end, 0 for "end of day"."""
    rule: Rule | None = None
    completes: bool | None = None
    """The rule counts from the completion: "after completion"."""
    quarterly: bool | None = None
    """The rule was named by quarters, not by three months."""
    last_day: bool | None = None
    times: tuple[time, ...] | None = None
    """All times of each day of a rule."""
    nth: tuple[str, ...] | None = None
    """The weekdays of a monthly rule, such as 2TU."""
    of_month: int | None = None
    """The month that the text names without a day: "in June" has a day of it, and limits a rule to it."""
    months: tuple[int, ...] | None = None
    """The months to which a rule is limited."""
    excluded: tuple[date, ...] | None = None
    """The days that a rule leaves out."""
    until: date | None = None
    count: int | None = None
    lasts: tuple[int, str] | None = None
    """How long a rule lasts from its first day: a number of days, weeks, months or years."""
    priority: Priority | None = None
    tag: str | None = None
    reminders: tuple[Reminder, ...] | None = None
    """Empty: no reminder, as the text says."""

    @cached_property
    def says(self) -> dict[str, Any]:
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None}


Field = Literal["due_date", "recurrence", "priority", "tags", "reminder"]
FIELDS: dict[str, Field] = {
    "rule": "recurrence",
    "day": "due_date",
    "last_day": "recurrence",
    "nth": "recurrence",
    "months": "recurrence",
    "excluded": "recurrence",
    "until": "recurrence",
    "count": "recurrence",
    "lasts": "recurrence",
    "completes": "recurrence",
    "priority": "priority",
    "tag": "tags",
    "reminders": "reminder",
}
"""The field of a phrase, by what it says. The first match counts; the default is `due_date`."""
WORDS = Meaning()
Readings = list[Meaning]
"""Sorted by likelihood. Empty if the phrase means nothing, such as 31 February."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row in the tables of a language: a pattern with {slots}, and the function that reads their values."""

    pattern: str
    meaning: Callable[..., Readings]
    sure: Sure = "always"
    question: str = "readings"
    """The question asked if there are several readings. `passed` is asked only if the first reading has passed."""
    lower_case: bool = False
    """With a capital it is a name."""
    capital: bool = False
    """Without a capital it is another word."""


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase found in the text, and its chosen reading. `start` and `end` count code points."""

    start: int
    end: int
    readings: tuple[Meaning, ...]
    sure: Sure
    question: str
    choice: int = 0
    is_other: bool = False
    """The phrase is in the other language (`Language.other`)."""

    @property
    def meaning(self) -> Meaning:
        return self.readings[self.choice]

    @property
    def field(self) -> Field:
        """The task field that the phrase sets."""
        said = next((reading for reading in self.readings if reading != WORDS), WORDS).says
        return next((field for name, field in FIELDS.items() if name in said), "due_date")

    def read_as(self, choice: int) -> "Part":
        return replace(self, choice=choice)

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Before:
    """The task that a text changes: what the text does not mention stays as it is."""

    due: date | None
    """On the clock of the user."""
    weekdays: tuple[Weekday, ...] = ()
    """Of its weekly rule."""
    zone: ZoneInfo | None = None
    """The zone of the task, which a change of its date keeps."""


@dataclass(frozen=True, slots=True)
class Here:
    """When and where the text is typed."""

    now: datetime
    """In the zone."""
    zone: ZoneInfo
    conventions: Conventions = field(default_factory=Conventions)
    home: ZoneInfo | None = None
    """The user's zone, if the text names another one."""
    before: Before | None = None
    """None for the text of a new task."""

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def due(self) -> date | None:
        return self.before.due if self.before else None

    def elsewhere(self, zone: ZoneInfo) -> "Here":
        """Returns the same instant and due date on the clock of another zone."""
        due = self.due
        if isinstance(due, datetime):
            due = resolve(due, self.zone).at.astimezone(zone).replace(tzinfo=None)
        before = self.before and replace(self.before, due=due)
        return replace(self, now=self.now.astimezone(zone), zone=zone, home=self.zone, before=before)

    @property
    def usual_day(self) -> date:
        """The day of a text that names none: that of the task before unless it is over, otherwise today."""
        due = self.due.date() if isinstance(self.due, datetime) else self.due
        return max(due, self.today) if due else self.today
