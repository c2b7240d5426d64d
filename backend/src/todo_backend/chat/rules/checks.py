"""Where a row's words alone do not decide: what their blanks must be for the row to hold."""

from todo_backend.chat.rules.decisions import Intent
from todo_backend.chat.rules.references import which
from todo_backend.chat.rules.times import read, repetition
from todo_backend.chat.rules.views import view_of
from todo_backend.quick_add.meanings import Here


def is_view(intent: Intent, here: Here) -> bool:
    return view_of(intent.get("view"), here) is not None


def is_view_of_something(intent: Intent, here: Here) -> bool:
    """Words that alone ask for a list: at least a noun of tasks or a filter."""
    found = view_of(intent.get("view"), here)
    return found is not None and found.said


def is_time(intent: Intent, here: Here) -> bool:
    return read(intent.get("when"), here) is not None


def says_every(intent: Intent, here: Here) -> bool:
    found = read(intent.get("when"), here)
    return found is not None and "recurrence_pattern" in found.fields


def repeats(intent: Intent, here: Here) -> bool:
    return bool(repetition(intent.get("when"), here))


def is_lead_of_a_task(intent: Intent, here: Here) -> bool:
    """A reminder "an hour before friday 9am to …" is a new task."""
    meant = which(intent.get("which"), here)
    return bool(meant.numbers or meant.pronoun) or (" to " not in meant.words and read(meant.words, here) is None)
