"""Words of people on this terminal: nothing in them may act on it."""

import re

from todo_terminal.failures import Usage

# Control characters (a terminal obeys them), the marks that turn the direction of what follows, and line separators.
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
_ACTING_BUT_LINES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")


def plain(text: object) -> str:
    """One line in which those characters are spelt out, as Python spells them."""
    return _ACTING.sub(_spelt, str(text))


def plain_lines(text: str) -> str:
    """The same for a text of several lines, which stay."""
    return _ACTING_BUT_LINES.sub(_spelt, text.replace("\r\n", "\n"))


def utf8(text: str) -> str:
    """The same, unless it came from bytes that are none: nobody could store that."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Usage(f"{shortened(text)} is not UTF-8") from None
    return text


def shortened(text: object, length: int = 40) -> str:
    line = plain(text)
    return line if len(line) <= length else f"{line[: length - 1]}…"


def _spelt(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()
