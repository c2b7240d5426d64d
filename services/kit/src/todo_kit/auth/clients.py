# ruff: noqa: RUF001 - the table is of characters that look like others
"""What the client of a token is called, for people to read. An app chooses its own name: nothing may depend on it."""

import unicodedata
from typing import Any

MAX_CHARACTERS = 64
APP = "app:"
"""Before the name of every app that is not ours. None of our own clients has it."""
RESERVED = {
    "web", "thewebpage", "api", "theapi", "mcp", "chat", "system", "thesystem", "assistant", "theassistant",
    "terminal", "theterminal", "todo", "todoterminal",
}  # fmt: skip
"""What our own clients are called, as skeletons."""
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
"""Letters, marks and symbols without a shape; Unicode's categories do not tell."""
SCRIPTS_TOGETHER = ({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}, {"LATIN", "CJK", "HANGUL"}, {"LATIN", "CJK", "BOPOMOFO"})
"""What one language writes together (UTS 39, highly restrictive); every other mix is meant to deceive."""


def client_from_claims(claims: dict[str, Any], *, first_party: bool) -> str:
    """`web` or `terminal`, say, for a session of ours; `app:<name>` for every other token.

    An app whose name could be taken for a client of ours is called by its client id.
    """
    client_id = plain(claims.get("azp")) or plain(claims.get("client_id"))
    if first_party:
        return (client_id or "api")[:MAX_CHARACTERS]
    name = plain(claims.get("client_name"))
    if not name or imitates(name):
        name = client_id or "unnamed"
    return f"{APP}{name}"[:MAX_CHARACTERS]


def plain(claim: Any) -> str:
    """One line of what can be seen."""
    visible = "".join(" " if unicodedata.category(c)[0] == "C" or c in INVISIBLE else c for c in str(claim or ""))
    return " ".join(visible.split())


def imitates(name: str) -> bool:
    """Whether it mixes scripts, or reads like the name of one of our own clients."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in unicodedata.normalize("NFKC", name) if c.isalpha()}
    mixed = len(scripts) > 1 and not any(scripts <= together for together in SCRIPTS_TOGETHER)
    return mixed or skeleton(name) in RESERVED


def skeleton(name: str) -> str:
    """The Latin letters that the name looks like."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(found for c in folded if (found := LATIN_LOOKALIKES.get(c, c)).isalpha())
