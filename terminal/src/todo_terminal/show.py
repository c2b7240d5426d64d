"""Output as tables and lines that fit the terminal's width. All users' text is escaped by `text`."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from todo_terminal import dates
from todo_terminal.api import Json
from todo_terminal.text import plain, plain_lines, shortened
from todo_terminal.words import Priority

PRIORITY_STYLES = {"High": "bold", "Low": "dim"}
CLIENTS = {"web": "the web page", "terminal": "the terminal", "api": "the API", "system": "the system"}
ACTIONS = {
    "TaskCreated": "created",
    "TaskUpdated": "changed",
    "TaskCompleted": "completed",
    "TaskReopened": "reopened",
    "TaskDeleted": "deleted",
    "TaskRestored": "restored",
    "TaskPurged": "deleted for good",
    "ReminderScheduled": "reminder set",
    "ReminderCancelled": "reminder cancelled",
    "ReminderTriggered": "reminded",
    "ReminderSnoozed": "snoozed",
    "SnoozeCancelled": "snooze cancelled",
}
INSTANTS = {"due_date", "completed_at", "deleted_at"}


def console(*, stderr: bool = False) -> Console:
    """Returns a console that prints text as it is: no markup, emoji codes or highlighting. Rich respects NO_COLOR."""
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def as_json(content: object) -> None:
    """Prints JSON in ASCII, so that no character in it can control the terminal."""
    print(json.dumps(content, indent=2))


def tasks(out: Console, page: Json, zone: ZoneInfo, *, marked: bool) -> None:
    """Prints a table of tasks. `marked` adds a column that marks completed tasks, for lists with both kinds."""
    if not page["items"]:
        out.print("Nothing here.")
        return
    table = columns(*(["", "id"] if marked else ["id"]), "task", "due", "priority", "tags")
    table.columns[1 if marked else 0].justify = "right"
    for task in page["items"]:
        late = not task["completed"] and not task["deleted_at"] and dates.is_over(task["due_date"], zone)
        mark = ["✓" if task["completed"] else ""] if marked else []
        table.add_row(
            *mark,
            str(task["id"]),
            Text(plain(task["title"]), "dim" if task["completed"] else ""),
            due(task, zone, late=late),
            Text(priority(task), PRIORITY_STYLES.get(task["priority"], "")),
            Text(" ".join(f"#{plain(tag)}" for tag in task["tags"])),
        )
    out.print(table)
    rest = page["total"] - len(page["items"])
    if page["next_cursor"]:
        out.print(f"{rest} more: --limit {page['total']} or --all", style="dim")


def priority(task: Json) -> str:
    return "" if task["priority"] == Priority.NONE else str(task["priority"])


def due(task: Json, zone: ZoneInfo, *, late: bool) -> Text:
    """Formats a due date, with `!` if late and `↻` if recurring, so that it does not depend on colour."""
    marks = f"{' !' if late else ''}{' ↻' if task['recurrence_pattern'] != 'none' else ''}"
    return Text(dates.shown(task["due_date"], zone) + marks, "red" if late else "")


def columns(*names: str) -> Table:
    """Returns an empty table. Columns of ids and dates do not wrap; the others share the remaining width."""
    table = Table(box=None, header_style="dim", pad_edge=False)
    for name in names:
        table.add_column(name, no_wrap=name in {"id", "due", "when"}, overflow="fold")
    return table


def fields(out: Console, pairs: Iterable[tuple[str, str]]) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in pairs:
        if value:
            table.add_row(name, Text(value))
    out.print(table)


def task(out: Console, found: Json, zone: ZoneInfo, all_day_reminder_time: str, snoozes: Sequence[Json]) -> None:
    out.print(Text(f"{found['id']}  {plain(found['title'])}", "bold"))
    if found["description"]:
        out.print(Text(plain_lines(found["description"])))
    again = [("snoozed until", dates.shown(snooze["until"], zone)) for snooze in snoozes]
    fields(out, described(found, zone, all_day_reminder_time) + again)


def described(found: Json, zone: ZoneInfo, all_day_reminder_time: str) -> list[tuple[str, str]]:
    own_zone = dates.zone_named(found["time_zone"])
    due_date = dates.shown(found["due_date"], zone)
    elsewhere = dates.shown(found["due_date"], own_zone)
    there = f" ({elsewhere} in {plain(found['time_zone'])})" if elsewhere != due_date else ""
    return [
        ("status", found["status"]),
        ("due", due_date + there),
        ("repeats", dates.rule(found["recurrence_pattern"], found["recurrence"], own_zone)),
        ("reminder", reminders(found, zone, all_day_reminder_time)),
        ("priority", priority(found)),
        ("tags", " ".join(f"#{plain(tag)}" for tag in found["tags"])),
        ("completed", dates.shown(found["completed_at"], zone)),
        ("deleted", dates.shown(found["deleted_at"], zone)),
        ("created", dates.shown(found["created_at"], zone)),
        ("changed", dates.shown(found["updated_at"], zone)),
        ("version", str(found["version"])),
    ]


def reminders(found: Json, zone: ZoneInfo, all_day_reminder_time: str) -> str:
    at = None if "T" in (found["due_date"] or "T") else all_day_reminder_time
    return ", ".join(dates.reminder(each, zone, at) for each in found["reminders"])


def occurrences(out: Console, preview: Json) -> None:
    table = columns("next", "why")
    for each in preview["occurrences"]:
        day, _, rest = str(each["local"]).partition("T")
        table.add_row(f"{dates.shown(day, ZoneInfo('UTC'))} {rest[:5]}".rstrip(), plain(each["reason"]))
    out.print(table)
    if preview["ended_by"]:
        out.print(f"Then the series ends ({plain(preview['ended_by'])}).", style="dim")


def history(out: Console, entries: Sequence[Json], zone: ZoneInfo) -> None:
    if not entries:
        out.print("Nothing was recorded.")
        return
    table = columns("when", "id", "what", "changes", "through")
    for entry in entries:
        changes = entry["changes"] or {}
        table.add_row(
            dates.shown(entry["timestamp"], zone),
            "" if entry["resource_id"] is None else str(entry["resource_id"]),
            ACTIONS.get(entry["action_type"], plain(entry["action_type"])),
            Text("\n".join(change(name, pair, zone) for name, pair in changes.items())),
            Text(through(entry["actor"])),
        )
    out.print(table)


def change(name: str, pair: Sequence[Any], zone: ZoneInfo) -> str:
    before, after = pair
    return f"{plain(name)}: {value(name, before, zone)} → {value(name, after, zone)}"


def value(name: str, content: Any, zone: ZoneInfo) -> str:
    if content in (None, "", []):
        return "-"
    if name == "reminders":
        return ", ".join(dates.reminder(each, zone) for each in content)
    if name in INSTANTS:
        return dates.shown(str(content), zone)
    return shortened(content if isinstance(content, str) else json.dumps(content))


def through(actor: Json) -> str:
    client = CLIENTS.get(actor["client"], plain(actor["client"]))
    return f"assistant, {client}" if actor["type"] == "assistant" else client


def notifications(out: Console, page: Json, zone: ZoneInfo) -> None:
    if not page["items"]:
        out.print("Nothing here.")
        return
    table = columns("", "id", "when", "notification", "task")
    for each in page["items"]:
        words = ": ".join(plain(part) for part in (each["title"], each["body"]) if part)
        table.add_row(
            "" if each["read"] else "•",
            each["id"][-8:],
            dates.shown(each["created_at"], zone),
            Text(words, "dim" if each["read"] else ""),
            "" if each["task_id"] is None else str(each["task_id"]),
        )
    out.print(table)
    if each := page["unread_count"]:
        out.print(f"{each} unread: --read all, or --read and an id", style="dim")
