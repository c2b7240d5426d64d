# ruff: noqa: RUF001 - the table is of characters that look like others
"""Display names of clients, from a token's claims. An app chooses its own name, so no decision may depend on it."""

import unicodedata
from typing import Any

MAX_CHARACTERS = 64
APP = "app:"
"""Prefix of the name of every third-party app. No first-party client has it."""
RESERVED = {
    "web", "thewebpage", "api", "theapi", "mcp", "chat", "system", "thesystem", "assistant", "theassistant",
    "terminal", "theterminal", "todo", "todoterminal",
}  # fmt: skip
"""Skeletons of the names of first-party clients."""
LATIN_LOOKALIKES = {
    # Cyrillic
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "к": "k", "ӏ": "l", "м": "m",
    "о": "o", "р": "p", "ԛ": "q", "ѕ": "s", "т": "t", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "ь": "b", "п": "n",
    # Greek
    "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u",
    "χ": "x", "ω": "w", "ϲ": "c", "ϳ": "j",
    # digits and signs
    "0": "o", "1": "l", "3": "e", "5": "s", "7": "t", "$": "s", "@": "a", "|": "l", "!": "i",
}  # fmt: skip
INVISIBLE = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0"}
"""Blank letters, marks and symbols, which Unicode's categories do not identify."""
SCRIPTS_TOGETHER = ({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}, {"LATIN", "CJK", "HANGUL"}, {"LATIN", "CJK", "BOPOMOFO"})
"""Scripts that one language combines (UTS 39, highly restrictive). Any other mix counts as an imitation."""


def client_from_claims(claims: dict[str, Any], *, first_party: bool) -> str:
    """Returns the client's name: such as `web` or `terminal` for a first-party session, otherwise `app:<name>`.

    Uses the client id of an app that has no name, or one that could be mistaken for a first-party client.
    """
    client_id = plain(claims.get("azp")) or plain(claims.get("client_id"))
    if first_party:
        return (client_id or "api")[:MAX_CHARACTERS]
    name = plain(claims.get("client_name"))
    if not name or imitates(name):
        name = client_id or "unnamed"
    return f"{APP}{name}"[:MAX_CHARACTERS]


def plain(claim: Any) -> str:
    """Returns the claim as one line of visible characters."""
    visible = "".join(" " if unicodedata.category(c)[0] == "C" or c in INVISIBLE else c for c in str(claim or ""))
    return " ".join(visible.split())


def imitates(name: str) -> bool:
    """Returns whether the name mixes scripts or looks like the name of a first-party client."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in unicodedata.normalize("NFKC", name) if c.isalpha()}
    mixed = len(scripts) > 1 and not any(scripts <= together for together in SCRIPTS_TOGETHER)
    return mixed or skeleton(name) in RESERVED


def skeleton(name: str) -> str:
    """Returns the Latin letters that the name looks like."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(found for c in folded if (found := LATIN_LOOKALIKES.get(c, c)).isalpha())
