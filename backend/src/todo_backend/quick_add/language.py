"""The definition of a language: its phrases, the slots in them, and the texts of labels and questions."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from todo_backend.quick_add.meanings import Part, Phrase

Context = Literal["morning", "evening", "any"]
GAP = r"\s{1,9}"
"""Bounded, as every repetition in a pattern, to limit the time of matching."""
NO_WORD_BEFORE = r"(?<![\w#@/.:'\u2019=+&?!$€£-])"
NO_WORD_AFTER = r"(?![\w#@/\\'\u2019=+&$€£%-])(?![.:]\w|(?<=[0-9]),[0-9])"
"""Prevent a match inside a word, an address, a number or an amount."""
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Neighbours:
    """What the words around a phrase say about its reading. The text is folded; understood phrases in it are masked."""

    owns: re.Pattern[str]
    """Before a date that belongs to the word before it: "move the meeting to Friday"."""
    lasts: re.Pattern[str]
    """A length of time before a phrase that it is counted from, as `counted_from` says: "two days before Friday"."""
    counted_from: re.Pattern[str]
    negates: re.Pattern[str]
    """Before what is excluded: "except Friday"."""
    joined: re.Pattern[str]
    """Before what is joined to an understood phrase: "every Friday and the 1st"."""
    follows: re.Pattern[str]
    """Before a date that is only the end of one: "Mon or Tuesday", "5 or 6 January"."""
    counts: re.Pattern[str]
    """A number before weekdays that it counts, as `counted` says: "two Fridays", but not "room 2 Friday"."""
    counted: re.Pattern[str]
    picks: re.Pattern[str]
    """Before a day or month that it picks from several, as `picked` says: "every 2nd and 4th Thursday"."""
    picked: re.Pattern[str]
    origin: re.Pattern[str]
    """Matches phrases that say where something comes from: "notes from Monday". Also names like
    "Der Freitag" and numbers like "para 4"."""
    bounds: re.Pattern[str]
    """Matches dates that a weekday of a rule is before or after: "the last Friday before the 20th"."""
    goes_on: re.Pattern[str]
    """After a date or rule that is only the beginning of one: "Monday to …", "every Monday and …"."""
    rule_goes_on: re.Pattern[str]
    """After a rule of which a part was not understood: "every day except …"."""
    unread: re.Pattern[str]
    """Words of a rule that were not understood, anywhere in a text with a rule: "every month … the second Tuesday"."""
    unread_rule: re.Pattern[str]
    """Words of a rule or of another date that were not understood, anywhere in a text with a date: "every 45 min",
    "two days before the party"."""
    unread_day: re.Pattern[str]
    """Words of a day that were not understood, anywhere in a text with a time and no day: "Thanksgiving at 6pm"."""
    unread_time: re.Pattern[str]
    """Words of a time that were not understood, anywhere in a text with a day and no time: "noon to 2 on Friday"."""
    is_subject: re.Pattern[str]
    """After a date that the sentence is about: "Sunday is …"."""
    capitalised: re.Pattern[str]
    """Matches phrases that begin with a capital only in a name."""
    author: re.Pattern[str]
    """After the name of a work, as it was written."""
    enumerates: re.Pattern[str]
    """After the first of several times: "at 10, 11 and 12"."""
    article_before: re.Pattern[str]
    article: re.Pattern[str]
    """Matches phrases that begin with an article."""
    bare_article: re.Pattern[str]
    """Matches phrases that begin with an article, without a preposition: "the first Monday special"."""
    names: re.Pattern[str]
    """Before a name: "fill in p1 forms"."""
    word_after: re.Pattern[str]


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
    neighbours: Neighbours
    contexts: Mapping[Context, re.Pattern[str]]
    """Words that tell the part of the day of an hour without am or pm; "any" for what happens at night, too."""
    dangling: re.Pattern[str]
    """Matches what "remind me … to" leaves at the start of the title."""
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    ordinal: Callable[[int], str]
    """Formats the ordinal of a number; a negative one counts from the end."""
    labels: Mapping[str, str]
    questions: Mapping[str, str]
    letters: Mapping[int, int] = field(default_factory=dict)
    """For `str.translate`: replaces letters that people also type without their accents. The patterns have none."""
    other: "Language | None" = None
    """The language that is also read, where this one understands nothing."""
    borrowed: re.Pattern[str] = NEVER
    """Matches whole phrases of the other language that are also names in this one: "das Daily"."""
    not_other: re.Pattern[str] = NEVER
    """Matches whole phrases of the other language that may be words of this one, such as "9 am" and "in 3 d"."""

    @cached_property
    def patterns(self) -> list[tuple[re.Pattern[str], Phrase]]:
        rows = [(self.before_days, phrase) for phrase in self.days]
        rows += [(self.before_clocks, phrase) for phrase in self.clocks]
        rows += [("", phrase) for phrase in self.others]
        return [(self._compiled(f"(?P<before>{before})" + phrase.pattern), phrase) for before, phrase in rows]

    def fold(self, text: str) -> str:
        """Lower-cases each code point that keeps its length, so that positions do not change."""
        lower = "".join(lower if len(lower := character.lower()) == 1 else character for character in text)
        return lower.translate(self.letters)

    def of(self, part: Part) -> "Language":
        """Returns the language of a phrase."""
        return self.other if part.is_other and self.other else self

    def context_of(self, folded: str) -> Context | None:
        """Returns what the words of either language say; "any" only of this one."""
        found = next((context for context, words in self.contexts.items() if words.search(folded)), None)
        if found or self.other is None:
            return found
        others = self.other.context_of(folded)
        return None if others == "any" else others

    def _compiled(self, pattern: str) -> re.Pattern[str]:
        for name, slot in self.slots.items():
            pattern = pattern.replace("{" + name + "}", slot)
        return re.compile(NO_WORD_BEFORE + pattern.replace(" ", GAP) + NO_WORD_AFTER)


def any_of(words: Mapping[str, Any] | tuple[str, ...]) -> str:
    escaped = [re.escape(word).replace("\\ ", " ") for word in words]  # a space in a pattern is any gap
    return "(?:" + "|".join(sorted(escaped, key=len, reverse=True)) + ")"


def one_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
