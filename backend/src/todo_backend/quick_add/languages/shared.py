"""What every language reads: tags, priorities, ISO dates and zones, and the values of slots, built from its words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from todo_backend.quick_add import marks, months, zones
from todo_backend.quick_add.language import any_of
from todo_backend.quick_add.meanings import Phrase

TAG = r"""[^\s#"“”(),;:!?.\x00]"""
SLOTS = {
    "digits": r"(?P<number>[0-9]{1,5})",
    "year": r"(?P<year>[0-9]{4}|['\u2019][0-9]{2})",
    "hour": r"(?P<hour>[0-2]?[0-9])",
    "minute": r"(?P<minute>[0-5][0-9])",
    "zone": (
        rf"(?P<zone>{any_of(zones.ABBREVIATIONS)}|(?:utc|gmt)?[+-][0-9]{{1,2}}(?::?[0-9]{{2}})?|{any_of(zones.names())})"
    ),
    "iso_date": r"(?P<year>[0-9]{4})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])",
    "seconds": "(?::[0-9]{2})?",
    "offset": r"(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})",
    "spaced_tag": r"(?P<tag>[^\s#\"“”\x00](?:[^#\"“”\n\x00]{0,48}[^\s#\"“”\x00])?)",
    "tag": rf"(?P<tag>{TAG}{{1,50}})(?!{TAG})",
    "no_number_after": r"(?!\.?\s{1,9}[0-9])",
}
DAYS = (
    Phrase("{iso_date}(?:t{hour}:{minute}{seconds}{offset}?)?", months.iso),
    Phrase("{year}/(?P<month>[01]?[0-9])/(?P<day>[0-3]?[0-9])", months.iso),
    Phrase(r"(?P<year>[0-9]{4})\.(?P<month>[01][0-9])\.(?P<day>[0-3][0-9])\.?", months.iso),
    Phrase("(?P<year>[0-9]{4})-(?P<month>[1-9])-(?P<day>[1-9])", months.iso),
    Phrase("(?P<first>[0-3]?[0-9])-(?P<second>[0-3]?[0-9])-{year}", months.slashed),
    Phrase(r"(?P<day>[0-3]?[0-9])\.(?P<month>[01]?[0-9])\.(?P<year>[0-9]{4})?", months.day_and_month),
    Phrase(r"(?P<day>[0-3][0-9])\.(?P<month>[01][0-9])\.(?P<year>[0-9]{2})", months.day_and_month),
)
SLASHED = (Phrase("(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})(?:/(?P<year>[0-9]{4}|[0-9]{2}))?", months.slashed),)
MARKS = (
    Phrase("[p!](?P<level>[1-4])", marks.level),
    Phrase("!{level}", marks.level),
    Phrase("(?P<marks>!{2,3})", marks.exclamations),
    Phrase("#{tag}", marks.tag),
    Phrase('#["“]{spaced_tag}["”]', marks.tag),
    Phrase("!(?P<number>[0-9]{1,5}){short_unit}", marks.lead),
)


def number_of(words: Mapping[str, int]) -> Callable[[str], int]:
    """Returns the function that reads "12", "2nd" or one of the words."""

    def number(text: str) -> int:
        digits = re.match(r"[0-9]+", text)
        return int(digits[0]) if digits else words[text]

    return number


@dataclass(frozen=True)
class Lengths:
    """The words of a language for lengths of time before the due date, as regular expressions."""

    half_an_hour: str
    numbers: str
    units: str
    hours: str
    minutes: str
    joins: str
    """Between two lengths."""
    before: str
    """After a length."""
    ends: str
    """The beginnings of words after a list of lengths that do not belong to the last one."""

    @property
    def length(self) -> str:
        hours_and_minutes = rf"[0-9]{{1,2}}\s?(?:{self.hours}) [0-9]{{1,2}}\s?(?:{self.minutes})"
        return rf"(?:{self.half_an_hour}|{hours_and_minutes}|(?:[0-9]{{1,5}}\s?|{self.numbers}\s){self.units})"

    def slots(self) -> dict[str, str]:
        """Returns {leads}, {leads_before}, which ends with a word such as "before", and {lengths}, which are added up.

        "2 hours of parking" is no length before anything, so a list ends with such a word, or nothing follows it.
        """
        one, short = rf"{self.length}{self.before}?", r"[0-9]{1,5}[a-z]"
        some = rf"(?:{one}{self.joins}|{short} (?={short}(?:\s|$))){{1,8}}"
        ends = rf"(?=\s*(?:$|[,;.!?)#]|p[1-4]\b|(?:{self.ends})))"
        with_before = rf"{self.length}{self.before}"
        return {
            "leads": rf"(?P<leads>{some}(?:{with_before}|{self.length}{ends})|{one})",
            "leads_before": rf"(?P<leads>(?:{one}{self.joins}){{0,8}}{with_before})",
            "lengths": rf"(?P<leads>{self.length}(?:(?:{self.joins}| ){self.length}){{1,4}})",
        }

    def reader(
        self, numbers: Mapping[str, int], units: Mapping[str, str]
    ) -> Callable[[str], tuple[tuple[int, str], ...]]:
        """Returns the function that reads "1 day and 2h before" as numbers with their units."""
        pattern = re.compile(
            rf"\b(?:({self.half_an_hour})|([0-9]+)\s?(?:{self.hours})\s+([0-9]+)\s?(?:{self.minutes})"
            rf"|(?:([0-9]+)\s?|({self.numbers})\s+)({self.units}))(?!\w)"
        )

        def leads(text: str) -> tuple[tuple[int, str], ...]:
            return tuple(read(*found) for found in pattern.findall(text))

        def read(half: str, hours: str, minutes: str, digits: str, word: str, unit: str) -> tuple[int, str]:
            if half or hours:
                return (30 if half else 60 * int(hours) + int(minutes)), "minutes"
            return int(digits or numbers[word]), units[unit]

        return leads


def weekdays_of(days: Mapping[str, int], to: str) -> Callable[[str], tuple[int, ...]]:
    """Returns the function that reads a list of weekdays, or the range between two if `to` matches between them."""
    word = any_of(days)

    def weekdays(text: str) -> tuple[int, ...]:
        found = [days[each] for each in re.findall(word, text)]
        if not re.search(to, text):
            return tuple(sorted(set(found)))
        first, last = found
        return tuple(sorted((first + step) % 7 for step in range((last - first) % 7 + 1)))

    return weekdays


def months_of(names: Mapping[str, int], to: str) -> Callable[[str], tuple[int, ...]]:
    """Returns the function that reads a list of months, or the range between two if `to` matches between them."""
    word = any_of(names)

    def months(text: str) -> tuple[int, ...]:
        found = [names[each] for each in re.findall(word, text)]
        if not re.search(to, text):
            return tuple(found)
        return tuple((found[0] + step - 1) % 12 + 1 for step in range((found[1] - found[0]) % 12 + 1))

    return months


def dates_of(names: Mapping[str, int]) -> Callable[[str], tuple[tuple[int, int, int | None], ...]]:
    """Returns the function that reads days, months and years.

    A number without a month is in the one beside it: "24 and 25 December".
    """
    word = any_of(names)

    def dates(text: str) -> tuple[tuple[int, int, int | None], ...]:
        months = [(match.start(), names[match[0]]) for match in re.finditer(word, text)]
        years = [(match.start(), int(match[0])) for match in re.finditer("[0-9]{4}", text)]
        days = [(match.start(), int(match[1])) for match in re.finditer(r"(?<![0-9])([0-9]{1,2})(?![0-9])", text)]
        return tuple((day, _beside(at, months) or 0, _beside(at, years)) for at, day in days)

    return dates


def _beside(at: int, found: list[tuple[int, int]]) -> int | None:
    return min(found, key=lambda each: abs(each[0] - at))[1] if found else None


def times(text: str) -> tuple[tuple[int, int, str], ...]:
    """Returns hours, minutes and halves of the day; an empty half if none is named."""
    found = re.findall(r"([0-9]+)(?:[:.]([0-9]+))?\s?(?:([ap])\.?m)?", text)
    return tuple((int(hour), int(minute or 0), half and f"{half}m") for hour, minute, half in found)


def month_of(names: Mapping[str, int]) -> Callable[[str], int]:
    return lambda text: names.get(text) or int(text)


def half(text: str) -> str:
    """Returns "am" or "pm"."""
    return f"{text[0]}m"


VALUES: dict[str, Callable[[str], Any]] = {
    "times": times,
    "year": lambda text: int(text.lstrip("'\u2019")) + (0 if len(text) == 4 else 2000),  # noqa: PLR2004 - "2027", "27"
    "minute": int,
    "first": int,
    "second": int,
    "end": int,
    "end_half": half,
    "half": half,
}
