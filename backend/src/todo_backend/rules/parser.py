"""From a sentence to requests: without courtesies, split where a second command begins, by the rows of the grammar."""

import re
from collections.abc import Iterator

from todo_backend.quick_add.meanings import Here
from todo_backend.rules import values
from todo_backend.rules.grammar import LEVELS, ROWS, Row, mark, phrases, word_set
from todo_backend.rules.references import PLAIN, reference_of
from todo_backend.rules.views import KIND, view_of
from todo_backend.rules.vocabulary import Request

LONGEST = 500
"""Longer sentences are read only as new tasks."""
MOST_COURTESIES = 8
BEFORE = re.compile(rf"{phrases('before')}(?: there\b)?[,.!:;]? ", re.IGNORECASE)
FILLERS = re.compile(rf",? {phrases('fillers')}$", re.IGNORECASE)
AFTER = re.compile(rf",? {phrases('after')}$", re.IGNORECASE)
END = re.compile(r"(?<=[^\s.!?])[.!?]{1,20}$")
ENDS_QUOTED = re.compile(r"""["'][.!?]?$""")
SPACE = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\s*\n\s*")
HESITATION = re.compile(r"(?<!\S)(?:uh+|um+|uhm+|erm+)[,.]{0,3}\s", re.IGNORECASE)
SHORTHAND = {"wat": "what", "wot": "what", "wots": "what's", "cn": "can", "u": "you", "r": "are", "ur": "your"}
SHORT = re.compile(rf"(?<!\S)(?:{'|'.join(SHORTHAND)})(?!\S)", re.IGNORECASE)
PLEASE = re.compile(r",? (?:please|pls|plz|kindly) ", re.IGNORECASE)
INQUIRY = re.compile(
    r"(?:(?:so|and|but|huh|hey|hmm|ok|okay|well|wait)\b,? ?){0,3}"
    r"(?:what|wat|wot|which|when|where|who|why|how|is|are|am|does|did|can|could|would|should)(?:'?s)?\b|"
    r"do (?:i|you|we|my)\b|if (?:i|you|we)\b",
    re.IGNORECASE,
)
"""How a question begins that is not understood. It is never offered as a new task."""
QUESTION = re.compile(
    r"(?:what(?! i| you)|which|when|who|where|how|why|anything|is|are|am i|do|does|did|show|list|"
    r"(?:what|when|who|where|how)'?s)\b",
    re.IGNORECASE,
)
"""The words with which no task's name begins."""
TARGETED = {
    "complete", "reopen", "delete", "restore", "move", "shift", "priority", "tag", "untag", "clear", "lead", "repeat",
    "show", "history",
}  # fmt: skip
NEW = {"add", "add several", "offer"}
NO_NAME = re.compile(r"(?:i|we|you|what|which) ", re.IGNORECASE)
"""The beginning of what is no name of a task."""
REASON = re.compile(
    r"(?:,|\.| -) (?:i|i'm|we|it|its|it's|they|because|cause|cuz|since|as|not needed) .+$|,? because .+$", re.IGNORECASE
)
"""After a command."""
HOUR = re.compile(
    r"^(?=(?:1[0-2]|\d)"
    r"(?:$| (?:on|today|tonight|tomorrow|tmrw|next|this|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)))",
    re.IGNORECASE,
)
"""Before an hour in "move it to 10 on monday"."""
SPAN_IN = re.compile(r"\b(?:\d+|an?|one|two|three) (?:minutes?|hours?|days?|weeks?|months?)\b", re.IGNORECASE)
LOOSE = {"past", "state"}
"""Details of intents that are recognized by little, so that a typing error is more likely."""
CLEAR = tuple(row for row in ROWS if row.detail not in LOOSE)
SPLIT = re.compile(
    rf"(?:[,;.\n]|\band\b|\bthen\b) ?(?:(?:and|also|then|please) ){{0,3}}(?={phrases('commands')}\b)", re.IGNORECASE
)
ADDS = re.compile(
    r"(?:add|create|remind|remember|new|to-?do|task|reminder|note|put|i (?:need|have|must)|do ?n.?t)\b", re.IGNORECASE
)
REMINDS = re.compile(r"remind me .{1,40} (?:before|early|earlier|ahead|in advance)", re.IGNORECASE)
"""Of the new task before it. Quick-add reads it."""
COMMAND = re.compile(r"\b(?:task ?#?\d+|#?\d+|it|them|that one|tasks?)\b|^mark .+ (?:done|completed?)\b", re.IGNORECASE)
VOCABULARY = sorted(word_set("corrected"))
WORD = re.compile(r"[A-Za-z]{4,12}")
MOST_CORRECTED = 6


def parse(text: str, here: Here) -> tuple[Request, ...]:
    """Returns no request if any part of the sentence is not understood."""
    said = HESITATION.sub("", LINES.sub("\n", SPACE.sub(" ", text)).strip())
    clauses = list(_clauses(said))
    if len(clauses) > 1 and all(found := [clause(each, here) for each in clauses]):
        return tuple(request for request in found if request)
    whole = clause(said, here)
    if whole is None or whole.intent == "search" or whole.detail in LOOSE:
        corrected = clause(_corrected(said), here)
        whole = corrected if corrected and corrected.intent != "search" else whole
    return (whole,) if whole else ()


def _clauses(text: str) -> Iterator[str]:
    """After a new task, "and move …" may be its title: it is a command only if it names tasks."""
    plain, start = text.translate(PLAIN), 0
    for match in SPLIT.finditer(plain):
        before, after = plain[start : match.start()], plain[match.end() :]
        is_also = "also" in match[0].lower()
        if before.count('"') % 2 == 0 and before.strip() and (is_also or not _adds(before) or _is_command(after)):
            yield text[start : match.start()].strip(" ,;.\n")
            start = match.end()
    yield text[start:]


def _is_command(text: str) -> bool:
    return _adds(text) or COMMAND.search(text) is not None


def _adds(text: str) -> bool:
    return ADDS.match(without_courtesies(text)) is not None and REMINDS.fullmatch(text) is None


def clause(text: str, here: Here) -> Request | None:
    plain = without_courtesies(text)
    without_fillers = FILLERS.sub("", plain)
    variants = (without_fillers, REASON.sub("", plain))
    attempts = [*((each, CLEAR) for each in (plain, *variants)), *((each, ROWS) for each in (plain, *variants, text))]
    for candidate, rows in attempts:
        folded = candidate.translate(PLAIN)
        for row in rows:
            if candidate not in {plain, text} and row.intent in NEW:
                continue  # "again" may be the end of a title
            if (request := _match(row, folded, candidate, here)) and _is_meant(request, here):
                return request
    return None


def _match(row: Row, folded: str, text: str, here: Here) -> Request | None:
    if len(folded) > LONGEST and not row.intent.startswith("add"):
        return None
    if not (match := row.compiled.fullmatch(folded)):
        return None
    slots = {name: text[slice(*match.span(name))] for name, found in match.groupdict().items() if found}
    value = " ".join(slots[name] for name in ("text", "after") if name in slots)
    target = slots.get("target", "")
    if row.intent == "move":
        target, value = _later(target, HOUR.sub("at ", value), here)
    if row.intent in TARGETED:
        target = REASON.sub("", target)
    if "more" in slots:  # the title after a priority
        value = f"{slots['more']} {mark(value)}"
    return Request(row.intent, target, value, slots.get("detail", row.detail).strip(), text)


def _later(target: str, value: str, here: Here) -> tuple[str, str]:
    """Splits "the invoice to Anna to friday" before its date, not at the first "to"."""
    before, _, when = value.rpartition(" to ")
    here = values.changing(here)
    if not before or values.read(value, here) or not values.read(when, here):
        return target, value
    return f"{target} to {before}", when


def _is_meant(request: Request, here: Here) -> bool:  # noqa: C901, PLR0911 - one for each intent
    """Decides where the words alone do not."""
    if QUESTION.match(request.target) and request.intent not in {"show", "history"} and request.detail != "past":
        return False
    if request.intent in {"move", "shift", "complete", "show"} and NO_NAME.match(request.target):
        return False
    match request.intent:
        case "list" if request.text:
            view = view_of(request.text, here)
            return view is not None and (view.filtered or view.noun or view.every)
        case "count" if request.text:
            return view_of(request.text, here) is not None or KIND.search(request.text) is not None
        case "move":
            return _is_move(request, here)
        case "repeat" | "preview":
            return values.repetition(request.text, here) is not None
        case "lead" if request.text:
            return " to " not in request.target and values.read(request.target, here) is None
        case "complete" if request.detail == "past":
            return view_of(request.target, here) is None
        case "change" if request.detail == "value":
            return request.text.lower() in LEVELS or values.read(request.text, values.changing(here)) is not None
        case "shift":
            return values.span_of(request.text)[0] > 0
        case _:
            return True


def _is_move(request: Request, here: Here) -> bool:
    """A task that is named by its number can only be moved to a date; "move the desk to the attic" is a title."""
    if not request.text:
        return " to " not in request.target and SPAN_IN.search(request.target) is None
    return (
        bool(reference_of(request.target, here).numbers) or values.read(request.text, values.changing(here)) is not None
    )


def without_courtesies(text: str) -> str:
    left = text
    for _ in range(MOST_COURTESIES):
        if (match := BEFORE.match(left)) and match.end() < len(left):
            left = left[match.end() :]
    for _ in range(MOST_COURTESIES):
        is_quoted = ENDS_QUOTED.search(left[-2:].translate(PLAIN))
        shorter = left.rstrip(".!?") if is_quoted else AFTER.sub("", END.sub("", left))
        if shorter == left:
            break
        left = shorter
    return left or text


def _corrected(text: str) -> str:
    """Writes shorthand out, removes "please", and corrects one letter in each of the first words, outside of quotes."""
    start = text.translate(PLAIN)[:120].split('"')[0]
    found = text
    if start == text.translate(PLAIN):
        found = PLEASE.sub(" ", SHORT.sub(lambda match: SHORTHAND[match[0].lower()], text)).strip()
    for match in list(WORD.finditer(start))[:MOST_CORRECTED]:
        word = match[0].lower()
        near = [known for known in VOCABULARY if _is_near(word, known)]
        if near and word not in VOCABULARY:
            found = found.replace(match[0], near[0], 1)
    return found


def _is_near(word: str, other: str) -> bool:
    """One letter is missing, added or different, or two neighbors are swapped."""
    if abs(len(word) - len(other)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    mine, theirs = word[same:], other[same:]
    swapped = len(mine) > 1 and mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
    return swapped or mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]
