"""Finds phrases whose neighbours make their reading doubtful, and offers to keep their words in the title.

A date that belongs to another word ("move the meeting to Friday") and a rule of which a part was not understood ("every
day except the 24th") are read as words of the title first. The rest keeps its reading, with a question.
"""

import re
from dataclasses import dataclass, replace

from todo_backend.quick_add.details import exceeds_its_rule
from todo_backend.quick_add.fields import Text, ends_before_it_begins, merged
from todo_backend.quick_add.language import Language, Neighbours
from todo_backend.quick_add.meanings import WORDS, Meaning, Part
from todo_backend.quick_add.resolver import Resolved
from todo_backend.quick_add.scanner import MASK, mask
from todo_kit.recurrence import WEEKDAYS

TIMES = {"day", "clock", "daypart", "rule", "until", "days_later", "nth", "months", "excluded"}
OF_RULES = {"count", "lasts", "completes", "last_day", "nth", "months", "excluded", "until"}
"""What is said about a rule, and nothing without one."""
UNDERSTOOD = re.compile(rf"^(?:[\s,]*{MASK}+)+")
WORD = re.compile(r"\w")
NUMBER_BEFORE = re.compile(r"[0-9]\.?\s+$")
"""Before an end, the number is the day of its start: "away 4 until 23 May"."""
SMALL_WORDS = {"of", "in", "the", "on", "and"}
MOST_YEARS = 10
"""Until a date that is likely: 11/22/63 is the name of a book."""
SHORTEST_NOTABLE = 4
"""Shorter words are not written with a capital in titles."""


@dataclass(frozen=True, slots=True)
class Place:
    """A phrase in its text. `before` and `after` are folded, and other phrases in them are masked.

    `rest` is both, without literal text.
    """

    part: Part
    others: list[Part]
    text: Text
    before: str
    words: str
    after: str
    rest: str

    @property
    def meaning(self) -> Meaning:
        return self.part.meaning

    @property
    def neighbours(self) -> Neighbours:
        return self.language.neighbours

    @property
    def language(self) -> Language:
        return self.text.language.of(self.part)

    @property
    def is_followed(self) -> bool:
        """Whether a word follows that may be the noun to a date: "the 24 December concert"."""
        return bool(self.neighbours.word_after.match(self.after)) and not self.language.goes_on.match(self.after)

    @property
    def is_past(self) -> bool:
        return self.meaning.day is not None and self.meaning.day < self.text.here.today


def doubt(resolved: Resolved, text: Text) -> Resolved:
    unread: list[Part] = []
    """Phrases that are now read as words; a time directly after one belongs to it."""
    asked = [*resolved.others, *resolved.reminders]
    understood = [(part.start, part.end) for part in [*resolved.parts, *asked] if part.meaning != WORDS]
    folded = text.language.fold(text.text)
    masked = mask(folded, understood)
    parsed = mask(masked, text.literal, " ")
    said = merged(part.meaning for part in resolved.parts)
    if ends_before_it_begins(said, text.here):
        resolved = replace(resolved, parts=[as_words(part) if part.meaning.until else part for part in resolved.parts])
    if not WORD.search(masked):
        return resolved  # the text is nothing but a date, such as the answer to a question
    parts: list[Part] = []
    for part in resolved.parts:
        others = [other for other in resolved.parts if other is not part]
        words, rest = folded[part.start : part.end], parsed[: part.start] + MASK + parsed[part.end :]
        place = Place(part, others, text, masked[: part.start], words, masked[part.end :], rest)
        goes_on = bool(parts) and parts[-1] in unread and not text.text[parts[-1].end : part.start].strip(", ")
        parts.append(as_words(part) if goes_on and is_timed(part) else doubted(place))
        if parts[-1] != part and parts[-1].meaning == WORDS:
            unread.append(parts[-1])
    if exceeds_its_rule(said) or any(reading.nth for part in unread for reading in part.readings):
        parts = [with_words(part) if part.meaning.rule else part for part in parts]
    if any(part.meaning.rule for part in resolved.parts) and not any(part.meaning.rule for part in parts):
        parts = [part for part in parts if not OF_RULES & part.meaning.says.keys()]
    return replace(resolved, parts=parts)


def doubted(place: Place) -> Part:
    part, meaning = place.part, place.meaning
    if is_timed(part) and (belongs_to_the_title(place) or is_incomplete(place)):
        return as_words(part)
    return with_words(part) if meaning != WORDS and (may_be_a_name(place) or may_mean_more(place)) else part


def with_words(part: Part) -> Part:
    """Adds the reading as words of the title, so that it is asked about."""
    if WORDS in part.readings:
        return part
    return replace(part, readings=(*part.readings, WORDS), question="readings")


def as_words(part: Part) -> Part:
    others = [reading for reading in part.readings if reading != WORDS]
    return replace(part, readings=(WORDS, *others), choice=0, question="readings")


def is_timed(part: Part) -> bool:
    return bool(TIMES & part.meaning.says.keys())


def belongs_to_the_title(place: Place) -> bool:
    """Returns whether the phrase belongs to a word beside it: "notes of Monday", "two Fridays", "Sunday is …"."""
    neighbours, meaning, before, words = place.neighbours, place.meaning, place.before, place.words
    is_bare = place.part.sure == "with a hint" and meaning.day
    return bool(
        neighbours.owns.search(before)
        or neighbours.negates.search(before)
        or (neighbours.counted.match(words) and neighbours.counts.search(before))
        or (neighbours.picked.match(words) and neighbours.picks.search(before))
        or (neighbours.counted_from.match(words) and neighbours.lasts.search(before))
        or (neighbours.origin.match(words) and place.is_past)
        or (is_bare and neighbours.article_before.search(before))
        or (meaning.day and not before.strip() and neighbours.is_subject.match(place.after))
    )


def is_incomplete(place: Place) -> bool:
    """Returns whether the phrase is a part of a rule that was not understood, or contradicts the rule of the text."""
    neighbours, meaning = place.neighbours, place.meaning
    if meaning.rule:
        after = UNDERSTOOD.sub("", place.after)
        return bool(neighbours.rule_goes_on.match(after) or neighbours.goes_on.match(place.after))
    rule = next((other.meaning.rule for other in place.others if other.meaning.rule), None)
    if rule is None or meaning.day is None or place.part.sure == "always":
        return False
    return bool(rule.weekdays) and WEEKDAYS[meaning.day.weekday()] not in {day[-2:] for day in rule.weekdays}


def may_be_a_name(place: Place) -> bool:
    """Returns whether the phrase may be a part of a name: "the 24 December concert", "read Every Day by …"."""
    neighbours, meaning, is_first = place.neighbours, place.meaning, not place.before.strip()
    if meaning.priority:
        is_short = len(place.words) == len("p1")
        return is_short and place.is_followed and bool(neighbours.names.search(place.before))
    if neighbours.capitalised.match(place.words) and is_capitalised(place):
        return True
    if not place.is_followed:
        return False
    if meaning.excluded or (meaning.nth and neighbours.bare_article.match(place.words)):
        return True
    if meaning.rule:
        is_adjective = place.part.sure == "likely" and any(other.meaning.day for other in place.others)
        return is_adjective if is_first else True
    has_article = neighbours.article_before.search(place.before) or neighbours.article.match(place.words)
    return bool(has_article and not is_first and (meaning.day or meaning.clock))


def may_mean_more(place: Place) -> bool:
    """Returns whether the phrase may be only a part of one ("Monday to …"), or no due date ("from Monday")."""
    neighbours, meaning = place.neighbours, place.meaning
    if not is_timed(place.part):
        return False
    has_rule = any(other.meaning.rule for other in place.others)
    if has_rule and not meaning.clock and neighbours.joined.search(place.before):
        return True
    goes_on = neighbours.goes_on.match(place.after) or (meaning.clock and neighbours.enumerates.match(place.after))
    is_end = neighbours.follows.search(place.before) or (meaning.until and NUMBER_BEFORE.search(place.before))
    if goes_on or is_end or leaves_words_of_dates(place) or any(is_bound(place, other) for other in place.others):
        return True
    if meaning.day is None:
        return False
    if place.is_past or meaning.day.year > place.text.here.today.year + MOST_YEARS:
        return True
    is_repeated = any(other.meaning == meaning for other in place.others)
    return not has_rule and (is_repeated or bool(neighbours.origin.match(place.words)))


def is_bound(place: Place, other: Part) -> bool:
    """Returns whether the date may say which day of the rule is meant: "the last working day before the 15th"."""
    rule = other.meaning.rule
    names_days = other.meaning.nth or (rule and (rule.weekdays or rule.workday))
    is_date = place.meaning.day is not None
    return is_date and bool(names_days) and bool(place.neighbours.bounds.match(place.words))


def leaves_words_of_dates(place: Place) -> bool:
    """Returns whether the rest of the text has words of a rule, day or time that were not understood.

    Those of a day count if the text names only a time, and those of a time if it names only a day.
    """
    neighbours, rest = place.neighbours, place.rest
    said = merged(part.meaning for part in (place.part, *place.others))
    if place.meaning.rule:
        is_range = place.meaning.rule.pattern == "hourly" and said.keeps_words
        return bool(is_range or neighbours.unread.search(rest))
    if said.rule:
        return False
    has_time = said.clock is not None or said.daypart is not None
    lacking = neighbours.unread_day if has_time else neighbours.unread_time
    is_lacking = (said.day is None or not has_time) and lacking.search(rest)
    return bool(neighbours.unread_rule.search(rest) or is_lacking)


def is_capitalised(place: Place) -> bool:
    """Returns whether the phrase has a capital within a text that is not written in capitals."""
    text, part = place.text.text, place.part
    others = [word for word in (text[: part.start] + text[part.end :]).split()[1:] if len(word) >= SHORTEST_NOTABLE]
    has_author = place.neighbours.author.match(text, part.end)
    starts_small = text[0].islower() and not others
    in_capitals = not has_author and not starts_small and all(word[0].isupper() for word in others)
    notable = [word for word in text[part.start : part.end].split() if word not in SMALL_WORDS]
    return bool(place.before.strip()) and " ".join(notable).istitle() and not in_capitals
