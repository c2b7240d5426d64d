from typing import Annotated

import typer

from todo_terminal import show, undo, words
from todo_terminal.api import Json
from todo_terminal.commands.parameters import AsJson, Due, Remind, Repeat, Tags, TaskId, Yes, terminal_of
from todo_terminal.failures import Conflict, Usage
from todo_terminal.prompts import choose
from todo_terminal.terminal import Terminal
from todo_terminal.text import plain

ScopeOption = Annotated[
    words.Scope | None, typer.Option(help="Of a task that recurs: this occurrence alone, or its series from here on.")
]


def update(
    context: typer.Context,
    task_id: TaskId,
    title: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    description: Annotated[str | None, typer.Option(help="More about it.")] = None,
    due: Due = None,
    clear_due: Annotated[bool, typer.Option("--clear-due", help="Without a date.")] = False,
    repeat: Repeat = None,
    remind: Remind = None,
    priority: Annotated[str | None, typer.Option("--priority", "-p", help="High, Medium, Low or None.")] = None,
    tag: Tags = None,
    untag: Annotated[list[str] | None, typer.Option(help="A tag to take away; several times.")] = None,
    scope: ScopeOption = None,
    if_version: Annotated[int | None, typer.Option(min=1, help="Only when it is still at this version.")] = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Change a task. When somebody else has changed it meanwhile, nothing is done and what changed is said."""
    terminal = terminal_of(context)
    if clear_due:
        check_undated(due, repeat)
    before = terminal.api.get(f"/tasks/{task_id}")
    fields = words.given(title=title, description=description)
    if priority is not None:
        fields["priority"] = words.priority(priority)
    if tag or untag:
        gone = {words.tag(each) for each in untag or []}
        tags = [*before["tags"], *map(words.tag, tag or [])]
        fields["tags"] = [each for each in dict.fromkeys(tags) if each not in gone]
    if due is not None:
        fields |= words.due_fields(terminal.api, due, task_id, yes=yes)
    if clear_due:
        fields["due_date"] = None
    if repeat is not None:
        dated = fields.get("due_date") is not None
        fields |= words.repeat_fields(terminal.api, repeat, task_id, dated=dated, yes=yes)
    if remind is not None:
        fields["reminders"] = words.reminders(remind)
    if not fields:
        raise Usage("nothing to change: say what, such as --title or --due (todo update --help)")
    wide = scope or scope_of_date(before, fields)
    after = save(terminal, before, if_version or before["version"], fields, wide)
    if as_json:
        show.as_json(after)
    else:
        terminal.out.print(f"Changed {after['id']}  {plain(after['title'])}")
        names = [name for name in fields if before[name] != after[name]]
        show.fields(terminal.out, [(name, arrow(name, before, after, terminal)) for name in names])


def check_undated(due: str | None, repeat: str | None) -> None:
    """Raises Usage if an option gives the date that --clear-due takes away, or needs one."""
    if due is not None:
        raise Usage("--due and --clear-due exclude each other")
    if repeat is not None and repeat.lower() != words.NONE:
        raise Usage("--repeat and --clear-due exclude each other: a task that repeats needs a date")


def arrow(name: str, before: Json, after: Json, terminal: Terminal) -> str:
    return f"{show.value(name, before[name], terminal.zone)} → {show.value(name, after[name], terminal.zone)}"


def scope_of_date(before: Json, fields: Json) -> words.Scope:
    """Asks for the scope of a new date of a recurring task. Not with a new rule, which starts a new series anyway."""
    recurs = before["recurrence_pattern"] != words.NONE and "recurrence_pattern" not in fields
    if not recurs or "due_date" not in fields:
        return words.Scope.THIS
    choices = ["this occurrence alone", "this one and those that follow"]
    question = f"Task {before['id']} recurs: what gets the new date?"
    place = choose(question, choices, "say it with --scope this or --scope series")
    return (words.Scope.THIS, words.Scope.SERIES)[place]


def save(terminal: Terminal, before: Json, version: int, fields: Json, scope: words.Scope) -> Json:
    try:
        after = terminal.api.update(before["id"], version, fields, scope.value)
    except Conflict:
        raise Conflict(changed_meanwhile(terminal, before["id"], version)) from None
    undo.remember(terminal)
    return after


def changed_meanwhile(terminal: Terminal, task_id: int, version: int) -> str:
    """Returns a message that lists the changes after `version`, from the audit trail."""
    entries = terminal.api.get("/audit_logs", resource_id=task_id, limit=50)["items"]
    newer = [entry for entry in reversed(entries) if entry["seq"] > version and entry["action_type"].startswith("Task")]
    lines = [
        f"  {show.ACTIONS.get(entry['action_type'], '')} through {show.through(entry['actor'])}"
        + "".join(f"; {show.change(name, pair, terminal.zone)}" for name, pair in (entry["changes"] or {}).items())
        for entry in newer
    ]
    seen = f"task {task_id} was changed since version {version}: nothing was done; todo show {task_id} shows it now"
    return "\n".join([seen, *lines])
