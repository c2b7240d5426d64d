"""Which phrases a text holds, and where; and what in it is not to be understood."""

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from todo_backend.quick_add.language import Language
from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Part, Phrase, Sure

Span = tuple[int, int]

QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
ADDRESS = re.compile(r"(?<!\S)(?:\S*?://|\S+?@\w|www\.)\S*")
MASK = "\x00"
"""Stands for what is not to be understood: it is in no pattern and, since it cannot be stored, in no text."""
TIME_FIELDS = {"due_date", "recurrence"}
MAX_PARTS = 30
"""No task says more than twenty tags and some more; what else a text holds is words, and none takes long."""
BETWEEN = string.whitespace + ","
AT_THE_END = re.compile(r"[\s.!?)]*$")


@dataclass(frozen=True, slots=True)
class Found:
    parts: list[Part]
    """In the text's order, without overlaps."""
    marks: frozenset[int]
    """Quotes and backslashes, which say how to read the text and are not a part of it."""


def find(text: str, here: Here, language: Language, literal: Iterable[str]) -> Found:
    folded = fold(text)
    quotes = [match.span() for match in QUOTED.finditer(text)]
    plain = quotes + [word.span() for word in ADDRESS.finditer(text)] + list(occurrences(folded, literal))
    masked = mask(folded, plain)
    parts = chosen(candidates(text, masked, here, language), masked)
    escaped = [part for part in parts if part.start and text[part.start - 1] == "\\"]
    if escaped:
        masked = mask(masked, [(part.start, part.end) for part in escaped])
        parts = chosen(candidates(text, masked, here, language), masked)
    marks = {at for start, end in quotes for at in (start, end - 1)} | {part.start - 1 for part in escaped}
    return Found(parts[:MAX_PARTS], frozenset(marks))


def fold(text: str) -> str:
    """Lower case, code point by code point: every place stays where it is."""
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)


def occurrences(folded: str, literal: Iterable[str]) -> Iterator[Span]:
    for phrase in filter(None, map(fold, literal)):
        start = folded.find(phrase)
        while start >= 0:
            yield start, start + len(phrase)
            start = folded.find(phrase, start + len(phrase))


def mask(text: str, spans: Iterable[Span]) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = MASK * (end - start)
    return "".join(characters)


def candidates(text: str, masked: str, here: Here, language: Language) -> list[Part]:
    """Every phrase that means something, overlapping or not."""
    found = []
    for pattern, phrase in language.patterns:
        for match in pattern.finditer(masked):
            if readings := tuple(meanings(text, match, phrase, here, language)):
                found.append(Part(*match.span(), readings, certainty(match, phrase), phrase.question))
                if match["before"] and not match.groupdict().get("until"):
                    # Its preposition may belong to what comes before: "two days before Friday".
                    found.append(Part(match.end("before"), match.end(), readings, phrase.sure, phrase.question))
    return found


def meanings(text: str, match: re.Match[str], phrase: Phrase, here: Here, language: Language) -> list[Meaning]:
    groups = {name: found for name, found in match.groupdict().items() if found is not None}
    is_end = groups.pop("until", None)
    for name in ("before", "on"):
        groups.pop(name, None)
    if "tag" in groups:
        groups["tag"] = text[slice(*match.span("tag"))]  # as it was written
    values = {name: language.values.get(name, str)(found) for name, found in groups.items()}
    readings = phrase.meaning(here, **values)
    if is_end:
        readings = [replace(reading, day=None, until=reading.day) for reading in readings]
    if match[0][0].isdigit() and language.counted.search(text[max(0, match.start() - 20) : match.start()].lower()):
        readings = [WORDS, *(reading for reading in readings if reading != WORDS)] if readings else []
    return readings


def certainty(match: re.Match[str], phrase: Phrase) -> Sure:
    groups = match.groupdict()
    return "always" if groups.get("on") or groups.get("until") else phrase.sure


def chosen(found: list[Part], text: str) -> list[Part]:
    """The sure ones, of overlapping ones the first and longest; then those that a hint makes sure.

    "sat", "the 15th" and "morning" are dates only sometimes: right beside something about time, or at the text's end.
    """
    kept: list[Part] = []
    for part in sorted(found, key=lambda part: (part.start, -part.end)):
        if part.sure == "always" and (not kept or kept[-1].end <= part.start):
            kept.append(part)
    for part in sorted(found, key=lambda part: (-part.end, part.start)):
        if part.sure == "with a hint" and not any(part.overlaps(other.start, other.end) for other in kept):
            kept += [part] if has_hint(part, kept, text) else []
    return sorted(kept, key=lambda part: part.start)


def has_hint(part: Part, kept: list[Part], text: str) -> bool:
    before = len(text[: part.start].rstrip(BETWEEN))
    after = len(text) - len(text[part.end :].lstrip(BETWEEN))
    beside = any(before == other.end or after == other.start for other in kept if other.field in TIME_FIELDS)
    return beside or bool(AT_THE_END.match(text, part.end))
