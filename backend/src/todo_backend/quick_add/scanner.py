"""Finds the phrases in a text. Skips quotes, addresses, escaped phrases and phrases that the user has dismissed."""

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from todo_backend.quick_add.language import Language
from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Part, Phrase, Sure

Span = tuple[int, int]

QUOTED = re.compile(r'(?<![\w#])"[^"]*"(?!\w)|(?<!#)“[^”]*”')
"""Quoted text. Does not match the inch sign in 24", nor a tag with spaces."""
NAMED = re.compile(r"(?<!\w)(?:'[^']*'|\u2018[^\u2019]*\u2019|«[^»]*»)(?!\w)")
"""Text in quotes that stay in the title, because they may be apostrophes."""
ADDRESS = re.compile(r"(?<!\S)(?:\S*?://|\S+?@\w|www\.)\S*")
MASK = "\x00"
"""Replaces text that is not parsed. No pattern matches it, and no text contains it, because it cannot be stored."""
HINTED = {"with a hint", "beside a time", "after a time", "after a reminder"}
TIME_FIELDS = {"due_date", "recurrence"}
MAX_PARTS = 30
"""Enough for 20 tags and the other fields. Further phrases stay words, which limits the time of parsing."""
BETWEEN = string.whitespace + ","
NEXT_WORD = re.compile(r"\s+([^\W\d_]\w*)")
NUMBER = re.compile(r"[0-9](?:st|nd|rd|th|\.)?$")
AT_THE_END = re.compile(r"[\s.!?)]*$")


@dataclass(frozen=True, slots=True)
class Found:
    parts: list[Part]
    """In text order, without overlaps."""
    marks: frozenset[int]
    """Positions omitted from the title: backslashes before phrases, and quotes around text with a phrase."""
    literal: list[Span]
    """Text that is not parsed: in quotes, in addresses, or dismissed by the user."""


def find(text: str, here: Here, language: Language, literal: Iterable[str]) -> Found:
    folded = language.fold(text)
    quotes = [match.span() for match in QUOTED.finditer(text)]
    literals = [span for span in quotes if span[1] - span[0] > len('""')]
    if literals:
        literals = meaningful(text, literals, here, language)
    plain = (
        quotes
        + [word.span() for pattern in (NAMED, ADDRESS) for word in pattern.finditer(text)]
        + list(occurrences(folded, map(language.fold, literal)))
    )
    masked = mask(folded, plain)
    parts = phrases_in(text, masked, here, language)
    escaped = [part for part in parts if part.start and text[part.start - 1] == "\\"]
    if escaped:
        masked = mask(masked, [(part.start, part.end) for part in escaped])
        parts = phrases_in(text, masked, here, language)
    marks = {at for start, end in literals for at in (start, end - 1)} | {part.start - 1 for part in escaped}
    return Found(parts, frozenset(marks), [*plain, *((part.start, part.end) for part in escaped)])


def meaningful(text: str, quotes: list[Span], here: Here, language: Language) -> list[Span]:
    """Returns the quotes whose text would contain a phrase without the quotation marks."""
    bare = mask(text, [(at, at + 1) for start, end in quotes for at in (start, end - 1)], " ")
    parts = phrases_in(bare, language.fold(bare), here, language)
    return [(start, end) for start, end in quotes if any(part.overlaps(start, end) for part in parts)]


def occurrences(folded: str, phrases: Iterable[str]) -> Iterator[Span]:
    for phrase in filter(None, phrases):
        start = folded.find(phrase)
        while start >= 0:
            yield start, start + len(phrase)
            start = folded.find(phrase, start + len(phrase))


def mask(text: str, spans: Iterable[Span], by: str = MASK) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = by * (end - start)
    return "".join(characters)


def phrases_in(text: str, masked: str, here: Here, language: Language) -> list[Part]:
    found = candidates(text, masked, here, language)
    kept = chosen(found, masked)
    if language.other:
        kept = chosen(beside(kept, found, others(text, masked, here, language)), masked)
    kept = kept[:MAX_PARTS]
    return [doubted(part, kept, text, language.of(part)) if part.sure == "likely" else part for part in kept]


def others(text: str, masked: str, here: Here, language: Language) -> list[Part]:
    """Returns the phrases of the other language, without those that may be words of this one."""
    found = candidates(text, masked, here, language.other) if language.other else []
    clear = (part for part in found if not language.not_other.fullmatch(masked, part.start, part.end))
    return [
        replace(part, is_other=True, readings=(WORDS, *part.readings))
        if language.borrowed.fullmatch(masked, part.start, part.end) and WORDS not in part.readings
        else replace(part, is_other=True)
        for part in clear
    ]


def beside(kept: list[Part], found: list[Part], others: list[Part]) -> list[Part]:
    """Returns the chosen phrases, and those beside them. A phrase of the other language counts there or around one.

    In "remind at 8am", "8am" is a phrase of each language, but only the longer one says what it is.
    """
    kept = [part for part in kept if not any(is_around(other, part) for other in others)]
    return kept + [
        part
        for part in [*found, *others]
        if part not in kept and not any(part.overlaps(each.start, each.end) for each in kept)
    ]


def is_around(part: Part, other: Part) -> bool:
    is_longer = part.end - part.start > other.end - other.start
    return part.sure == "always" and is_longer and part.start <= other.start and other.end <= part.end


def candidates(text: str, masked: str, here: Here, language: Language) -> list[Part]:
    """Returns every phrase that has a reading, including overlapping ones."""
    found = []
    for pattern, phrase in language.patterns:
        for match in pattern.finditer(masked):
            if phrase.lower_case and not text[match.start() : match.end()].islower():
                continue
            if phrase.capital and not text[match.end("before")].isupper():
                continue
            if readings := tuple(meanings(text, match, phrase, here, language)):
                found.append(Part(*match.span(), readings, certainty(match, phrase), phrase.question))
                if match["before"] and not match.groupdict().get("until"):
                    # The preposition may belong to the previous words: "two days before Friday".
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
    number = NUMBER.search(match[0])
    if number and language.measured.match(match.string, match.end()):
        return []
    readings = phrase.meaning(here, **values)
    if has_preposition(match):
        readings = [reading for reading in readings if reading != WORDS]
    if is_end:
        ahead = [reading for reading in readings if reading.day and reading.day >= here.today]
        readings = [replace(reading, day=None, until=reading.day) for reading in ahead or readings]
    if (
        number
        and match[0][0].isdigit()
        and language.counted.search(language.fold(text[max(0, match.start() - 20) : match.start()]))
    ):
        readings = [WORDS, *(reading for reading in readings if reading != WORDS)] if readings else []
    return readings


def certainty(match: re.Match[str], phrase: Phrase) -> Sure:
    return "always" if has_preposition(match) else phrase.sure


def has_preposition(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return bool(groups.get("on") or groups.get("until"))


def chosen(found: list[Part], text: str) -> list[Part]:
    """Chooses phrases without overlaps: first the sure ones (of overlapping ones the first, then the longest).

    Then adds those that need a hint: "sat" and "the 15th" are dates only next to another date or time, or at the end of
    the text.
    """
    kept: list[Part] = []
    for part in sorted(found, key=lambda part: (part.start, -part.end)):
        if part.sure in {"always", "likely"} and (not kept or kept[-1].end <= part.start):
            kept.append(part)
    free = mask(text, [(part.start, part.end) for part in kept])
    left = mask(text, [(part.start, part.end) for part in kept], " ")
    hinted = sorted((part for part in found if part.sure in HINTED), key=lambda part: (-part.end, part.start))
    for part in [*hinted, *hinted]:  # the second time beside those that were kept the first time
        if free[part.start : part.end] == text[part.start : part.end]:
            at_the_end = part.sure == "with a hint" and AT_THE_END.match(left, part.end)
            if at_the_end or is_beside(part, kept, text):
                kept.append(part)
                free, left = (mask(masked, [(part.start, part.end)], by) for masked, by in ((free, MASK), (left, " ")))
    return sorted(kept, key=lambda part: part.start)


def is_beside(part: Part, kept: list[Part], text: str) -> bool:
    """Returns whether a date, time or rule is directly before the part, or directly after it if that suffices.

    Beside a further reminder, whether another one is directly before it.
    """
    before = len(text[: part.start].rstrip(BETWEEN))
    if part.sure == "after a reminder":
        return any(before == other.end and other.meaning.reminders for other in kept)
    times = [other for other in kept if other.field in TIME_FIELDS and other.meaning != WORDS]
    after = len(text) - len(text[part.end :].lstrip(BETWEEN))
    return any(before == other.end or (after == other.start and part.sure != "after a time") for other in times)


def doubted(part: Part, kept: list[Part], text: str, language: Language) -> Part:
    """Adds the reading as words if the phrase may be part of a name ("Daily Mail", "a sunday dress").

    That is, if a word follows that does not end a name.
    """
    if WORDS in part.readings or AT_THE_END.match(mask(text, [(p.start, p.end) for p in kept], " "), part.end):
        return part
    next_word = NEXT_WORD.match(text, part.end)
    if not next_word or any(other.start == next_word.start(1) for other in kept):
        return part
    first = not text[: part.start].strip()
    if is_capitalised(text[part.start : part.end]) and is_capitalised(next_word[1]):
        return replace(part, readings=(*part.readings, WORDS) if first else (WORDS, *part.readings))
    if first or is_beside(part, kept, text) or language.goes_on.match(language.fold(text), part.end):
        return part
    if any(other.sure == "always" and other.meaning.says.keys() & part.meaning.says.keys() for other in kept):
        return replace(part, readings=(WORDS, *part.readings))
    return replace(part, readings=(*part.readings, WORDS))


def is_capitalised(words: str) -> bool:
    return words[0].isupper() and words[1:2].islower()
