"""Messages for failures of the assistant: the cause, and what to do."""

import re
from collections.abc import Callable

import httpx2
import openai
import structlog
from agents.exceptions import MaxTurnsExceeded, ModelBehaviorError, ModelRefusalError

from todo_kit.errors import Problem

log = structlog.get_logger()

SLOW = "The assistant's provider takes too long to answer. Try again in a moment."
BUSY = "The assistant's provider has too many requests right now. Try again in a minute."
UNREACHABLE = "The assistant's provider cannot be reached right now. Try again in a moment."
INTERRUPTED = "The assistant's provider broke off its answer. Try again in a moment."
FAILED = "The assistant's provider reported an error in the middle of its answer. Try again in a moment."
MISCONFIGURED = "The assistant's provider does not accept the key or the model: the operator has to correct them."
UNPAID = "The assistant's provider has no credit left for this key: the operator has to add some."
REJECTED = "The assistant's provider rejected the request. Say it in other words, or start a new conversation."
TOO_MUCH = "This conversation is too long for the assistant's model. Start a new one."
DECLINED = "The assistant's model declined to answer this. Say it in other words."
TRUNCATED = "… (cut off: the answer reached the model's limit; ask for less at once)"
INVALID = "The assistant's model gave an answer that cannot be read. Say it in other words."
LONG = "That takes the assistant too many steps. Ask for less at once."
CHANGES_STAND = " What the cards above show was done; undo takes it back."
CONTEXT = re.compile(
    r"context.{0,20}(length|window|size)|maximum context|prompt is too long|too many tokens", re.IGNORECASE
)
"""How providers say that a request is too long, if they do not use OpenAI's code `context_length_exceeded`."""


class Interrupted(ModelBehaviorError):
    """The provider's stream ended without a reason: the connection was lost, or the provider stopped."""


class Truncated(ModelBehaviorError):
    """The answer reached the limit of the model's output (`finish_reason: length`)."""

    def __init__(self, text: str) -> None:
        super().__init__("the answer reached the limit of the model's output")
        self.text = text


def is_too_much(error: Exception) -> bool:
    return isinstance(error, openai.APIError) and (
        error.code == "context_length_exceeded" or bool(CONTEXT.search(error.message))
    )


def is_unpaid(error: Exception) -> bool:
    return isinstance(error, openai.APIError) and error.code in {"insufficient_quota", "billing_hard_limit_reached"}


def is_any(*kinds: type[Exception]) -> Callable[[Exception], bool]:
    return lambda error: isinstance(error, kinds)


MESSAGES: list[tuple[Callable[[Exception], bool], str]] = [
    (is_too_much, TOO_MUCH),
    (is_unpaid, UNPAID),
    (is_any(openai.APITimeoutError, httpx2.TimeoutException, TimeoutError), SLOW),
    (is_any(openai.RateLimitError), BUSY),
    (is_any(openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError), MISCONFIGURED),
    (is_any(Interrupted), INTERRUPTED),
    (is_any(openai.APIConnectionError, openai.InternalServerError, httpx2.HTTPError), UNREACHABLE),
    (is_any(openai.APIStatusError), REJECTED),
    (is_any(openai.APIError), FAILED),
    (is_any(MaxTurnsExceeded), LONG),
    (is_any(ModelRefusalError), DECLINED),
    (is_any(Truncated), TRUNCATED),
    (is_any(ModelBehaviorError, openai.OpenAIError), INVALID),
]
"""The first that applies. An `APIError` without a status is an error inside a stream that began well."""


def message_for(error: Exception) -> str | None:
    """Returns the message for a Problem or a provider failure; None for other exceptions, which are our own bugs."""
    if isinstance(error, Problem):
        return error.detail
    message = next((message for applies, message in MESSAGES if applies(error)), None)
    if message:
        log.warning("assistant_failed", error=f"{type(error).__name__}: {error}"[:500])
    return f"{error.text}{message}" if isinstance(error, Truncated) else message
