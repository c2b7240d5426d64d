"""What search compares: text without case, accents and compatibility forms."""

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


_WITHIN_WORDS = re.compile(r"(?<=\w)['\u2018\u2019\u02bc\uff07\u2010\u2011\u00ad-](?=\w)")
"""Apostrophes and hyphens."""


def fold(text: str) -> str:
    """`Ärger` and `ARGER` are the same; so are a ligature and its letters, `e-mail` and `email`."""
    text = _WITHIN_WORDS.sub("", text)
    # First the compatibility forms: some of their letters are capitals.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


def document(title: str, description: str, tags: list[str]) -> str:
    """One line a field, so that a match cannot run from one into the next."""
    return "\n".join((fold(title), fold(" ".join(tags)), fold(description)))
