"""Dates, repetitions and reminders in a sentence, read by the quick-add language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from todo_backend.quick_add.languages.english import ENGLISH
from todo_backend.quick_add.languages.english.words import NUMBERS
from todo_backend.quick_add.meanings import Here
from todo_backend.quick_add.parser import understand
from todo_backend.quick_add.schemas import Ambiguity

MOST_CHARACTERS = 500
"""What the language is made for."""
TIMES_OF = re.compile(
    r"[ ,]{0,3}(?:for |over )?(?:the )?(?:next |coming )?(?P<count>[0-9]{1,2}|"
    rf"{'|'.join(word for word in NUMBERS if len(word) > 2)}) (?P<unit>time|occurrence|date|month|week|year)s?"  # noqa: PLR2004
    r"(?: in a row)?$",
    re.IGNORECASE,
)
TIMES = ("time", "occurrence", "date")
NUMBER_AND_UNIT = re.compile(
    r"(?P<number>[0-9]{1,5}|[a-z]{1,8}(?: an)?) ?(?:more )?(?P<unit>[a-z]{1,8})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a task, and what of it can be read in several ways."""

    title: str
    fields: dict[str, Any]
    open: Sequence[Ambiguity] = ()


def understood(text: str, here: Here, picks: Sequence[int] = ()) -> Reading:
    """`picks` are the choices that were made already, one for each of the first of what can be read in several ways."""
    found = understand(text, here.now, here.zone, ENGLISH, conventions=here.conventions)
    fields = found.fields.model_dump(mode="json", exclude_unset=True)
    title = found.title
    for ambiguity, pick in zip(found.ambiguities, picks, strict=False):
        chosen = ambiguity.alternatives[min(pick, len(ambiguity.alternatives) - 1)].fields
        fields |= chosen.model_dump(mode="json", exclude_unset=True)
        title = fields.pop("title", title)
    fields.pop("title", None)
    return Reading(title, {name: value for name, value in fields.items() if value is not None}, found.ambiguities)


def read(text: str, here: Here, picks: Sequence[int] = ()) -> Reading | None:
    """Of words that shall say nothing but fields of a task; None if they do not."""
    if len(text) > MOST_CHARACTERS or not text.strip():
        return None
    found = understood(text, here, picks)
    return found if found.fields and not found.title.strip(" ,.;:-") else None


def due(fields: dict[str, Any]) -> datetime | date | None:
    text = fields.get("due_date")
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def repetition(text: str, here: Here) -> tuple[str, int] | None:
    """The words of a repetition, and how many dates of it are wanted (0: not said)."""
    counted = TIMES_OF.search(text[:MOST_CHARACTERS])
    if counted and counted["unit"].lower() not in (*TIMES, *text[: counted.start()].lower().split()):
        counted = None  # "every day for the next 2 weeks" says how long it lasts
    words = text[: counted.start()] if counted else text
    number = number_of(counted["count"]) if counted else 0
    found = read(words, here)
    return (words, number) if found and "recurrence_pattern" in found.fields else None


def number_of(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS.get(word.lower(), 0)


def amount_of(text: str) -> tuple[int, str]:
    """`2 days` as a number and a unit in the plural; half an hour as minutes."""
    words = text.lower().replace(" more", "").replace("another", "one")
    if words.startswith("half an"):
        return 30, "minutes"
    match = NUMBER_AND_UNIT.fullmatch(words)
    if not match:
        return 0, "days"
    units = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks", "y": "years"}
    unit = "months" if match["unit"].startswith("mo") else units[match["unit"][0]]
    return number_of(match["number"]), unit
