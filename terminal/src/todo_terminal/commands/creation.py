from typing import Annotated

import typer
from rich.console import Console

from todo_terminal import show, undo, words
from todo_terminal.api import Json
from todo_terminal.commands.parameters import AsJson, Due, Remind, Repeat, Tags, Yes, terminal_of
from todo_terminal.failures import Usage
from todo_terminal.text import plain

INSTEAD = (
    "say it with --due, --repeat or --remind, keep words in the title with --literal, or take the first with --yes"
)
SHOWN = {
    "due_date": "due",
    "recurrence": "repeats",
    "reminder": "reminder",
    "priority": "priority",
    "tags": "tags",
}
"""Labels in the output, by the field name of the quick-add parser."""


def add(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT…", help="The task, as it is typed in the page.")],
    description: Annotated[str | None, typer.Option(help="More about it.")] = None,
    due: Due = None,
    repeat: Repeat = None,
    remind: Remind = None,
    priority: Annotated[str | None, typer.Option("--priority", "-p", help="High, Medium, Low or None.")] = None,
    tag: Tags = None,
    literal: Annotated[list[str] | None, typer.Option(help="Words that are words of the title alone.")] = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Add a task: todo add Pay rent every month on the last day 9am p1 '#home' remind 1d

    Options count more than what the text says.
    """
    terminal = terminal_of(context)
    options = {
        "due_date": due,
        **dict.fromkeys(("recurrence", "recurrence_pattern"), repeat),
        **dict.fromkeys(("reminder", "reminder_lead_time", "reminders"), remind),
        "priority": priority,
    }
    decided = {name for name, option in options.items() if option is not None}
    understood = words.understand(terminal.api, " ".join(text), literal=literal)
    task = words.settle(understood, decided=decided, yes=yes, instead=INSTEAD)
    if due is not None:
        task |= words.due_fields(terminal.api, due, yes=yes)
    if repeat is not None:
        dated = task.get("due_date") is not None
        task |= words.repeat_fields(terminal.api, repeat, dated=dated, yes=yes)
    if remind is not None:
        task.pop("reminder_lead_time", None)
        task["reminders"] = words.reminders(remind)
    if priority is not None:
        task["priority"] = words.priority(priority)
    if description is not None:
        task["description"] = description
    if tag:
        task["tags"] = [*task.get("tags", []), *map(words.tag, tag)]
    if not task["title"]:
        raise Usage("title: every word was understood as something else; keep some in it with --literal")
    created = terminal.api.create(task)
    undo.remember(terminal)
    if as_json:
        show.as_json(created)
    else:
        described = dict(show.described(created, terminal.zone, terminal.all_day_reminder_time))
        show_added(terminal.out, created, described, spoken(understood, decided))


def show_added(out: Console, created: Json, values: dict[str, str], said: dict[str, str]) -> None:
    """Prints the new task; each value with the words that set it."""
    out.print(f"Added {created['id']}  {plain(created['title'])}")
    rows = [(name, values[name], said.get(name)) for name in SHOWN.values() if values.get(name)]
    show.fields(out, [(name, f"{value}  “{words_said}”" if words_said else value) for name, value, words_said in rows])


def spoken(understood: Json, decided: set[str]) -> dict[str, str]:
    """Returns the words that set each field, by output label, except for fields in `decided`, set by options."""
    found: dict[str, list[str]] = {}
    for match in understood["matches"]:
        if match["field"] not in decided:
            found.setdefault(SHOWN.get(match["field"], match["field"]), []).append(plain(match["text"]))
    return {name: " ".join(each) for name, each in found.items()}
