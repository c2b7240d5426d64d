"""What there is, told in a few lines."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from todo_backend.chat.rules import times
from todo_backend.chat.rules.choosing import choose, read_all
from todo_backend.chat.rules.decisions import Answer, Plan, Say, Situation, Task, call
from todo_backend.chat.rules.matching import query_of
from todo_backend.chat.rules.references import content_of
from todo_backend.chat.rules.views import View, view_of
from todo_backend.chat.rules.wording import (
    DUE,
    MOST_LINES,
    counted,
    failures,
    line,
    lines,
    quoted,
    said_date,
    tidy,
)
from todo_backend.quick_add.meanings import Here

SHOWN = MOST_LINES
COMPLETED = 100
"""So many are looked through for those of some days."""
DEFAULT_DATES = 5
MOST_DATES = 21
STATUS = {
    "pending": "open", "completed": "completed", "overdue": "overdue", "today": "open", "upcoming": "upcoming",
    "deleted": "deleted", "all": "",
}  # fmt: skip


def list_tasks(situation: Situation) -> Plan:
    """Those that were completed in some days are found by the times at which they were."""
    view = view_of(situation.intent.get("view"), situation.here) or View()
    arguments = view.arguments()
    if view.status == "completed" and view.days:
        return (yield from completed_within(situation, view))
    answer = yield from call("list_tasks", **arguments, limit=SHOWN)
    if answer.content is None:
        return not_working(answer)
    return told(answer.tasks, total_of(answer), titled(view, arguments["view"]), situation.here)


def completed_within(situation: Situation, view: View) -> Plan:
    answer = yield from call("list_tasks", **view.arguments(), limit=COMPLETED)
    if answer.content is None:
        return not_working(answer)
    tasks = [task for task in answer.tasks if within(task, view)]
    return told(tasks, len(tasks), titled(view, "completed"), situation.here)


def within(task: Task, view: View) -> bool:
    try:
        day = datetime.strptime(str(task.get("completed_at")), DUE).date()  # noqa: DTZ007 - a wall clock
    except ValueError:
        return False
    return (view.start is None or view.start <= day) and (view.end is None or day < view.end)


def titled(view: View, status: str) -> tuple[str, str]:
    """What stands before and after "tasks"."""
    before = [*(f"{name.lower()} priority" for name in view.priorities), STATUS[status]]
    due = "" if status in {"completed", "deleted"} else "due "
    after = [f"{due}{view.days}" if view.days else "", " ".join(f"#{tidy(tag)}" for tag in view.tags)]
    return " ".join(filter(None, before)), " ".join(filter(None, after))


def told(tasks: Sequence[Task], total: int, words: tuple[str, str], here: Here) -> Say:
    before, after = (f"{words[0]} " if words[0] else ""), (f" {words[1]}" if words[1] else "")
    if not tasks:
        return Say(f"You have no {before}tasks{after}.", shown=(), touched=())
    shown = tuple(tasks[:SHOWN])
    said = f"You have {total} {before}{'task' if total == 1 else 'tasks'}{after}:\n{lines(shown, here, total)}"
    return Say(said, shown=shown, touched=shown)


def total_of(answer: Answer) -> int:
    total = (answer.content or {}).get("total")
    return total if isinstance(total, int) else len(answer.tasks)


def not_working(answer: Answer) -> Say:
    return Say(f"That did not work: {'; '.join(failures([answer]))}.")


def count(situation: Situation) -> Plan:
    view = view_of(situation.intent.get("view"), situation.here) or View()
    if view.status == "completed" and view.days:
        return (yield from completed_within(situation, view))
    arguments = view.arguments()
    answer = yield from call("list_tasks", **arguments, limit=1)
    if answer.content is None:
        return not_working(answer)
    before, after = titled(view, arguments["view"])
    total = total_of(answer)
    return Say(
        " ".join(filter(None, [f"You have {total or 'no'}", before, "task" if total == 1 else "tasks", after])) + "."
    )


def search(situation: Situation) -> Plan:
    words = content_of(situation.intent.get("text"))
    query = query_of(words)
    if not query:
        return Say("What shall I look for?")
    answer = yield from call("search_tasks", query=query, limit=SHOWN)
    if answer.content is None:
        return not_working(answer)
    total = total_of(answer)
    if not total:
        return Say(f"I found nothing about {quoted(words)}.", shown=(), touched=())
    shown = tuple(answer.tasks[:SHOWN])
    text = f"I found {counted(total, 'task')} about {quoted(words)}:\n{lines(shown, situation.here, total)}"
    return Say(text, shown=shown, touched=shown)


def show(situation: Situation) -> Plan:
    chosen = yield from choose(situation, "all", "deleted", prefer_open=True, group="all")
    if isinstance(chosen, Say):
        return chosen
    tasks = yield from read_all(tuple({"id": task["id"]} for task in chosen))
    if isinstance(tasks, Say):
        return Say(tasks.text.replace(", so nothing was changed", ""), touched=())
    said = [
        line(task, situation.here) + (f"\n  {tidy(task['description'], 300)}" if task.get("description") else "")
        for task in tasks[:MOST_LINES]
    ]
    return Say("\n".join(said), touched=tasks)


def preview(situation: Situation) -> Plan:
    """The tool counts the dates after the first one."""
    found = times.repetition(situation.intent.get("when"), situation.here)
    if found is None:
        return Say("That does not repeat; say it like “preview every month on the 31st”.")
    words, number = found
    number = number or times.number_of(situation.intent.get("count") or "") or DEFAULT_DATES
    number = min(max(number, 1), MOST_DATES)
    answer = yield from call("preview_recurrence", when=words.strip(), count=max(number - 1, 1))
    if answer.content is None:
        return not_working(answer)
    dates = answer.list_of("occurrences")[:number]
    rows = [f"- {when(each.get('due'), situation.here)}{reason(each)}" for each in dates]
    return Say("\n".join([f"The next {len(rows)} dates:" if len(rows) > 1 else "The next date:", *rows]))


def reason(occurrence: Mapping[str, Any]) -> str:
    text = tidy(occurrence.get("reason") or "")
    return f" ({text})" if text and text != "the first one" else ""


def when(text: Any, here: Here) -> str:
    """Of an ISO date or instant; instants on the person's clock."""
    said = str(text)
    try:
        if "T" not in said:
            return said_date(date.fromisoformat(said), here)
        at = datetime.fromisoformat(said)
    except ValueError:
        return tidy(said)
    return said_date(at if at.tzinfo is None else at.astimezone(here.zone), here)


def notices(situation: Situation) -> Plan:
    unread = not situation.intent.get("all")
    answer = yield from call("list_notifications", unread_only=unread, limit=SHOWN)
    if answer.content is None:
        return not_working(answer)
    found = answer.list_of("notifications")[:SHOWN]
    if not found:
        return Say("There are no new reminders." if unread else "There are no reminders.")
    rows = [f"- {tidy(each.get('text'), 160)} ({when(each.get('at'), situation.here)})" for each in found]
    more = ["… and more"] if (answer.content or {}).get("next_cursor") else []
    return Say("\n".join(["Your reminders:", *rows, *more]))


def history(situation: Situation) -> Plan:
    chosen = yield from choose(situation, "all", "deleted", group="all")
    if isinstance(chosen, Say):
        return chosen
    answer = yield from call("task_history", id=chosen[0]["id"], limit=SHOWN)
    if answer.content is None:
        return not_working(answer)
    found = answer.list_of("history")[:SHOWN]
    number = chosen[0]["id"]
    if not found:
        return Say(f"Nothing is known of the history of task {number}.", touched=chosen[:1])
    rows = [f"- {happened(each, situation.here)}" for each in found]
    return Say("\n".join([f"The history of task {number}, the newest first:", *rows]), touched=chosen[:1])


def happened(entry: Mapping[str, Any], here: Here) -> str:
    what = str(entry.get("what")).removeprefix("task.").replace("_", " ").replace(".", " ")
    changes = entry.get("changes")
    fields = ", ".join(tidy(name).replace("_", " ") for name in changes) if isinstance(changes, Mapping) else ""
    return f"{when(entry.get('at'), here)}: {tidy(what)}{f' ({fields})' if fields else ''} by {tidy(entry.get('by'))}"


PLANS: Mapping[str, Callable[[Situation], Plan]] = {
    "list": list_tasks,
    "count": count,
    "search": search,
    "show": show,
    "preview": preview,
    "notices": notices,
    "history": history,
}
