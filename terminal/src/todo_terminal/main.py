"""Entry point of the `todo` command: the table of commands, and exit codes."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from todo_terminal import __version__, prompts, shell, show
from todo_terminal.commands import account, actions, chat, creation, queries, records, updates
from todo_terminal.commands.parameters import terminal_of
from todo_terminal.failures import EXIT_CODES, Failure
from todo_terminal.terminal import Terminal
from todo_terminal.text import plain, utf8

app = typer.Typer(
    name="todo",
    help="Tasks from a terminal. Without a command: a session in which commands go without `todo`, and any other line"
    " adds a task.",
    epilog=EXIT_CODES,
    invoke_without_command=True,
    rich_markup_mode=None,  # usage errors are plain text, too
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, Callable[..., None]] = {
    "add": creation.add,
    "list": queries.list_tasks,
    "search": queries.search,
    "show": queries.show_task,
    "update": updates.update,
    "complete": actions.complete,
    "reopen": actions.reopen,
    "delete": actions.delete,
    "restore": actions.restore,
    "snooze": actions.snooze,
    "undo": actions.undo_last,
    "history": records.history,
    "notifications": records.notifications,
    "chat": chat.chat,
    "login": account.login,
    "logout": account.logout,
    "whoami": account.whoami,
    "status": account.status,
}
for name, command in COMMANDS.items():
    app.command(name)(command)


def show_version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def without_command(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True)] = False,  # noqa: ARG001
) -> None:
    if context.invoked_subcommand is not None:
        return
    if not prompts.somebody_is_there():
        print(context.get_help())
        raise typer.Exit(2)
    session(context)


@app.command("shell")
def session(context: typer.Context) -> None:
    """An interactive session, with a history of what was typed."""
    terminal = terminal_of(context)
    raise typer.Exit(shell.run(terminal, [*COMMANDS], lambda arguments: run(arguments, terminal)))


def run(arguments: Sequence[str], terminal: Terminal) -> int:
    """Runs one command and returns its exit code."""
    try:
        app(args=[utf8(each) for each in arguments], prog_name="todo", obj=terminal)
    except Failure as failure:
        show.console(stderr=True).print(f"todo: {failure}", soft_wrap=True)
        return failure.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def main() -> None:
    of_any_encoding(sys.stdin, "surrogateescape")
    of_any_encoding(sys.stdout, "replace")
    try:
        code = run(sys.argv[1:], Terminal())
        print(end="", flush=True)
    except OSError as error:  # writing the output failed, on a disk or a pipe
        code = give_up_output(error)
    sys.exit(code)


def of_any_encoding(stream: object, errors: str) -> None:
    """Sets how a stream handles invalid bytes in the input and characters that the output cannot encode."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=errors)


def give_up_output(error: OSError) -> int:
    if not isinstance(error, BrokenPipeError):  # a reader that closed the pipe needs no message
        print(f"todo: {plain(error)}", file=sys.stderr)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # otherwise Python flushes stdout again at exit
    return Failure.exit_code
