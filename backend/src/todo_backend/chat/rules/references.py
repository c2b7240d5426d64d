"""Which tasks a sentence means: by numbers, places in a list, "it", a filter, or words of their titles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from todo_backend.chat.rules.views import View, view_of
from todo_backend.quick_add.languages.english.words import NUMBERS
from todo_backend.quick_add.meanings import Here

MOST_NUMBERS = 100
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2013", "''\"\"-")
AROUND = re.compile(
    r"(?:^(?:please|also|just) )|(?: (?:please|now|again|too|also|as well|for me|instead|right now|"
    r"(?:from|on|in|off) (?:my|the) (?:to-?do |task )?(?:list|tasks|to-?dos)|from (?:the )?trash)$)"
)
QUOTED = re.compile(
    r"""(?:the |my )?(?:task |to-?do )?(?:called |named |titled )?(?P<words>"[^"]+"|'[^']+')(?: task)?"""
)
NOUN = re.compile(r"\b(?:tasks?|to-?dos?|items?|numbers?|nos?\.?|nr\.?|ids?|both|the|my|also|and|with)(?![\w'])|[#&,;]")
MANY_OF = re.compile(r"\b\d+ (?:tasks|to-?dos|items|things|more)\b")
RANGE = re.compile(r"(\d{1,10}) ?(?:-|to|through|till|until) ?(\d{1,10})")
PLACES = {
    "first": 1, "1st": 1, "top": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5,
    "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7, "eighth": 8, "8th": 8, "ninth": 9, "9th": 9, "tenth": 10,
    "10th": 10, "last": -1, "bottom": -1,
}  # fmt: skip
PLACE = re.compile(rf"(?:the )?(?P<place>{'|'.join(PLACES)})(?: (?:one|task|item|to-?do))?")
FIRST_FEW = re.compile(
    r"(?:the )?(?P<end>first|last|top) (?P<count>\d{1,2}|two|three|four|five|six)(?: ones| tasks| items)?"
)
PARTS = re.compile(r",? and (?:the )?|, ?|& ?")
ONE = re.compile(
    r"(?:it|that|this|(?:that|this|the|the same|the new|the latest|the previous) (?:one|task|to-?do|item)|the same|"
    r"(?:the )?(?:one|task)(?: that)? (?:i|you|we)(?:'ve| have)? just \w{1,12}|what (?:i|you)(?: have)? just \w{1,12})"
)
ALL = re.compile(
    r"(?:them|these|those|both|them all|(?:both|all|all three|all four) of (?:them|these|those)|all (?:these|"
    r"those|three|four)"
    r"|(?:these|those|both|the two|the three|the same)(?: two| three)? (?:ones|tasks|items))"
)
EVERY = re.compile(r"(?:all|every|everything|each|any|anything|whatever|what is|what's)\b")
PLURAL = re.compile(r"\b(?:tasks|to-?dos|items|ones|things|stuff)\b")
ARTICLES = re.compile(
    r"(?:(?:the|my|a|an|that|this|our|all|every|each|any|task|to-?do|item|one|ones|reminder|tasks|items|things|"
    r"everything|"
    r"anything)(?![\w'])[ :]?)+(?:(?:called|named|titled|about|that says|regarding|with|which is)\s)?"
)
NOUN_AT_END = re.compile(r"\s(?:tasks?|to-?dos?|items?|ones?|reminder|entry)$")


@dataclass(frozen=True, slots=True)
class Which:
    numbers: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    """In the list that was shown last, from 1; from its end if negative."""
    pronoun: Literal["", "one", "all"] = ""
    view: View | None = None
    words: str = ""
    quoted: bool = False
    many: bool = False
    """All that the words match are meant."""


def which(text: str, here: Here) -> Which:  # noqa: PLR0911 - one a way to mean tasks
    said = without_ends(" ".join(text.translate(PLAIN).split()))
    folded = said.lower()
    if named := QUOTED.fullmatch(folded):
        return Which(words=said[slice(*named.span("words"))][1:-1], quoted=True)
    if numbers := numbers_in(folded):
        return Which(numbers=numbers)
    if places := places_in(folded):
        return Which(places=places)
    if ONE.fullmatch(folded):
        return Which(pronoun="one")
    if ALL.fullmatch(folded):
        return Which(pronoun="all")
    every = bool(EVERY.match(folded))
    plural = bool(PLURAL.search(folded))
    if (every or plural) and (view := view_of(said, here)) and (view.filtered or every):
        return Which(view=view)
    return Which(words=content_of(said), many=every)


def without_ends(text: str) -> str:
    while (shorter := AROUND.sub("", text)) != text:
        text = shorter
    return text


def numbers_in(text: str) -> tuple[int, ...]:
    """Of nothing but numbers and the nouns around them; none if anything else is said."""
    if MANY_OF.search(text):
        return ()
    spelled = re.match(r"(?:the )?(?:task|number|to-?do|item|tasks|numbers) ", text)
    left = NOUN.sub(" ", text)
    found: list[int] = []
    for match in RANGE.finditer(left):
        found += range(int(match[1]), min(int(match[2]), int(match[1]) + MOST_NUMBERS - 1) + 1)
    for word in RANGE.sub(" ", left).split():
        if word.isdecimal() and word.isascii():
            found.append(int(word[:12]))
        elif spelled and word in NUMBERS and word not in {"a", "an"}:
            found.append(NUMBERS[word])
        else:
            return ()
    return tuple(dict.fromkeys(found))[:MOST_NUMBERS]


def places_in(text: str) -> tuple[int, ...]:
    if few := FIRST_FEW.fullmatch(text):
        count = min(int(few["count"]) if few["count"].isdigit() else NUMBERS[few["count"]], MOST_NUMBERS)
        return tuple(range(-count, 0) if few["end"] == "last" else range(1, count + 1))
    return tuple(_each_place(text))


def _each_place(text: str) -> Iterator[int]:
    parts = PARTS.split(text)
    found = [PLACE.fullmatch(part) for part in parts]
    if all(found):
        yield from (PLACES[match["place"]] for match in found if match)


def content_of(text: str) -> str:
    """`the meeting task` → `meeting`; of "the tasks" nothing is left."""
    folded = text.lower()
    start = match.end() if (match := ARTICLES.match(folded + " ")) else 0
    left = text[start:].strip()
    shorter = NOUN_AT_END.sub("", left)
    found = shorter.strip(" .,;:!?\"'")
    return "" if found.lower() in {"task", "tasks", "todo", "item"} else found


def unquoted(text: str) -> tuple[str, bool]:
    """Without the quotes around all of it, and whether there were some."""
    said = text.strip()
    plain = said.translate(PLAIN)
    inner = APOSTROPHE.sub("", plain[1:-1])
    around = inner != "" and plain[0] == plain[-1] and plain[0] in "\"'" and plain[0] not in inner
    return (said[1:-1].strip(), True) if around else (said, False)
