from typing import Annotated

from pydantic import Field, SecretStr

from todo_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    app_id: str = "todo-backend"
    database_pool_size: int = 20
    public_url: Annotated[str, Field(pattern=r"^https?://[^/]+$")] = "http://127.0.0.1:3000"
    """Where people find the suite: what its tokens for assistants are made for, and where pages may come from."""

    assistant_api_key: SecretStr | None = None
    """Key of an OpenAI-compatible provider. Without it the key is read from the secret store when it is first needed;
    if there is none either, the assistant answers by rules."""
    assistant_base_url: Annotated[str, Field(pattern=r"^https?://")] = "https://api.openai.com/v1"
    assistant_model: str = "gpt-5-mini"
    assistant_timeout_seconds: Annotated[float, Field(gt=0, le=300)] = 30.0
    """For one answer of the provider; `assistant_turn_seconds` is for all of a turn."""
    assistant_turn_seconds: Annotated[float, Field(gt=0, le=900)] = 120.0
    assistant_turns_per_minute: Annotated[int, Field(ge=1)] = 20
    assistant_turns_per_day: Annotated[int, Field(ge=1)] = 500
    assistant_tokens_per_day: Annotated[int, Field(ge=1)] = 500_000
    """Of each person."""
