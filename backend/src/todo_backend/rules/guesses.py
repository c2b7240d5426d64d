"""Sentences that match no row: a new task, or a change of the task that they name. Nothing is done before a yes."""

import re
from collections.abc import Mapping, Sequence

from todo_backend.quick_add.meanings import Here
from todo_backend.rules import replies, values
from todo_backend.rules.additions import titled
from todo_backend.rules.grammar import phrases
from todo_backend.rules.references import content_words, has_all
from todo_backend.rules.subjects import VERBS, subjects
from todo_backend.rules.vocabulary import Action, Memory, Question, Reply, Request, Steps, Task
from todo_kit.text import LONGEST_TITLE

CHANGES = "“complete it”, “move it to friday”, “make it high priority”"
NEW = "For a new task, say “add …”."
STATES = re.compile(rf"\b{phrases('states')}\b", re.IGNORECASE)
"""Words of a statement rather than of a title."""
NOT_YET = "".join(rf"(?<!{word} )" for word in ("when", "once", "after", "until", "if", "almost", "nearly"))
REOPENS, CANCELS, FINISHES = (
    re.compile(rf"{unless}\b{phrases(name)}(?!\w)", re.IGNORECASE)
    for name, unless in (("reopens", NOT_YET), ("cancels", NOT_YET), ("finishes", rf"{NOT_YET}(?<!be )(?<!get )"))
)
INSTEAD = re.compile(r"\b(?:instead of|rather than|not|from) (?:on )?\w+", re.IGNORECASE)


def offer(request: Request, _: Memory, here: Here) -> Steps[Reply]:
    """Offers to add the text as a task, or to change the task that it is about."""
    text = request.text.strip()
    if len(text) > LONGEST_TITLE:
        return Reply(replies.TALK["unknown"])
    reading = values.understood(text, here)
    is_statement = STATES.search(text)
    about = (yield from subjects(text)) if is_statement or reading.fields else ()
    if len(about) == 1 and _is_meant(text, reading.title, about[0]) and (found := _guess(text, about[0], here)):
        return _asked(*found, f" {NEW}", about[0])
    about = about if is_statement else ()
    due = values.due(reading.fields)
    date = f" for {replies.date_text(due, here)}" if due is not None and not reading.ambiguities else ""
    asked = f"Add {replies.quoted(titled(reading.title, reading.fields) or text)}{date}?"
    question = Question(asked, (Request("add", text=text),), "confirm")
    if not about:
        return Reply(f"{asked} Or {replies.SUGGESTIONS}.", question=question)
    return Reply(f"{asked} {_what_to_do(about, here)}", shown=about, touched=about, question=question)


def remark(request: Request, _: Memory, __: Here) -> Steps[Reply]:
    """Finds the task that "it" means in the command after a remark. Without one, it is that of the turn before."""
    about = yield from subjects(request.text)
    return Reply("", touched=about if len(about) == 1 else None)


def guess(request: Request, _: Memory, here: Here) -> Steps[Reply]:
    """For questions, which are no new tasks."""
    about = yield from subjects(request.text)
    if len(about) == 1 and (found := _guess(request.text, about[0], here)):
        return _asked(*found, "", about[0])
    if not about:
        return Reply(replies.TALK["unknown"])
    return Reply(f"I did not understand that. {_what_to_do(about, here)}", shown=about, touched=about)


def _what_to_do(about: Sequence[Task], here: Here) -> str:
    return f"If it is about {replies.choices(about, here)}, say what to do: {CHANGES}."


def _asked(asked: str, request: Request, more: str, task: Task) -> Reply:
    return Reply(asked + more, touched=(task,), question=Question(asked, (request,), "confirm"))


def _guess(text: str, task: Task, here: Here) -> tuple[str, Request] | None:
    """Returns a question with the request that a yes executes."""
    number, name = str(task["id"]), replies.named(task)
    if "completed_at" in task:
        return (f"Reopen {name}?", Request("reopen", number)) if REOPENS.search(text) else None
    if CANCELS.search(text):
        return f"Delete {name}?", Request("delete", number)
    if FINISHES.search(text):
        return f"Complete {name}?", Request("complete", number)
    words = _date(text, here)
    found = values.read(words, values.changing(here, task))
    due = values.due(found.fields) if found and not found.ambiguities else None
    return None if due is None else (f"Move {name} to {replies.date_text(due, here)}?", Request("move", number, words))


def _is_meant(text: str, title: str, task: Task) -> bool:
    """Whether the text is the title, or a statement about the task that is no new command with the same words."""
    words = content_words(task.get("title", ""))
    is_command = text.split(maxsplit=1)[0].lower() in VERBS
    return content_words(title) == words or (
        STATES.search(text) is not None and (not is_command or has_all(words, [text]))
    )


def _date(text: str, here: Here) -> str:
    """Returns the words of the last date in the text: "cannot on wednesday, can we do thursday"."""
    words, rest = values.date_words(INSTEAD.sub(" ", text), here)
    while (last := values.date_words(rest, here))[0]:
        words, rest = last
    return words


ACTIONS: Mapping[str, Action] = {"offer": offer, "guess": guess, "remark": remark}
