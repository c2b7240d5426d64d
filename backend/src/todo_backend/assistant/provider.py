"""The model of the configured provider, an OpenAI-compatible server, or the rules if there is none."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import openai
from agents import Model, OpenAIChatCompletionsModel
from agents.exceptions import AgentsException, ModelBehaviorError
from agents.items import TResponseStreamEvent
from openai import AsyncOpenAI, AsyncStream
from openai.types.chat import ChatCompletionChunk

from todo_backend.accounts.locales import Conventions
from todo_backend.assistant.failures import Interrupted, Truncated
from todo_backend.assistant.provider_key import key_of
from todo_backend.rules import RuleModel
from todo_backend.settings import Settings
from todo_kit.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Provider:
    """Without a `client`, the rules answer."""

    client: AsyncOpenAI | None
    name: str

    def model(self, now: datetime, zone: ZoneInfo, conventions: Conventions) -> Model:
        if self.client is None:
            return RuleModel(now, zone, conventions)
        return ProviderModel(self.name, self.client)


class ProviderModel(OpenAIChatCompletionsModel):
    """Raises Truncated or Interrupted for an incomplete answer, and ModelBehaviorError for a malformed one.

    The SDK takes an incomplete answer for a complete one, except from OpenAI's own servers.
    """

    async def _fetch_response(self, *args: Any, **options: Any) -> Any:
        found = await super()._fetch_response(*args, **options)
        return (found[0], CompleteStream(found[1])) if isinstance(found, tuple) else found

    async def stream_response(self, *args: Any, **options: Any) -> AsyncIterator[TResponseStreamEvent]:
        try:
            async for event in super().stream_response(*args, **options):
                yield event
        except (openai.OpenAIError, httpx2.HTTPError, AgentsException):
            raise
        except Exception as error:
            raise ModelBehaviorError(f"{type(error).__name__}: {error}") from error


class CompleteStream:
    """Passes the stream on, and raises at its end if the answer is not complete."""

    def __init__(self, stream: AsyncStream[ChatCompletionChunk]) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    async def __aiter__(self) -> AsyncIterator[ChatCompletionChunk]:
        reason, text = None, ""
        try:
            async for chunk in self._stream:
                for choice in chunk.choices[:1]:
                    reason = choice.finish_reason or reason
                    text += getattr(choice.delta, "content", None) or ""  # some servers send no delta at the end
                yield chunk
        except openai.APITimeoutError:
            raise
        except openai.APIConnectionError as error:
            raise Interrupted("the connection was lost") from error
        if reason is None:
            raise Interrupted("the stream has ended without a finish_reason")
        if reason == "length":
            raise Truncated(text)


class ProviderSource:
    """Creates the provider on first use and keeps it."""

    def __init__(self, runtime: Runtime, settings: Settings) -> None:
        self._key = key_of(runtime)
        self._settings = settings
        self._found: Provider | None = None

    async def get(self) -> Provider:
        """Returns the provider. Raises Unavailable while the key cannot be read; the next call tries again."""
        if self._found is None:
            key, name = await self._key.get(), await self._key.model()
            self._found = Provider(self._client(key) if key else None, name)
        return self._found

    def _client(self, key: str) -> AsyncOpenAI:
        settings = self._settings
        return AsyncOpenAI(
            api_key=key,
            base_url=settings.assistant_base_url,
            timeout=settings.assistant_timeout_seconds,
            max_retries=1,
        )

    async def close(self) -> None:
        if self._found and self._found.client:
            await self._found.client.close()
