"""New tasks. Quick-add reads their dates, priorities and tags."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from todo_backend.quick_add.meanings import Here
from todo_backend.quick_add.schemas import Ambiguity
from todo_backend.rules import replies, values
from todo_backend.rules.grammar import mark
from todo_backend.rules.references import PLAIN
from todo_backend.rules.targets import Unclear, batches
from todo_backend.rules.vocabulary import (
    Action,
    Call,
    Change,
    Memory,
    Option,
    Question,
    Reply,
    Request,
    Result,
    Steps,
)
from todo_kit.text import LONGEST_TITLE

MOST_TASKS = 100
WHAT = "What shall I add?"
ONE_LIST = re.compile(r"[^,]{1,60}(?:, ?[^,]{1,60}){1,20},? and [^,]{1,60}")
HINT = " It is one task; for several say “add tasks: milk, eggs, bread”."
PRONOUNS = {"it", "that", "this", "them"}
FIELDS = ("due_date", "recurrence_pattern", "recurrence", "reminder_lead_time", "reminders", "priority", "tags")
BULLET = re.compile(r"^(?:[-*+\u2022\u2013]|\[[ x]?\]|[0-9]{1,3}[.)])[ ]{0,3}")
REMIND = re.compile(r"^remind me(?: to| about| of| that)? ", re.IGNORECASE)
TIMED = re.compile(r"(?:to|about|of|that|at|in|on|every|tomorrow|today|tonight|[0-9])\b", re.IGNORECASE)
LOWER_WORD = re.compile(r"[a-z]+(?![\w.])")
LEADS_ON = re.compile(r",? (?:with|with an?|and|as|for)$", re.IGNORECASE)
ADD_TOO = re.compile(r"^(?:(?:and|then|also|please) ){0,3}add (?:an? (?:new )?task(?: to| for)?[:,]? )?", re.IGNORECASE)
NOTE = re.compile(r", (?:with )?(?:the |a )?(?:description|notes?):? ", re.IGNORECASE)
LEVEL = re.compile(
    r"(?:,|\bprio(?:rity)?:|\bp:) ?(high|low|medium|urgent)(?:[ -]?prio(?:rity)?)?(?= ?(?:,|\.|$|#|tag ))|"
    r" (high|low|medium) prio(?= ?(?:,|$))",
    re.IGNORECASE,
)
"""Priorities as they are said in a list of values. Quick-add knows `!high` and "high priority"."""
TAG = re.compile(r"(?:,? and tag it|, tag(?: it)?)(?: with| as)? #?(\S{1,50})", re.IGNORECASE)
NEXT_SENTENCE = re.compile(r"[?!] \S|\. (?:it|its|it's|this|that|they|he|she|we|i|you|my|the)\b", re.IGNORECASE)
"""A second sentence, which is hardly part of a title."""
SURE = "sure"
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def add(request: Request, _: Memory, here: Here) -> Steps[Change]:
    yield from ()
    if request.text.lower() in PRONOUNS:
        raise Unclear(Reply(WHAT, question=Question(WHAT, (Request("add"),), "text")))
    if "\n" in request.text:
        lines = [line if number == 0 else ADD_TOO.sub("", line) for number, line in enumerate(_pieces(request.text))]
        return _create([_read_whole(line, here) for line in lines[:MOST_TASKS]], here)
    text = request.text
    if request.detail == "remind":
        text = f"remind me {'' if TIMED.match(text) else 'to '}{text}"
    task = _read(text, request, here)
    is_quoted = unquoted(text)[1]
    if NEXT_SENTENCE.search(task["title"]) and not is_quoted and request.detail != SURE:
        asked = f"Add {replies.quoted(task['title'])}?"
        sure = Request("add", detail=SURE, text=text, picks=request.picks)
        raise Unclear(Reply(asked, question=Question(asked, (sure,), "confirm")))
    if not task["title"]:
        asked = "What shall the task be called?"
        raise Unclear(Reply(asked, question=Question(asked, (Request("add", detail="named", text=text),), "title")))
    return _create([task], here, HINT if ONE_LIST.fullmatch(task["title"]) and not is_quoted else "")


def add_several(request: Request, _: Memory, here: Here) -> Steps[Change]:
    """Each line, or in one line each part between commas, is a task."""
    yield from ()
    pieces = list(_pieces(request.text))
    if not pieces:
        raise Unclear(Reply(WHAT, question=Question(WHAT, (request,), "text")))
    return _create([_read_whole(piece, here) for piece in pieces[:MOST_TASKS]], here)


def _create(tasks: Sequence[Mapping[str, Any]], here: Here, hint: str = "") -> Change:
    def report(results: list[Result]) -> Reply:
        added = tuple(task for result in results for task in result.tasks)
        return Reply(replies.report("Added", results, here, detailed=True) + (hint if added else ""), touched=added)

    return Change([Call("add_task", {"tasks": batch}) for batch in batches(tasks)], report)


def _read(text: str, request: Request, here: Here) -> dict[str, Any]:
    """Raises Unclear if a date in the text has several readings."""
    text, *notes = NOTE.split(text, maxsplit=1)
    text = LEVEL.sub(lambda match: f" {mark(match[1] or match[2])}", TAG.sub(r" #\1", text))
    if len(text) > values.MOST_CHARACTERS:
        raise Unclear(_too_long(text))
    found = values.understood(_in_double_quotes(text), here, request.picks)
    if len(found.ambiguities) > len(request.picks):
        raise Unclear(ask(request, found.ambiguities[len(request.picks)]))
    title = titled(REMIND.sub("", found.title) if REMIND.match(text) else found.title, found.fields)
    if len(title) > LONGEST_TITLE:
        raise Unclear(_too_long(title))
    fields = {name: found.fields[name] for name in FIELDS if name in found.fields}
    return {"title": title, **fields, **({"description": notes[0]} if notes else {})}


def _read_whole(text: str, here: Here) -> dict[str, Any]:
    """Reads one task of several. Raises Unclear instead of asking, as there may be many questions."""
    try:
        task = _read(text, Request("add"), here)
    except Unclear as unclear:
        if question := unclear.reply.question:
            labels = replies.joined([replies.quoted(option.label) for option in question.options], "or")
            said = f"In {replies.quoted(text)}: {question.text} ({labels}) Nothing was added; please say it exactly."
            raise Unclear(said) from unclear
        raise
    return task | {"title": task["title"] or text}


def ask(request: Request, ambiguity: Ambiguity) -> Reply:
    options = tuple(Option(str(index), choice.label) for index, choice in enumerate(ambiguity.alternatives))
    rows = [f"{number}. {option.label}" for number, option in enumerate(options, 1)]
    question = Question(ambiguity.question, (request,), "picks", options)
    return Reply("\n".join([ambiguity.question, *rows]), question=question)


def _too_long(text: str) -> str:
    return f"A title has at most {LONGEST_TITLE} characters, this has {len(text)}: nothing was added."


def titled(text: str, fields: Mapping[str, Any]) -> str:
    """Begins with a capital, unless the first word is more than letters, such as `iPhone`."""
    title, _ = unquoted(text.strip(" \n,;:"))
    title = LEADS_ON.sub("", title) if fields else title
    return title[0].upper() + title[1:] if LOWER_WORD.match(title) else title


def unquoted(text: str) -> tuple[str, bool]:
    """Removes quotes around the whole text, and returns whether there were any."""
    said = text.strip()
    plain = said.translate(PLAIN)
    inner = APOSTROPHE.sub("", plain[1:-1])
    around = inner != "" and plain[0] == plain[-1] and plain[0] in "\"'" and plain[0] not in inner
    return (said[1:-1].strip(), True) if around else (said, False)


def _in_double_quotes(text: str) -> str:
    """Quick-add reads nothing in double quotes."""
    inner, is_quoted = unquoted(text)
    return f'"{inner}"' if is_quoted else text


def _pieces(text: str) -> Iterator[str]:
    if "\n" in text.strip():
        parts = text.split("\n")
    else:
        *most, last = re.split(r"[,;]", text)
        parts = [*most, *re.split(r"(?:^| )and ", last)]
    for part in parts:
        if piece := BULLET.sub("", part.strip()).strip(" ,;."):
            yield piece


ACTIONS: Mapping[str, Action] = {"add": add, "add several": add_several}
