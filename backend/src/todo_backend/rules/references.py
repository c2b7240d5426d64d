"""Which tasks words mean: numbers, places in the last list, "it", a filter, or words of their titles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from todo_backend.quick_add.languages.english.words import NUMBERS
from todo_backend.quick_add.meanings import Here
from todo_backend.rules.grammar import word_set
from todo_backend.rules.views import View, view_of
from todo_backend.rules.vocabulary import Task

MOST_NUMBERS = 100
MOST_QUERY = 200
MOST_AROUND = 8
"""Words like "please" that are removed before and after a reference."""
SHORT = 3
PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2013", "''\"\"-")
AROUND = re.compile(
    r"(?:^(?:please|also|just|already) )|(?: (?:please|now|again|too|also|as well|for me|instead|right now|already|"
    r"(?:from|on|in|off) (?:my|the) (?:to-?do |task |shopping )?(?:list|tasks|to-?dos)|from (?:the )?trash)$)"
)
QUOTED = re.compile(r"""(?:the |my )?(?:task )?(?:called |named )?(?P<words>"[^"]+"|'[^']+')(?: task)?""")
NOUN = re.compile(r"\b(?:tasks?|to-?dos?|items?|numbers?|nos?\.?|nr\.?|ids?|both|the|my|also|and|with)(?![\w'])|[#&,;]")
MANY_OF = re.compile(r"\b\d+ (?:tasks|to-?dos|items|things|more)\b")
RANGE = re.compile(r"(\d{1,10}) ?(?:-|to|through|till|until) ?(\d{1,10})")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
PLACES = {word: place for place, word in enumerate(ORDINALS, 1)} | {"top": 1, "last": -1, "bottom": -1}
PLACE = re.compile(rf"(?:the )?(?:(?P<word>{'|'.join(PLACES)})|(?P<digit>\d)(?:st|nd|rd|th))(?: (?:one|task|item))?")
FEW = re.compile(r"(?:the )?(?P<end>first|last|top) (?P<count>\d{1,2}|two|three|four|five|six)(?: ones| tasks| items)?")
PARTS = re.compile(r",? and (?:the )?|, ?|& ?")
ONE = re.compile(
    r"(?:it|that|this|(?:that|this|the|the same|the new|the latest|the previous) (?:one|task|to-?do|item|reminder)|"
    r"(?:the )?(?:one|task)(?: that)? (?:i|you|we)(?:'ve| have)? just \w{1,12}|what (?:i|you)(?: have)? just \w{1,12})"
)
ALL = re.compile(
    r"(?:them|these|those|both|them all|(?:both|all|all three|all four) of (?:them|these|those)|all (?:these|those)|"
    r"(?:these|those|both|the two|the three|the same)(?: two| three)? (?:ones|tasks|items))"
)
EVERY = re.compile(r"(?:all|every|everything|each|any|anything|whatever)\b")
PLURAL = re.compile(r"\b(?:tasks|to-?dos|items|ones|things|stuff)\b")
ARTICLES = re.compile(
    r"(?:(?:the|my|a|an|that|this|our|all|every|each|any|task|to-?do|item|one|ones|reminder|tasks|items|things|"
    r"everything|anything|two|three|four|five|other)(?![\w'])[ :]?)+"
    r"(?:(?:called|named|titled|about|that says|regarding|with|which is)\s)?"
)
NOUN_AT_END = re.compile(
    r"\s(?:(?:that )?i(?:'ve| have)?(?: just)? (?:deleted|added|made|removed|binned|trashed|threw away|got rid of)|"
    r"tasks?|to-?dos?|items?|ones?|reminder|entry|stuff|things?)$"
)
WORD = re.compile(r"\w+")
PASSIVE = re.compile(r"(?P<what>.+?)(?: is| are| was| were| has been| have been|'s) (?P<verb>\w+)", re.IGNORECASE)
PAST = {
    "bought": "buy", "paid": "pay", "wrote": "write", "sent": "send", "made": "make", "got": "get", "took": "take",
    "did": "", "went": "go", "met": "meet", "sold": "sell", "brought": "bring", "built": "build", "found": "find",
    "fed": "feed", "ran": "run", "told": "tell",
}  # fmt: skip
SMALL = word_set("small")


@dataclass(frozen=True, slots=True)
class Reference:
    numbers: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    """In the last list: from 1, or negative from its end."""
    pronoun: Literal["", "one", "both", "all"] = ""
    view: View | None = None
    words: str = ""
    quoted: bool = False
    many: bool = False
    """All tasks that the words or the view match are meant."""


def reference_of(text: str, here: Here) -> Reference:  # noqa: PLR0911 - one for each way to mean tasks
    said = " ".join(text.translate(PLAIN).split())
    for _ in range(MOST_AROUND):
        said = AROUND.sub("", said)
    folded = said.lower()
    if named := QUOTED.fullmatch(folded):
        return Reference(words=said[slice(*named.span("words"))][1:-1], quoted=True)
    if numbers := _numbers(folded):
        return Reference(numbers=numbers)
    if places := _places(folded):
        return Reference(places=places)
    if ONE.fullmatch(folded):
        return Reference(pronoun="one")
    if ALL.fullmatch(folded):
        return Reference(pronoun="both" if "both" in folded else "all")
    every = bool(EVERY.match(folded))
    many = every or bool(PLURAL.search(folded))
    if (view := view_of(said, here)) and (view.filtered or every):
        return Reference(view=view, many=many)
    return Reference(words=content_of(said), many=every)


def _numbers(text: str) -> tuple[int, ...]:
    """Returns the numbers if nothing is said but numbers and nouns of tasks."""
    if MANY_OF.search(text):
        return ()
    spelled = re.match(r"(?:the )?(?:task|number|to-?do|item)s? ", text)
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


def _places(text: str) -> tuple[int, ...]:
    if few := FEW.fullmatch(text):
        count = int(few["count"]) if few["count"].isdigit() else NUMBERS[few["count"]]
        return tuple(range(-count, 0) if few["end"] == "last" else range(1, count + 1))
    found = [PLACE.fullmatch(part) for part in PARTS.split(text)]
    return (
        tuple(PLACES[each["word"]] if each["word"] else int(each["digit"]) for each in found if each)
        if all(found)
        else ()
    )


def content_of(text: str) -> str:
    """`the meeting task` → `meeting`. Nothing is left of "the tasks"."""
    start = match.end() if (match := ARTICLES.match(text.lower() + " ")) else 0
    found = NOUN_AT_END.sub("", NOUN_AT_END.sub("", text[start:].strip())).strip(" .,;:!?\"'")
    return "" if found.lower() in {"task", "tasks", "todo", "item"} else found


def words_of(text: object) -> list[str]:
    return WORD.findall(str(text).casefold())


def content_words(text: object) -> list[str]:
    words = words_of(text)
    return [word for word in words if word not in SMALL] or words


def query_of(text: str) -> str:
    """The search wants every word to match."""
    return " ".join(content_words(text))[:MOST_QUERY]


def matches(reference: Reference, tasks: Sequence[Task]) -> list[Task]:
    """Returns the tasks with exactly this title, or else those with all the words in their title or tags."""
    exact = [task for task in tasks if content_words(task.get("title", "")) == content_words(reference.words)]
    if exact:
        same = [task for task in exact if words_of(task["title"]) == words_of(reference.words)]
        return same or exact
    wanted = words_of(reference.words) if reference.quoted else content_words(reference.words)
    return [task for task in tasks if has_all(wanted, [task.get("title", ""), *(task.get("tags") or [])])]


def has_all(wanted: Sequence[str], texts: Sequence[object]) -> bool:
    there = [word for text in texts for word in words_of(text)]
    return all(any(_means(word, other) for other in there) for word in wanted)


def _means(word: str, other: str) -> bool:
    """A part of a word means it, and the plural means the singular."""
    if len(word) < SHORT:
        return word == other
    return word in other or word.removesuffix("s") == other


def present(text: str) -> str:
    """`called mom` → `call mom`, and `flights are booked` → `book flights`, to find the task that was done."""
    if passive := PASSIVE.fullmatch(text):
        text = f"{passive['verb']} {passive['what']}"
    first, _, rest = text.partition(" ")
    stem = re.sub(r"(?<=[a-z]{2})ed$", "", first.lower())
    return f"{PAST.get(first.lower(), stem)} {rest}".strip()
