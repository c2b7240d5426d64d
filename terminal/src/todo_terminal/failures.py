"""Failures of a command. The exit codes are part of the interface: scripts depend on them."""

from typing import ClassVar


class Failure(Exception):
    """The request failed; the message gives the reason and the remedy in one line."""

    exit_code: ClassVar[int] = 1


class Usage(Failure):
    """The command was not understood."""

    exit_code = 2


class NotSignedIn(Failure):
    """Nobody is signed in, or the session has ended."""

    exit_code = 3


class NotFound(Failure):
    """There is no such task, conversation or notification."""

    exit_code = 4


class Conflict(Failure):
    """The task was changed in the meantime."""

    exit_code = 5


class Ambiguous(Failure):
    """The input is ambiguous, and the terminal is not interactive."""

    exit_code = 6


class Unreachable(Failure):
    """The suite does not answer or is unavailable."""

    exit_code = 7


EXIT_CODES = """Exit codes: 0 done, 1 the request failed, 2 the command was not understood, 3 not signed in,
4 not found, 5 changed by somebody else meanwhile, 6 ambiguous, 7 the suite cannot be reached, 130 interrupted. Of
several tasks that fail for different reasons: 1."""
