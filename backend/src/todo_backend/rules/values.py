"""Dates, repetitions, reminders and spans of time in words. Quick-add reads them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from todo_backend.quick_add.languages.english import ENGLISH
from todo_backend.quick_add.languages.english.words import NUMBERS
from todo_backend.quick_add.meanings import Before, Here
from todo_backend.quick_add.parser import understand
from todo_backend.quick_add.schemas import Ambiguity
from todo_backend.rules.vocabulary import Task
from todo_kit.recurrence import WEEKDAYS

MOST_CHARACTERS = 500
"""The limit of quick-add."""
MOST_OF_VALUE = 150
"""Longer texts are no date."""
DUE = "%a %Y-%m-%d %H:%M"
DAY = "%a %Y-%m-%d"
SPAN = re.compile(r"(?P<number>[0-9]{1,5}|[a-z]{1,8}(?: an)?) ?(?:more )?(?P<unit>[a-z]{1,8})", re.IGNORECASE)
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks", "y": "years"}
MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60, "weeks": 7 * 24 * 60}


CLOCK = re.compile(r"(?:at )?((?:1[0-2]|[7-9]):[0-5][0-9])")
TIMES = re.compile(
    r"[ ,]{0,3}(?:for |over )?(?:the )?(?:next |coming )?(?P<count>[0-9]{1,2}|[a-z]{3,6}) "
    r"(?P<unit>time|occurrence|date|month|week|year)s?(?: in a row)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a task. `ambiguities` have several readings, of which `picks` are chosen."""

    title: str
    fields: dict[str, Any]
    ambiguities: Sequence[Ambiguity] = ()


def understood(text: str, here: Here, picks: Sequence[int] = ()) -> Reading:
    found = understand(text, here.now, here.zone, ENGLISH, conventions=here.conventions, before=here.before)
    fields = found.fields.model_dump(mode="json", exclude_unset=True)
    title = found.title
    open_ones = [each for each in found.ambiguities if not _is_of_the_other_half(each, here)]
    for ambiguity, pick in zip(open_ones, picks, strict=False):
        chosen = ambiguity.alternatives[min(pick, len(ambiguity.alternatives) - 1)].fields
        fields |= chosen.model_dump(mode="json", exclude_unset=True)
        title = fields.pop("title", title)
    fields.pop("title", None)
    return Reading(title, {name: value for name, value in fields.items() if value is not None}, open_ones)


def _is_of_the_other_half(ambiguity: Ambiguity, here: Here) -> bool:
    """Whether 11:30 was read as such, and the question is if it means 23:30, which a 24-hour clock would show."""
    written = CLOCK.fullmatch(ambiguity.text)
    chosen = ambiguity.alternatives[ambiguity.chosen].fields.due_date or ""
    return (
        here.conventions.hour_cycle == "h23"
        and ambiguity.question.startswith("“")
        and written is not None
        and f"T{written[1]:0>5}" in chosen
    )


def read(text: str, here: Here, picks: Sequence[int] = ()) -> Reading | None:
    """Returns None unless the words say nothing but fields of a task."""
    if len(text) > MOST_OF_VALUE or not text.strip():
        return None
    found = understood(text, here, picks)
    return found if found.fields and not found.title.strip(" ,.;:-") else None


def changing(here: Here, task: Task | None = None) -> Here:
    """Returns where a text is read that changes the task. Without a task: whatever its date is."""
    if task is None:
        return replace(here, before=Before(here.now.replace(tzinfo=None)))
    rule = read(str(task.get("repeats", "")), here)
    weekdays = rule.fields.get("recurrence", {}).get("weekdays", ()) if rule else ()
    return replace(here, before=Before(due_of(task), tuple(day for day in WEEKDAYS if day in weekdays)))


def date_words(text: str, here: Here) -> tuple[str, str]:
    """Returns the words that name a day or a time, and the text after them."""
    found = understand(text[:MOST_CHARACTERS], here.now, here.zone, ENGLISH, conventions=here.conventions)
    spans = [match for match in found.matches if match.field == "due_date"]
    return " ".join(span.text for span in spans), text[max((span.end for span in spans), default=len(text)) :]


def repetition(text: str, here: Here) -> tuple[str, int] | None:
    """Returns the words of a repetition, and the number of dates that is asked for, or 0.

    "every month for the next 4 months" asks for 4 dates; "every day for the next 2 weeks" says how long it lasts.
    """
    counts = TIMES.search(text[:MOST_CHARACTERS])
    if counts and counts["unit"].lower() not in ("time", "occurrence", "date", *text[: counts.start()].lower().split()):
        counts = None
    words = text[: counts.start()] if counts else text
    found = read(words, here)
    number = number_of(counts["count"]) if counts else 0
    return (words, number) if found and "recurrence_pattern" in found.fields else None


def due(fields: Mapping[str, Any]) -> datetime | date | None:
    text = fields.get("due_date")
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def due_of(task: Task) -> datetime | date | None:
    return local(task.get("due"))


def local(text: Any) -> datetime | date | None:
    """Parses a date as the tools write it, on the user's clock."""
    for form in (DUE, DAY):
        try:
            found = datetime.strptime(str(text), form)  # noqa: DTZ007 - a wall clock
        except ValueError:
            continue
        return found if form == DUE else found.date()
    return None


def number_of(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS.get(word.lower(), 0)


def span_of(text: str) -> tuple[int, str]:
    """Returns `2 days` as a number and a unit in the plural. The number is 0 if it is not understood."""
    words = text.lower().replace(" more", "").replace("another", "one").replace("the ", "a ")
    if words.startswith("half an"):
        return 30, "minutes"
    match = SPAN.fullmatch(words)
    if not match or match["unit"][0] not in UNITS:
        return 0, "days"
    return number_of(match["number"]), "months" if match["unit"].startswith("mo") else UNITS[match["unit"][0]]


def later(due: datetime | date, amount: int, unit: str, here: Here) -> datetime | date:
    """Days count on the wall clock, hours as time that passes. Raises ValueError or OverflowError."""
    match unit:
        case "hours" | "minutes" if isinstance(due, datetime):
            at = due.replace(tzinfo=here.zone).astimezone(UTC) + timedelta(**{unit: amount})
            return at.astimezone(here.zone)  # with the offset: an hour may come twice
        case "months":
            return due + relativedelta(months=amount)  # the last day of a shorter month
        case "years":
            return due + relativedelta(years=amount)
        case _:
            return due + timedelta(**{unit: amount})
