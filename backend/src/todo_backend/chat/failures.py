"""Messages for failures of the assistant: the cause, and what to do."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import openai
import structlog
from agents import OpenAIChatCompletionsModel
from agents.exceptions import AgentsException, MaxTurnsExceeded, ModelBehaviorError
from agents.items import TResponseStreamEvent

from todo_kit.errors import Problem

log = structlog.get_logger()

SLOW = "The assistant takes too long to answer. Try again in a moment."
BUSY = "The assistant has too much to do right now. Try again in a minute."
AWAY = "The assistant cannot be reached right now. Try again in a moment."
REFUSED = "The assistant's provider does not accept its key or model; whoever runs this suite has to set them right."
NONSENSE = "The assistant answered with something that makes no sense. Say it in other words."
LONG = "That takes the assistant too many steps. Ask for less at once."
CHANGES_STAND = " What the cards above show was done; undo takes it back."


class ProviderModel(OpenAIChatCompletionsModel):
    """The provider's model. Raises ModelBehaviorError, as a failure of the provider, for a malformed response."""

    async def stream_response(self, *args: Any, **options: Any) -> AsyncIterator[TResponseStreamEvent]:
        try:
            async for event in super().stream_response(*args, **options):
                yield event
        except (openai.OpenAIError, httpx2.HTTPError, AgentsException):
            raise
        except Exception as error:
            raise ModelBehaviorError(f"{type(error).__name__}: {error}") from error


def words_for(error: Exception) -> str | None:
    """Returns the message for a Problem or a provider failure; None for other exceptions, which are our own bugs."""
    if isinstance(error, Problem):
        return error.detail
    known: list[tuple[tuple[type[Exception], ...], str]] = [
        ((openai.APITimeoutError, httpx2.TimeoutException, TimeoutError), SLOW),
        ((openai.RateLimitError,), BUSY),
        ((openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError), REFUSED),
        ((openai.APIConnectionError, openai.InternalServerError, httpx2.HTTPError), AWAY),
        ((MaxTurnsExceeded,), LONG),
        ((ModelBehaviorError, openai.OpenAIError), NONSENSE),
    ]
    for kinds, words in known:
        if isinstance(error, kinds):
            log.warning("assistant_failed", error=f"{type(error).__name__}: {error}"[:500])
            return words
    return None
