"""Lists, searches, single tasks, dates of a repetition, notifications and history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from todo_backend.quick_add.meanings import Here
from todo_backend.rules import replies, values
from todo_backend.rules.references import content_of, query_of
from todo_backend.rules.replies import counted, iso_text, line, lines, local_text, quoted, tidy
from todo_backend.rules.targets import check, find, listed, read
from todo_backend.rules.views import KIND, View, view_of
from todo_backend.rules.vocabulary import Action, Memory, Reply, Request, Steps, Task, call

SHOWN = replies.MOST_LINES
MOST_COMPLETED = 100
"""Completed tasks that are searched for those of some days."""
DEFAULT_DATES = 5
MOST_DATES = 20
STATUS = {"pending": "open", "today": "open", "all": ""}


def list_tasks(request: Request, memory: Memory, here: Here) -> Steps[Reply]:
    view = view_of(request.text, here)
    if view is None and (match := KIND.search(request.text)):
        return (yield from search(Request("search", text=match["kind"]), memory, here))
    view = view or View()
    if view.status == "completed" and view.days:
        return (yield from _completed_within(view, here))
    if view.undated or view.repeating:  # the tool has no filter for them
        tasks = yield from listed(view)
        without = " without a date" if view.undated else ""
        return _list(tasks, len(tasks), "repeating " if view.repeating else "open ", without, here)
    arguments = view.arguments()
    counts = request.intent == "count"
    result = yield from call("list_tasks", **arguments, limit=1 if counts else SHOWN)
    check(result)
    total = result.content.get("total")
    total = total if isinstance(total, int) else len(result.tasks)
    before, after = _title(view, arguments["view"])
    if counts:
        return Reply(f"You have {total or 'no'} {before}{'task' if total == 1 else 'tasks'}{after}.")
    return _list(result.tasks, total, before, after, here)


def _completed_within(view: View, here: Here) -> Steps[Reply]:
    """The tool filters by due date, not by the date of completion."""
    result = yield from call("list_tasks", **view.arguments(), limit=MOST_COMPLETED)
    check(result)
    tasks = [task for task in result.tasks if _is_within(task, view)]
    return _list(tasks, len(tasks), *_title(view, "completed"), here)


def _is_within(task: Task, view: View) -> bool:
    at = values.local(task.get("completed_at"))
    day = at.date() if isinstance(at, datetime) else at
    return day is not None and (not view.start or view.start <= day) and (not view.end or day < view.end)


def _title(view: View, status: str) -> tuple[str, str]:
    """Returns the words before and after "tasks"."""
    before = [
        *(f"{name.lower()} priority".replace("none", "no") for name in view.priorities),
        STATUS.get(status, status),
    ]
    due = "" if status in {"completed", "deleted"} else "due "
    after = [f"{due}{view.days}" if view.days else "", " ".join(f"#{tidy(tag)}" for tag in view.tags)]
    return "".join(f"{word} " for word in before if word), "".join(f" {word}" for word in after if word)


def _list(tasks: Sequence[Task], total: int, before: str, after: str, here: Here) -> Reply:
    if not tasks:
        return Reply(f"You have no {before}tasks{after}.", shown=(), touched=())
    shown = tuple(tasks[:SHOWN])
    said = f"You have {total} {before}{'task' if total == 1 else 'tasks'}{after}:\n{lines(shown, here, total)}"
    return Reply(said, shown=shown, touched=shown)


def search(request: Request, _: Memory, here: Here) -> Steps[Reply]:
    kind = KIND.search(request.text)
    words = kind["kind"] if kind else content_of(request.text)
    query = query_of(words)
    if not query:
        return Reply("What shall I look for?")
    result = yield from call("search_tasks", query=query, limit=SHOWN)
    check(result)
    shown = tuple(result.tasks[:SHOWN])
    if not shown:
        return Reply(f"I found nothing about {quoted(words)}.", shown=(), touched=())
    total = result.content.get("total")
    total = total if isinstance(total, int) else len(shown)
    text = f"I found {counted(total, 'task')} about {quoted(words)}:\n{lines(shown, here, total)}"
    return Reply(text, shown=shown, touched=shown)


def show(request: Request, memory: Memory, here: Here) -> Steps[Reply]:
    request = replace(request, target=request.target or "it")
    tasks = yield from find(request, memory, here, "all", "deleted", group="all")
    tasks = yield from read(tuple({"id": task["id"]} for task in tasks[:SHOWN]))
    notes = [f"\n  {tidy(task['description'], 300)}" if task.get("description") else "" for task in tasks]
    return Reply("\n".join(line(task, here) + note for task, note in zip(tasks, notes, strict=True)), touched=tasks)


def preview(request: Request, _: Memory, here: Here) -> Steps[Reply]:
    found = values.repetition(request.text, here)
    if found is None:
        return Reply(f"{quoted(request.text)} does not repeat.")
    words, wanted = found
    wanted = wanted or values.number_of(request.detail)
    number = min(max(wanted - 1, 1) if wanted else DEFAULT_DATES - 1, MOST_DATES)  # after the first one
    result = yield from call("preview_recurrence", when=words, count=number)
    check(result)
    dates = result.objects("occurrences")[: wanted or DEFAULT_DATES]
    if not dates:
        return Reply("There are no such dates.")
    title = f"The next {len(dates)} dates:" if len(dates) > 1 else "The next date:"
    return Reply("\n".join([title, *(f"- {iso_text(each.get('due'), here)}{_reason(each)}" for each in dates)]))


def _reason(occurrence: Mapping[str, Any]) -> str:
    text = tidy(occurrence.get("reason") or "")
    return f" ({text})" if text and text != "the first one" else ""


def notices(request: Request, _: Memory, here: Here) -> Steps[Reply]:
    unread = request.detail != "all"
    result = yield from call("list_notifications", unread_only=unread, limit=SHOWN)
    check(result)
    found = result.objects("notifications")[:SHOWN]
    if not found:
        return Reply("There are no new reminders." if unread else "There are no reminders.")
    rows = [f"- {tidy(each.get('text'), 160)} ({local_text(each.get('at'), here)})" for each in found]
    more = ["… and more"] if result.content.get("next_cursor") else []
    return Reply("\n".join(["Your reminders:", *rows, *more]))


def history(request: Request, memory: Memory, here: Here) -> Steps[Reply]:
    tasks = yield from find(request, memory, here, "all", "deleted", group="all")
    number = tasks[0]["id"]
    result = yield from call("task_history", id=number, limit=SHOWN)
    check(result)
    rows = [f"- {_event(each, here)}" for each in result.objects("history")[:SHOWN]]
    text = "\n".join([f"The history of {replies.named(tasks[0])}, the newest first:", *rows])
    return Reply(text if rows else f"Task {number} has no history.", touched=tasks[:1])


def _event(entry: Mapping[str, Any], here: Here) -> str:
    what = str(entry.get("what")).removeprefix("task.").replace("_", " ").replace(".", " ")
    changes = entry.get("changes")
    fields = ", ".join(tidy(name).replace("_", " ") for name in changes) if isinstance(changes, Mapping) else ""
    about = f"{tidy(what)} ({fields})" if fields else tidy(what)
    return f"{local_text(entry.get('at'), here)}: {about} by {tidy(entry.get('by'))}"


ACTIONS: Mapping[str, Action] = {
    "list": list_tasks, "count": list_tasks, "search": search, "show": show, "preview": preview, "notices": notices,
    "history": history,
}  # fmt: skip
