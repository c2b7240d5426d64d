"""Arguments and options that several commands share."""

from typing import Annotated

import typer

from todo_terminal.completion import task_ids
from todo_terminal.terminal import Terminal

AsJson = Annotated[bool, typer.Option("--json", help="Print what the API answers, for scripts.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Take the likelier reading of what is ambiguous.")]
TaskId = Annotated[int, typer.Argument(min=1, max=2**31 - 1, metavar="ID", autocompletion=task_ids)]
TaskIds = Annotated[list[int], typer.Argument(min=1, max=2**31 - 1, metavar="ID…", autocompletion=task_ids)]
Due = Annotated[str | None, typer.Option(help="A date or time: 2026-01-31, 2026-01-31T09:00, 'friday 9am'.")]
Repeat = Annotated[str | None, typer.Option(help="A rule: 'every 2 weeks', 'monthly on the last day', none.")]
Remind = Annotated[
    list[str] | None,
    typer.Option(help="How long before: 30m, 2h, 1d, '1d 18:00' (a day before at 18:00), or none. Several times."),
]
Tags = Annotated[list[str] | None, typer.Option("--tag", "-t", help="May be given several times.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")]
All = Annotated[bool, typer.Option("--all", "-a", help="All there are.")]
Cursor = Annotated[str | None, typer.Option(help="Go on where a page ended: its next_cursor.")]


def terminal_of(context: typer.Context) -> Terminal:
    terminal = context.find_object(Terminal)
    assert terminal is not None, "main gives every command one"  # noqa: S101
    return terminal
