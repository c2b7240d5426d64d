"""What a language has to say: its phrases, the words they are made of, and the words that answers are given in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from todo_backend.quick_add.meanings import Phrase

GAP = r"\s{1,9}"
"""Bounded, as everything in a pattern is: so that no text takes long."""
NO_WORD_BEFORE = r"(?<![\w#@/.:'\u2019=+&?!$€£-])"
NO_WORD_AFTER = r"(?![\w#@/\\'\u2019=+&$€£%-])(?![.:]\w|(?<=[0-9]),[0-9])"
"""A phrase is not a part of a word, an address, a number or an amount."""


@dataclass(frozen=True)
class Language:
    """One table for each language. The groups that its slots name are the arguments of the phrases' meanings."""

    slots: Mapping[str, str]
    """What a {slot} of a pattern matches; lower case."""
    values: Mapping[str, Callable[[str], Any]]
    """What the text of a group stands for."""
    days: tuple[Phrase, ...]
    clocks: tuple[Phrase, ...]
    others: tuple[Phrase, ...]
    before_days: str
    """Prepositions of a day; the group `until` makes an end of it, `on` makes sure that it is one."""
    before_clocks: str
    counted: re.Pattern[str]
    """Words whose number is only their number ("page 3/4"), right before it."""
    measured: re.Pattern[str]
    """What a number right before it is of ("3/4 inch"), and no date."""
    goes_on: re.Pattern[str]
    """Words that end a name: after "friday for" nobody thinks of one."""
    dangling: re.Pattern[str]
    """What is left of "remind me … to" where the title begins."""
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
