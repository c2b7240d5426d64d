"""How tasks, dates and failures are told to a person."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from todo_backend.chat.rules.decisions import Answer, Task
from todo_backend.quick_add.labels import clock
from todo_backend.quick_add.meanings import Here

MOST_CHARACTERS = 80
MOST_LINES = 15
FEW = 3
"""So many tasks are told in a sentence, more in lines."""
DUE = "%a %Y-%m-%d %H:%M"
DAY = "%a %Y-%m-%d"
NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
TOOL = re.compile(r"^Error executing tool \w+: ")
NO_SUCH_TASK = re.compile(r"there is no task (\d+)")
IN_TRASH = re.compile(r"task (\d+) is deleted")
REFUSED = re.compile(r"not approved|declined|rejected", re.IGNORECASE)
NOTHING_CHANGED = "All right, nothing was changed."


def tidy(text: Any, most: int = MOST_CHARACTERS) -> str:
    """In one line, and not longer than it may be."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def quoted(title: Any) -> str:
    return f"“{tidy(title)}”"


def named(task: Task) -> str:
    """`3 “Team meeting”`."""
    return f"{task['id']} {quoted(task['title'])}" if "title" in task else f"task {task['id']}"


def due_of(task: Task) -> datetime | date | None:
    """On the person's clock, as the tools tell it."""
    return on_the_clock(task.get("due"))


def on_the_clock(told: Any) -> datetime | date | None:
    text = str(told or "")
    for form in (DUE, DAY):
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007 - a wall clock
        except ValueError:
            continue
        return found if form == DUE else found.date()
    return None


def said_date(value: datetime | date, here: Here) -> str:
    """`tomorrow, 09:00`, `Fri 27 Nov`; with the year where it is another one."""
    day = value.date() if isinstance(value, datetime) else value
    year = "" if day.year == here.today.year else f" {day.year}"
    words = NEAR.get((day - here.today).days) or f"{day:%a} {day.day} {day:%b}{year}"
    return f"{words}, {clock(value, here)}" if isinstance(value, datetime) else words


def said_due(task: Task, here: Here) -> str:
    due = due_of(task)
    return said_date(due, here) if due is not None else ""


def details(task: Task, here: Here) -> str:
    """What there is to say of a task beside its title, joined by dots."""
    due = said_due(task, here)
    parts = [
        due and (f"overdue since {due}" if task.get("overdue") else f"due {due}"),
        f"{tidy(task['priority'])} priority" if task.get("priority") else "",
        " ".join(f"#{tidy(tag)}" for tag in task.get("tags") or []),
        f"repeats {tidy(task['repeats'])}" if task.get("repeats") else "",
        reminder(task, here),
        "completed" if task.get("completed_at") else "",
        "in the trash" if task.get("deleted_at") else "",
    ]
    return " · ".join(part for part in parts if part)


def reminder(task: Task, here: Here) -> str:
    minutes = task.get("remind_minutes_before")
    if not isinstance(minutes, int):
        return ""
    if not isinstance(due_of(task), datetime) and (at := on_the_clock(task.get("remind_at"))):
        return f"reminder {said_date(at, here)}"
    return f"reminder {span(minutes)} before" if minutes else "reminder when it is due"


def span(minutes: int) -> str:
    for unit, size in (("day", 24 * 60), ("hour", 60)):
        if minutes % size == 0:
            return counted(minutes // size, unit)
    return counted(minutes, "minute")


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def line(task: Task, here: Here) -> str:
    said = details(task, here)
    return f"- {named(task)}" + (f" · {said}" if said else "")


def lines(tasks: Sequence[Task], here: Here, total: int | None = None) -> str:
    rows = [line(task, here) for task in tasks[:MOST_LINES]]
    more = (len(tasks) if total is None else total) - len(rows)
    return "\n".join([*rows, f"… and {more} more"] if more > 0 else rows)


def joined(parts: Sequence[str], last: str = "and") -> str:
    *most, end = parts
    return f"{', '.join(most)} {last} {end}" if most else end


def did(verb: str, tasks: Sequence[Task], here: Here, *, detailed: bool = False) -> str:
    """`Completed 3 “Pay rent” and 4 “Dentist”.`"""
    if len(tasks) > FEW:
        return f"{verb} {len(tasks)} tasks:\n{lines(tasks, here)}"
    said = [f"{named(task)}{f' ({about})' if detailed and (about := details(task, here)) else ''}" for task in tasks]
    return f"{verb} {joined(said)}."


def failures(answers: Iterable[Answer]) -> list[str]:
    """What did not work, each in a few words."""
    found = []
    for answer in answers:
        if answer.content is None:
            found.append(failure(answer.failure))
        found += [f"{failure(str(each.get('error')), str(each.get('item')))}" for each in answer.list_of("failures")]
    return list(dict.fromkeys(found))


def failure(error: str, item: str = "") -> str:
    """Plainly: what a tool says after the first `;` is advice to models."""
    if found := NO_SUCH_TASK.search(error):
        return f"{found[1]} does not exist"
    if found := IN_TRASH.search(error):
        return f"{found[1]} is in the trash (say “restore task {found[1]}”)"
    said = tidy(TOOL.sub("", error).split(";")[0], 3 * MOST_CHARACTERS)
    return f"{tidy(item)}: {said}" if item else said


def report(verb: str, answers: Sequence[Answer], here: Here, *, detailed: bool = False) -> str:
    """What was done and what was not, from the answers of calls that change tasks."""
    tasks = [task for answer in answers for task in answer.tasks]
    failed = failures(answers)
    if not tasks and failed and all(REFUSED.search(answer.failure) for answer in answers):
        return NOTHING_CHANGED
    if not tasks:
        return f"That did not work: {'; '.join(failed) or 'nothing was changed'}."
    said = did(verb, tasks, here, detailed=detailed)
    return f"{said}{' ' if len(tasks) <= FEW else chr(10)}Not done: {'; '.join(failed)}." if failed else said


def tomorrow(here: Here) -> date:
    return here.today + timedelta(days=1)
