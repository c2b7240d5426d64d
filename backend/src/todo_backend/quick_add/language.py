"""The definition of a language: its phrases, the slots in them, and the texts of labels and questions."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from todo_backend.quick_add.meanings import Phrase

GAP = r"\s{1,9}"
"""Bounded, as every repetition in a pattern, to limit the time of matching."""
NO_WORD_BEFORE = r"(?<![\w#@/.:'\u2019=+&?!$€£-])"
NO_WORD_AFTER = r"(?![\w#@/\\'\u2019=+&$€£%-])(?![.:]\w|(?<=[0-9]),[0-9])"
"""Prevent a match inside a word, an address, a number or an amount."""


@dataclass(frozen=True)
class Language:
    """The tables of a language. The named groups of its slots are the arguments of `Phrase.meaning`."""

    slots: Mapping[str, str]
    """The regular expression of each {slot}, in lower case."""
    values: Mapping[str, Callable[[str], Any]]
    """Converts the text of a group to the argument."""
    days: tuple[Phrase, ...]
    clocks: tuple[Phrase, ...]
    others: tuple[Phrase, ...]
    before_days: str
    """Prepositions before days. The group `until` makes the day an end; `until` and `on` make the phrase sure."""
    before_clocks: str
    counted: re.Pattern[str]
    """Matches words before a number that is probably no date ("page 3/4")."""
    measured: re.Pattern[str]
    """Matches units after a number that is no date ("3/4 inch")."""
    goes_on: re.Pattern[str]
    """Matches words that do not continue a name: the "friday" of "friday for" is a date."""
    dangling: re.Pattern[str]
    """Matches what "remind me … to" leaves at the start of the title."""
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    labels: Mapping[str, str]
    questions: Mapping[str, str]

    @cached_property
    def patterns(self) -> list[tuple[re.Pattern[str], Phrase]]:
        rows = [(self.before_days, phrase) for phrase in self.days]
        rows += [(self.before_clocks, phrase) for phrase in self.clocks]
        rows += [("", phrase) for phrase in self.others]
        return [(self._compiled(f"(?P<before>{before})" + phrase.pattern), phrase) for before, phrase in rows]

    def _compiled(self, pattern: str) -> re.Pattern[str]:
        for name, slot in self.slots.items():
            pattern = pattern.replace("{" + name + "}", slot)
        return re.compile(NO_WORD_BEFORE + pattern.replace(" ", GAP) + NO_WORD_AFTER)


def any_of(words: Mapping[str, Any] | tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"
