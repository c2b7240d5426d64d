"""Escapes users' text, so that no character in it can control the terminal."""

import re

from todo_terminal.failures import Usage

# Control characters (terminals execute them), bidirectional controls, line separators and surrogates.
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
_ACTING_BUT_LINES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")


def plain(text: object) -> str:
    """Returns the text as one line with those characters as Python escapes."""
    return _ACTING.sub(_spelt, str(text))


def plain_lines(text: str) -> str:
    """Does the same for a text of several lines, and keeps the line breaks."""
    return _ACTING_BUT_LINES.sub(_spelt, text.replace("\r\n", "\n"))


def utf8(text: str) -> str:
    """Returns the text unchanged. Raises Usage if it came from bytes that are not UTF-8, which cannot be stored."""
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
