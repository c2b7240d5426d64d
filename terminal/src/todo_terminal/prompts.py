"""Questions to the person at the terminal. Without an interactive terminal, a question is an error."""

import sys
from collections.abc import Sequence

import typer

from todo_terminal.failures import Ambiguous
from todo_terminal.text import plain

INTERRUPTED = 130


def somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def choose(question: str, choices: Sequence[str], instead: str) -> int:
    """Asks and returns the index of the chosen answer. Raises Ambiguous if the terminal is not interactive.

    `instead` tells, in that error, which option answers the question.
    """
    lines = [f"  {number}  {plain(choice)}" for number, choice in enumerate(choices, 1)]
    if not somebody_is_there():
        raise Ambiguous("\n".join([plain(question), *lines, f"  {instead}"]))
    print(plain(question), *lines, sep="\n")
    numbers = {str(number) for number in range(1, len(choices) + 1)}
    while True:
        try:
            answer = input("[1] ").strip() or "1"
        except (EOFError, KeyboardInterrupt):
            print()
            raise typer.Exit(INTERRUPTED) from None
        if answer in numbers:
            return int(answer) - 1
        print(f"One of the numbers 1 to {len(choices)}, or Ctrl+C to change nothing")
