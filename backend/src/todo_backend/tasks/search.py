"""Text normalization for search: removes case, accents and compatibility forms."""

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


_WITHIN_WORDS = re.compile(r"(?<=\w)['\u2018\u2019\u02bc\uff07\u2010\u2011\u00ad-](?=\w)")
"""Apostrophes and hyphens within words."""


def fold(text: str) -> str:
    """Returns the same text for `Ärger` and `ARGER`, for a ligature and its letters, for `e-mail` and `email`."""
    text = _WITHIN_WORDS.sub("", text)
    # NFKD before casefold: some compatibility forms decompose to capitals.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


def document(title: str, description: str, tags: list[str]) -> str:
    """Returns the folded fields, one per line, so that a match cannot span two of them."""
    return "\n".join((fold(title), fold(" ".join(tags)), fold(description)))
