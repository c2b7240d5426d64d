"""New tasks, their dates and marks read by the quick-add language; what can be read in several ways is asked back."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from todo_backend.chat.rules import times
from todo_backend.chat.rules.decisions import Call, Intent, Option, Plan, Question, Say, Situation
from todo_backend.chat.rules.language import LEVELS
from todo_backend.chat.rules.references import unquoted
from todo_backend.chat.rules.wording import quoted, report
from todo_backend.mcp.changes import MANY
from todo_backend.quick_add.schemas import Ambiguity

MOST_TASKS = 100
LONGEST_TITLE = 200
FIELDS = ("due_date", "recurrence_pattern", "recurrence", "reminder_lead_time", "priority", "tags")
"""Of a new task, as the tool takes them."""
BULLET = re.compile(r"^(?:[-*+\u2022\u2013]|\[[ x]?\]|[0-9]{1,3}[.)])[ ]{0,3}")
REMIND = re.compile(r"^remind me(?: to| about| of| that)? ", re.IGNORECASE)
LOWER_WORD = re.compile(r"[a-z]+(?![\w.])")
LEADS_ON = re.compile(r",? (?:with|with an?|and|as)$", re.IGNORECASE)
ADD_TOO = re.compile(
    r"^(?:(?:and|then|also|please) ){0,3}add (?:an? (?:new )?(?:task|to-?do|item)(?: to| for| called| named)?[:,]? )?",
    re.IGNORECASE,
)
"""Of a line that asks for its task as the first one did."""
ONE_LIST = re.compile(r"[^,]{1,60}(?:, ?[^,]{1,60}){1,20},? and [^,]{1,60}")
HINT = " It is one task; for several say “add tasks: milk, eggs, bread”."


def add(situation: Situation) -> Plan:
    level = LEVELS.get(situation.intent.get("level").lower(), "")
    parts = [situation.intent.get("text"), level and f"!{level.lower()}", situation.intent.get("after")]
    text = " ".join(filter(None, parts))
    if "\n" in text:
        return (yield from several(situation))
    return (yield from one(situation, in_double_quotes(text)))


def remind(situation: Situation) -> Plan:
    text = situation.intent.get("text")
    start = (
        "" if re.match(r"(?:to|about|of|that|at|in|on|every|tomorrow|today|[0-9])\b", text, re.IGNORECASE) else "to "
    )
    return (yield from one(situation, f"remind me {start}{text}"))


def one(situation: Situation, text: str) -> Plan:
    """Has a way back to the question that its text leads to: the picks are in the intent."""
    if len(text) > times.MOST_CHARACTERS:
        return too_long(text)
    picks = picks_of(situation.intent)
    found = times.understood(text, situation.here, picks)
    if len(found.open) > len(picks):
        return ask(situation.intent, found.open[len(picks)])
    title = titled(REMIND.sub("", found.title) if REMIND.match(text) else found.title, found.fields)
    if not title:
        asked = "What shall the task be called?"
        return Say(asked, question=Question(asked, situation.intent.having(after=situation.intent.get("text")), "text"))
    if len(title) > LONGEST_TITLE:
        return too_long(title)
    said = yield from create(situation, [new_task(title, found.fields)])
    is_list = ONE_LIST.fullmatch(text) and situation.intent.name == "add"
    return Say(said.text + HINT, said.shown, said.touched) if is_list and said.touched else said


def several(situation: Situation) -> Plan:
    """A line or, in one line, a comma makes a task of its own."""
    texts = list(pieces(situation.intent.get("text")))
    if situation.intent.name == "add":
        texts = [*texts[:1], *(ADD_TOO.sub("", text) for text in texts[1:])]
    tasks = []
    for text in texts[:MOST_TASKS]:
        if len(text) > times.MOST_CHARACTERS:
            return too_long(text)
        found = times.understood(in_double_quotes(text), situation.here)
        title = titled(found.title, found.fields) or text
        if found.open:
            first = found.open[0]
            choices = " or ".join(f"“{choice.label}”" for choice in first.alternatives)
            return Say(f"In {quoted(text)}: {first.question} ({choices}) Nothing was added; please say it exactly.")
        if len(title) > LONGEST_TITLE:
            return too_long(title)
        tasks.append(new_task(title, found.fields))
    if not tasks:
        return Say("What shall I add?", question=Question("What shall I add?", situation.intent, "text"))
    return (yield from create(situation, tasks))


def create(situation: Situation, tasks: Sequence[dict[str, Any]]) -> Plan:
    answers = yield [Call("add_task", {"tasks": list(tasks[at : at + MANY])}) for at in range(0, len(tasks), MANY)]
    added = tuple(task for answer in answers for task in answer.tasks)
    return Say(report("Added", answers, situation.here, detailed=True), touched=added)


def new_task(title: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": title, **{name: fields[name] for name in FIELDS if name in fields}}


def titled(text: str, fields: Mapping[str, Any]) -> str:
    """A sentence's words begin with a small letter, a title with a large one; "with" led to what is a field now."""
    title, _ = unquoted(text.strip(" \n,;:"))
    title = LEADS_ON.sub("", title) if fields else title
    first = LOWER_WORD.match(title)
    return title[0].upper() + title[1:] if first else title


def in_double_quotes(text: str) -> str:
    """Quotes around all of it mean that nothing in it is a date: the language knows that of these."""
    inner, is_quoted = unquoted(text)
    return f'"{inner}"' if is_quoted else text


def pieces(text: str) -> Iterator[str]:
    """Of lines if there are some; else of commas, and of the last "and"."""
    if "\n" in text.strip():
        parts = text.split("\n")
    else:
        parts = re.split(r"[,;]", text)
        *most, last = parts
        parts = [*most, *re.split(r"(?:^| )and ", last)]
    for part in parts:
        if piece := BULLET.sub("", part.strip()).strip(" ,;."):
            yield piece


def picks_of(intent: Intent) -> tuple[int, ...]:
    return tuple(int(pick) for pick in intent.get("picks").split())


def ask(intent: Intent, ambiguity: Ambiguity) -> Say:
    """Numbered choices; the number, its words or another date answer it."""
    done = intent.get("picks")
    options = tuple(
        Option(f"{done} {index}".strip(), choice.label) for index, choice in enumerate(ambiguity.alternatives)
    )
    rows = [f"{number}. {option.label}" for number, option in enumerate(options, 1)]
    text = "\n".join([ambiguity.question, *rows])
    return Say(text, question=Question(text, intent, "picks", options, numbered=True))


def too_long(text: str) -> Say:
    return Say(f"A title has at most {LONGEST_TITLE} characters, this has {len(text)}: nothing was added.")


PLANS: Mapping[str, Callable[[Situation], Plan]] = {"add": add, "remind": remind, "add several": several}
