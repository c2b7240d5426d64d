"""How a command can fail. The exit codes are part of the interface: scripts tell them apart."""

from typing import ClassVar


class Failure(Exception):
    """The request failed; the message is one line that says what is wrong and what to do."""

    exit_code: ClassVar[int] = 1


class Usage(Failure):
    """The command was not understood."""

    exit_code = 2


class NotSignedIn(Failure):
    """Nobody is signed in here, or no longer."""

    exit_code = 3


class NotFound(Failure):
    """There is no such task."""

    exit_code = 4


class Conflict(Failure):
    """It was changed by somebody else meanwhile."""

    exit_code = 5


class Ambiguous(Failure):
    """Something can be meant in several ways, and there is nobody to ask."""

    exit_code = 6


class Unreachable(Failure):
    """The suite does not answer."""

    exit_code = 7


EXIT_CODES = """Exit codes: 0 done, 1 the request failed, 2 the command was not understood, 3 not signed in,
4 not found, 5 changed by somebody else meanwhile, 6 ambiguous, 7 the suite cannot be reached, 130 interrupted. Of
several tasks that fail for different reasons: 1."""
