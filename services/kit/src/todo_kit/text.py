"""Text types: strings that Postgres and JSON can store, and the titles and tags of tasks."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints

LINE_BREAKS_AND_CONTROLS = re.compile(r"[\x01-\x1f\x7f-\x9f\u2028\u2029]+")
BIDI_CONTROLS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates, which reorder text. The marks U+200E, U+200F and U+061C do not."""
QUOTES = re.compile('[“”„‟«»"]')
INVISIBLE = re.compile(r"[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
"""Blank characters whose Unicode category is letter, mark or symbol."""


def storable(value: str) -> str:
    """Raises ValueError for what Postgres cannot store: null characters and lone surrogates."""
    if "\x00" in value:
        raise ValueError("must not contain null characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must be valid Unicode (it has a lone surrogate)") from None
    return value


def one_line(value: str) -> str:
    """Normalizes to NFC, replaces line breaks and control characters by a space and removes bidi controls.

    Keeps joiners, variation selectors and combining marks: emoji, flags, keycaps and scripts need them.
    """
    return unicodedata.normalize("NFC", BIDI_CONTROLS.sub("", LINE_BREAKS_AND_CONTROLS.sub(" ", value)))


def quoted(value: str) -> str:
    """Returns the text in one line and in quotation marks, none of which are inside: it cannot end before its end."""
    line = " ".join(one_line(value).split())
    return "“" + QUOTES.sub("'", line) + "”"


def visible(value: str) -> str:
    """Raises ValueError for text without a visible character: only spaces, joiners, selectors, or combining marks."""
    if not any(unicodedata.category(c)[0] in "LNPS" for c in INVISIBLE.sub("", value)):
        raise ValueError("must have a visible character")
    return value


def folded(tag: str) -> str:
    """Returns the form in which tags are compared, as `filters.without_case` of the task API does in the database."""
    return unicodedata.normalize("NFC", tag).lower()


def ordinal(number: int) -> str:
    """Formats "2nd" in English, and "2nd last" for -2."""
    of = abs(number)
    ending = "th" if of % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(of % 10, "th")
    return f"{of}{ending}" if number > 0 else "last" if number == -1 else f"{of}{ending} last"


def _one_line(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


LONGEST_TITLE = 200
Storable = Annotated[str, AfterValidator(storable)]
Title = Annotated[
    str,
    BeforeValidator(_one_line),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TITLE),
    AfterValidator(storable),
    AfterValidator(visible),
]
Tag = Annotated[
    str,
    BeforeValidator(_one_line),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=50),
    AfterValidator(storable),
    AfterValidator(visible),
]
