"""The interactive session: one command per line. Any other line adds a task."""

import contextlib
import shlex
import sys
from collections.abc import Callable, Sequence

from todo_terminal import credentials, prompts
from todo_terminal.terminal import Terminal

with contextlib.suppress(ImportError):  # not available on every system: then there is no line editing
    import readline

PROMPT = "todo> "
HELP = "Commands go without `todo` (list, show 3, complete 3, help for all); any other line adds a task; quit ends."
REMEMBERED = 1000


def run(terminal: Terminal, commands: Sequence[str], execute: Callable[[list[str]], int]) -> int:
    """Runs commands until `quit` or the end of the input.

    Returns the last exit code that was not 0; always 0 if the terminal is interactive.
    """
    by_hand = prompts.somebody_is_there()
    if by_hand:
        terminal.out.print(HELP)
        recall(commands)
    code = 0
    while (line := ask(by_hand=by_hand)) is not None:
        arguments = arguments_of(line, commands)
        if arguments == ["quit"]:
            break
        if arguments:
            code = execute(arguments) or code
    if by_hand:
        keep()
    return 0 if by_hand else code


def ask(*, by_hand: bool) -> str | None:
    """Returns the next line, or None at the end of the input. Ctrl+C discards the line, not the session."""
    if not by_hand:
        return sys.stdin.readline() or None
    try:
        return input(PROMPT)
    except KeyboardInterrupt:
        print()
        return ""
    except EOFError:
        print()
        return None


def arguments_of(line: str, commands: Sequence[str]) -> list[str]:
    line = line.strip()
    first, _, rest = line.partition(" ")
    if not line:
        return []
    if line in {"quit", "exit"}:
        return ["quit"]
    if line in {"help", "?"}:
        return ["--help"]
    if first not in commands:
        return ["add", "--", line]
    try:
        return shlex.split(line)
    except ValueError:  # an unbalanced quote, such as an apostrophe
        return [first, *rest.split()]


def recall(commands: Sequence[str]) -> None:
    if "readline" not in sys.modules:
        return
    with contextlib.suppress(OSError):
        readline.read_history_file(credentials.state_file("history"))
    readline.set_history_length(REMEMBERED)
    readline.set_completer(lambda text, at: [*(c for c in commands if c.startswith(text)), None][at])
    readline.parse_and_bind("tab: complete")


def keep() -> None:
    if "readline" not in sys.modules:
        return
    file = credentials.state_file("history")
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        readline.write_history_file(file)
        file.chmod(0o600)
