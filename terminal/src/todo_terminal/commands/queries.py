from enum import StrEnum
from typing import Annotated, Any

import typer

from todo_terminal import show, words
from todo_terminal.api import Json
from todo_terminal.commands.parameters import All, AsJson, Cursor, Limit, Tags, TaskId, terminal_of
from todo_terminal.failures import Failure
from todo_terminal.terminal import Terminal

PREVIEWED = 3
MAX_PREVIEW = 50


class View(StrEnum):
    TODAY = "today"
    UPCOMING = "upcoming"
    OVERDUE = "overdue"
    PENDING = "pending"
    COMPLETED = "completed"
    TRASH = "trash"
    ALL = "all"


class Sort(StrEnum):
    DUE_DATE = "due_date"
    PRIORITY = "priority"
    CREATED_AT = "created_at"
    UPDATED_AT = "updated_at"
    TITLE = "title"


class Order(StrEnum):
    ASC = "asc"
    DESC = "desc"


STATUS = {View.TRASH: "deleted"}
SORTS = {View.COMPLETED: Sort.UPDATED_AT, View.TRASH: Sort.UPDATED_AT, View.ALL: Sort.CREATED_AT}
Priorities = Annotated[
    list[str] | None, typer.Option("--priority", "-p", help="High, Medium, Low, None; several times.")
]


def list_tasks(
    context: typer.Context,
    view: Annotated[View, typer.Argument(help="Which tasks.")] = View.PENDING,
    tag: Tags = None,
    priority: Priorities = None,
    sort: Annotated[Sort | None, typer.Option(help="By what.")] = None,
    order: Annotated[Order | None, typer.Option(help="Which first.")] = None,
    limit: Limit = 50,
    everything: All = False,
    cursor: Cursor = None,
    as_json: AsJson = False,
) -> None:
    """List tasks, those that are due first."""
    terminal = terminal_of(context)
    query: dict[str, Any] = {
        "status": STATUS.get(view, view.value),
        "tags": [words.tag(each) for each in tag or []],
        "priority": [words.priority(each) for each in priority or []],
        "sort": (sort or SORTS.get(view, Sort.DUE_DATE)).value,
        "order": order.value if order else None,
        "cursor": cursor,
    }
    page = terminal.api.pages("/tasks", None if everything else limit, **query)
    show_page(terminal, page, as_json=as_json, marked=view is View.ALL)


def search(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT…", help="Words, or parts of words.")],
    limit: Limit = 20,
    everything: All = False,
    cursor: Cursor = None,
    as_json: AsJson = False,
) -> None:
    """Find tasks by their words, the best first; forgives a typo."""
    terminal = terminal_of(context)
    page = terminal.api.pages("/tasks/search", None if everything else limit, q=" ".join(text), cursor=cursor)
    show_page(terminal, page, as_json=as_json, marked=True)


def show_page(terminal: Terminal, page: Json, *, as_json: bool, marked: bool) -> None:
    if as_json:
        show.as_json(page)
    else:
        show.tasks(terminal.out, page, terminal.zone, marked=marked)


def show_task(context: typer.Context, task_id: TaskId, as_json: AsJson = False) -> None:
    """Show all of a task; when it recurs, its next dates and the reason for each."""
    terminal = terminal_of(context)
    found = terminal.api.get(f"/tasks/{task_id}")
    if as_json:
        show.as_json(found)
        return
    snoozes = snoozes_of(terminal, task_id) if found["status"] == "pending" else []
    show.task(terminal.out, found, terminal.zone, terminal.all_day_reminder_time, snoozes)
    if found["recurrence_pattern"] != "none" and not found["completed"]:
        show.occurrences(terminal.out, preview(terminal, found))


def snoozes_of(terminal: Terminal, task_id: int) -> list[Json]:
    """Returns the pending snoozes of a task; none if their service does not answer, as the task is shown without it."""
    try:
        return list(terminal.api.get("/snoozes", task_id=task_id)["items"])
    except Failure:
        return []


def preview(terminal: Terminal, task: Json) -> Json:
    """Returns the occurrences after this one.

    A series continues from its first date, not from a date that a short month has moved (the 31st, not the 28th). The
    preview therefore starts at the first occurrence, if it yields this task's due date, and otherwise at this task.
    """
    if first := first_of(terminal, task):
        count = min(task["slot"] + PREVIEWED, MAX_PREVIEW)
        series = ask_preview(terminal, first, count)
        place = next((at for at, each in enumerate(series["occurrences"]) if each["slot"] == task["slot"]), None)
        if place is not None and same(series["occurrences"][place]["due_date"], task["due_date"]):
            return series | {"occurrences": series["occurrences"][place + 1 :]}
    return ask_preview(terminal, task, PREVIEWED)


def first_of(terminal: Terminal, task: Json) -> Json | None:
    if not task["slot"]:
        return None
    earliest = terminal.api.get("/tasks", series_id=task["series_id"], sort="created_at", order="asc", limit=1)["items"]
    return next((each for each in earliest if each["slot"] == 0), None)


def ask_preview(terminal: Terminal, task: Json, count: int) -> Json:
    names = ("due_date", "time_zone", "recurrence_pattern", "recurrence", "reminder_lead_time")
    return terminal.api.ask("/recurrence/preview", {name: task[name] for name in names} | {"count": count})


def same(one: str, other: str) -> bool:
    return one.replace("+00:00", "Z") == other.replace("+00:00", "Z")
