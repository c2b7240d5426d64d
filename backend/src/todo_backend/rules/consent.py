"""Yes and no, in the languages of the suite's users. What is neither may be a question or a request of its own."""

import re

from todo_backend.rules.grammar import phrases

APOSTROPHES = str.maketrans("\u2018\u2019", "''")


def _compiled(name: str) -> re.Pattern[str]:
    one = phrases(name)
    return re.compile(rf"{one}(?:[,.!]* {one}){{0,3}}(?:,? {phrases('thanks')}){{0,3}}[?.!… ]{{0,9}}", re.IGNORECASE)


_YES, _NO, _UNCLEAR = _compiled("yes"), _compiled("no"), _compiled("unclear")


def is_yes(text: str) -> bool:
    return _is(_YES, text)


def is_no(text: str) -> bool:
    return _is(_NO, text)


def is_unclear(text: str) -> bool:
    """Returns whether the text neither agrees nor refuses, and asks for nothing else."""
    return _is(_UNCLEAR, text)


def _is(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(" ".join(text.translate(APOSTROPHES).split())) is not None
