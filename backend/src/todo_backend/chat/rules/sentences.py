"""What a sentence wants: without what is said out of politeness, by the first row of the tables that it is."""

import re
from collections.abc import Iterator

from todo_backend.chat.rules.decisions import Intent
from todo_backend.chat.rules.language import Row
from todo_backend.chat.rules.tables import adding, changing, looking, talking
from todo_backend.quick_add.meanings import Here

MOST_CHARACTERS = 4000
ROWS: tuple[Row, ...] = (*talking.ROWS, *changing.NOTES, *adding.ROWS, *changing.ROWS, *looking.ROWS)
PLAIN = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
BEFORE = re.compile(
    r"(?:please|pls|plz|kindly|just|also|now|then|and|so|well|hey|hi|hello|yo|ok|okay|alright|great|thanks|thank you|"
    r"yes|yeah|sure|assistant|todo|sorry|oh|um|oops|actually|quickly|"
    r"(?:can|could|would|will) (?:you|u|we|i)(?: please| kindly| maybe| just| also)?|would you mind|"
    r"{i}(?: would|'d)? (?:like|love|want) (?:you )?to|i wanna|let me|let us|let's|go ahead and|help me(?: to)?|"
    r"do me a favou?r and|i need you to|you (?:can|may|should|must)|it would be (?:nice|great) if you could|"
    r"i(?: need| have) to (?=[a-z]+ (?:me )?(?:my |the |all |a )*(?:new )?tasks?\b))"
    r"(?: there\b)?[,.!:;]? ".replace("{i}", "(?:i|we)"),
    re.IGNORECASE,
)
AFTER = re.compile(
    r",? (?:please|pls|plz|thanks|thank you|thx|will you|would you|could you|can you|ok|okay|right|for me|if you can)"
    r"$",
    re.IGNORECASE,
)
END = re.compile(r"(?<=[^\s.!?])[.!?]{1,20}$")
ENDS_QUOTED = re.compile(r"""["'][.!?]?$""")
SPACE = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\s*\n\s*")
WORD = re.compile(r"[a-z]{4,12}", re.IGNORECASE)
MOST_CORRECTED = 6
MOST_POLITE = 8
"""So many phrases of politeness at each end are taken for that."""
KNOWN = {
    "task", "tasks", "show", "list", "mark", "complete", "completed", "delete", "remove", "change", "rename",
    "remember", "remind", "pending", "finish", "finished", "restore", "reopen", "move", "postpone", "reschedule",
    "overdue", "upcoming", "create", "undo", "help", "search", "find", "priority", "history", "preview",
    "reminders", "notifications", "everything", "today", "tomorrow", "high", "make", "repeat", "what", "have",
    "need",
}  # fmt: skip
COMMANDS = re.compile(
    r"(?:,|;|\band\b|\bthen\b)\s(?:also\s|then\s)?(?:add|create|delete|remove|complete|finish|mark|rename|move|"
    r"show|list|"
    r"reopen|restore|postpone|reschedule|change|set|make|tag|undo)\s",
    re.IGNORECASE,
)
ASKS = re.compile(r"(?:what(?! i| you)|which|when|who|where|how|why|anything|is|are|do|does|did)\b", re.IGNORECASE)
"""No task is meant by what begins like a question."""
SEVERAL = Intent("several")


def understand(text: str, here: Here) -> Intent | None:
    """None where no row is what was said."""
    said = tidy(text)
    found = read(said, here)
    if found and found.name != "search":
        return found
    mended = (read(other, here) for other in corrected(said))
    return next((other for other in mended if other and other.name != "search"), found)


def read(text: str, here: Here) -> Intent | None:
    for candidate in (stripped(text), text):
        folded = candidate.translate(PLAIN)
        for row in ROWS:
            if (intent := row.read(folded, candidate, here)) and not ASKS.match(intent.get("which")):
                return SEVERAL if COMMANDS.search(intent.get("which")) else intent
    return None


def tidy(text: str) -> str:
    """Single spaces and single line ends, so that no pattern has a choice."""
    return LINES.sub("\n", SPACE.sub(" ", text)).strip()


def stripped(text: str) -> str:
    """Without politeness at its ends; all of it if there is nothing else."""
    left = text
    for _ in range(MOST_POLITE):
        if (match := BEFORE.match(left)) and match.end() < len(left):
            left = left[match.end() :]
    for _ in range(MOST_POLITE):
        left = without_end(left)
    return left or text


def without_end(text: str) -> str:
    if ENDS_QUOTED.search(text.translate(PLAIN)):
        return text[:-1] if text[-1] in ".!?" else text
    return AFTER.sub("", END.sub("", text))


def corrected(text: str) -> Iterator[str]:
    """With one letter mended in the words that begin it, where that makes a word that requests are made of."""
    start = text.translate(PLAIN)[:120].split('"')[0]
    found = text
    for number, match in enumerate(WORD.finditer(start)):
        word = match[0].lower()
        if number < MOST_CORRECTED and word not in KNOWN:
            near = sorted(known for known in KNOWN if is_near(word, known))
            if near and text[slice(*match.span())] == match[0]:
                at = match.start() + len(found) - len(text)
                found = found[:at] + near[0] + found[at + len(word) :]
    if found != text:
        yield found


def is_near(word: str, other: str) -> bool:
    """One letter is missing, too many or another one, or two have changed places."""
    if abs(len(word) - len(other)) > 1 or word == other or min(len(word), len(other)) < 4:  # noqa: PLR2004
        return False
    same = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    mine, theirs = word[same:], other[same:]
    swapped = mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:] and len(mine) > 1
    return swapped or mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]
