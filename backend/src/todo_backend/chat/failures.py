"""What is told when the assistant fails: what was the matter, and what to do."""

import openai
import structlog
from agents.exceptions import AgentsException, MaxTurnsExceeded, ModelBehaviorError

from todo_kit.errors import Problem

log = structlog.get_logger()

SLOW = "The assistant takes too long to answer. Try again in a moment."
BUSY = "The assistant has too much to do right now. Try again in a minute."
AWAY = "The assistant cannot be reached right now. Try again in a moment."
REFUSED = "The assistant's provider does not accept its key or model; whoever runs this suite has to set them right."
NONSENSE = "The assistant answered with something that makes no sense. Say it in other words."
LONG = "That takes the assistant too many steps. Ask for less at once."
CHANGES_STAND = " What the cards above show was done; undo takes it back."


def words_for(error: Exception) -> str | None:
    """None for what is not the provider's failure but ours."""
    if isinstance(error, Problem):
        return error.detail
    known: list[tuple[tuple[type[Exception], ...], str]] = [
        ((openai.APITimeoutError, TimeoutError), SLOW),
        ((openai.RateLimitError,), BUSY),
        ((openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError), REFUSED),
        ((openai.APIConnectionError, openai.InternalServerError), AWAY),
        ((MaxTurnsExceeded,), LONG),
        ((ModelBehaviorError, openai.APIError, ValueError, AttributeError, KeyError, TypeError), NONSENSE),
        ((AgentsException, OSError), AWAY),
    ]
    for kinds, words in known:
        if isinstance(error, kinds):
            log.warning("assistant_failed", error=f"{type(error).__name__}: {error}"[:500])
            return words
    return None
