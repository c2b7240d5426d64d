"""The texts for the user."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from todo_backend.quick_add.labels import clock
from todo_backend.quick_add.meanings import Here
from todo_backend.rules.values import due_of, local
from todo_backend.rules.vocabulary import Result, Task
from todo_kit import text as texts

MOST_CHARACTERS = 80
MOST_LINES = 15
FEW = 3
"""Up to this number, tasks are named in a sentence, otherwise in lines."""
NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
TOOL = re.compile(r"^Error(?: executing tool \w+)?: ")
NO_SUCH_TASK = re.compile(r"there is no task (\d+)")
IN_TRASH = re.compile(r"task (\d+) is deleted")
REFUSED = re.compile(r"not approved|declined|rejected", re.IGNORECASE)
WHICH = "Which one do you mean? "
WHICH_TASK = "Which task do you mean? Its number or some words of its title will do."
DID_YOU_MEAN = "Did you mean "
NOTHING_CHANGED = "All right, nothing was changed."
TOO_LONG = "That is too long for me: at most 4,000 characters, please."
SUGGESTIONS = "try “add buy milk tomorrow 5pm”, “what's pending?” or “mark task 3 as complete”"
TALK = {
    "help": """I look after your task list. Try:
- “Add pay rent every month on the last day 9am #home p1”
- “What's pending?”, “Show me this week”, “Find the dentist”
- “Mark task 3 as complete”, “Delete the meeting task”, “Complete everything due today”
- “Change task 1 to 'Call mom tonight'”, “Move task 4 to friday 9am”, “Push task 2 by an hour”
- “Make task 2 high priority”, “Tag task 3 with work”, “Make task 5 repeat every monday”
- “Who changed task 3?”, “Any reminders?”, “Undo that”""",
    "greet": "Hello! What can I do for your tasks? (“help” tells what I understand.)",
    "thank": "You are welcome.",
    "bye": "See you!",
    "stop": NOTHING_CHANGED,
    "lists": "There is one list, and tags divide it: say “add milk #groceries”, and then “show #groceries”.",
    "cannot": "I can only look after your task list: that is beyond me. “help” tells what I understand.",
    "nothing asked": f"There is nothing to confirm; {SUGGESTIONS}.",
    "unknown": f"I did not understand that; {SUGGESTIONS}.",
}


def tidy(text: Any, most: int = MOST_CHARACTERS) -> str:
    """Returns the text in one line of at most `most` characters."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def quoted(title: Any) -> str:
    return texts.quoted(tidy(title))


def named(task: Task) -> str:
    """`3 “Team meeting”`."""
    return f"{task['id']} {quoted(task['title'])}" if "title" in task else f"task {task['id']}"


def date_text(value: datetime | date, here: Here) -> str:
    """`tomorrow, 09:00`, or `Fri 27 Nov` with the year if it is not this one."""
    day = value.date() if isinstance(value, datetime) else value
    year = "" if day.year == here.today.year else f" {day.year}"
    words = NEAR.get((day - here.today).days) or f"{day:%a} {day.day} {day:%b}{year}"
    return f"{words}, {clock(value, here)}" if isinstance(value, datetime) else words


def iso_text(text: Any, here: Here) -> str:
    """The text of an ISO date or instant."""
    try:
        if "T" not in str(text):
            return date_text(date.fromisoformat(str(text)), here)
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return tidy(text)
    return date_text(at if at.tzinfo is None else at.astimezone(here.zone), here)


def local_text(text: Any, here: Here) -> str:
    """The text of a date as the tools write it: `Wed 2026-11-25 09:00`."""
    at = local(text)
    return tidy(text) if at is None else date_text(at, here)


def details(task: Task, here: Here) -> str:
    """Everything but the title, joined by dots."""
    due = due_of(task)
    day = date_text(due, here) if due is not None else ""
    parts = [
        day and (f"overdue since {day}" if task.get("overdue") else f"due {day}"),
        f"{tidy(task['priority'])} priority" if task.get("priority") else "",
        " ".join(f"#{tidy(tag)}" for tag in task.get("tags") or []),
        f"repeats {tidy(task['repeats'])}" if task.get("repeats") else "",
        _reminder(task, here),
        "completed" if task.get("completed_at") else "",
        "in the trash" if task.get("deleted_at") else "",
    ]
    return " · ".join(part for part in parts if part)


def _reminder(task: Task, here: Here) -> str:
    minutes, at, further = task.get("remind_minutes_before"), local(task.get("remind_at")), task.get("also_remind_at")
    if at and further:
        times = [date_text(each, here) for each in [at, *map(local, further)] if each]
        return f"reminders {joined(times, 'and')}"
    if at and (not isinstance(minutes, int) or not isinstance(due_of(task), datetime)):
        return f"reminder {date_text(at, here)}"
    if not isinstance(minutes, int):
        return ""
    for unit, size in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if minutes and minutes % size == 0:
            return f"reminder {counted(minutes // size, unit)} before"
    return "reminder when it is due"


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def with_details(task: Task, here: Here) -> str:
    return f"{named(task)} ({about})" if (about := details(task, here)) else named(task)


def line(task: Task, here: Here) -> str:
    return f"- {named(task)}" + (f" · {about}" if (about := details(task, here)) else "")


def lines(tasks: Sequence[Task], here: Here, total: int | None = None) -> str:
    rows = [line(task, here) for task in tasks[:MOST_LINES]]
    more = (len(tasks) if total is None else total) - len(rows)
    return "\n".join([*rows, f"… and {more} more"] if more > 0 else rows)


def choices(tasks: Sequence[Task], here: Here) -> str:
    if len(tasks) > FEW:
        return f"\n{lines(tasks, here)}"
    return joined([with_details(task, here) for task in tasks], "or")


def joined(parts: Sequence[str], last: str = "and") -> str:
    *most, end = parts
    return f"{', '.join(most)} {last} {end}" if most else end


def failures(results: Iterable[Result]) -> list[str]:
    found = []
    for result in results:
        found += [_failure(result.error)] if result.error else []
        found += [_failure(str(each.get("error")), str(each.get("item"))) for each in result.objects("failures")]
    return list(dict.fromkeys(found))


def _failure(error: str, item: str = "") -> str:
    """Omits what follows the first `;`, which is advice to models."""
    if found := NO_SUCH_TASK.search(error):
        return f"{found[1]} does not exist"
    if found := IN_TRASH.search(error):
        return f"{found[1]} is in the trash (say “restore task {found[1]}”)"
    said = tidy(TOOL.sub("", error).split(";")[0], 3 * MOST_CHARACTERS)
    return f"{tidy(item)}: {said}" if item else said


def report(verb: str, results: Sequence[Result], here: Here, *, detailed: bool = False) -> str:
    """`Completed 3 “Pay rent” and 4 “Dentist”.`, and what failed."""
    tasks = [task for result in results for task in result.tasks]
    failed = failures(results)
    if not tasks and failed and all(REFUSED.search(result.error) for result in results):
        return NOTHING_CHANGED
    if not tasks:
        return f"That did not work: {'; '.join(failed) or 'nothing was changed'}."
    if len(tasks) > FEW:
        said = f"{verb} {len(tasks)} tasks:\n{lines(tasks, here)}\n"
    else:
        said = f"{verb} {joined([with_details(task, here) if detailed else named(task) for task in tasks])}. "
    return f"{said}Not done: {'; '.join(failed)}." if failed else said.rstrip()
