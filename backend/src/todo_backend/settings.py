from typing import Annotated

from pydantic import Field, SecretStr

from todo_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    app_id: str = "todo-backend"
    database_pool_size: int = 20
    public_url: Annotated[str, Field(pattern=r"^https?://[^/]+$")] = "http://127.0.0.1:3000"
    """Where people find the suite: what its tokens for assistants are made for, and where pages may come from."""

    requests_per_second: Annotated[float, Field(gt=0)] = 100.0
    """Of an account, in all replicas together and for as long as it likes."""
    requests_burst: Annotated[int, Field(ge=1)] = 3000
    """How many more it may send at once before that: what an app has kept while it was offline, for example."""
    requests_at_once: Annotated[int, Field(ge=1)] = 8
    """Of an account; more wait for their turn. Well below `database_pool_size`, so that others find a connection."""
    requests_waiting: Annotated[int, Field(ge=0)] = 500
    requests_wait_seconds: Annotated[float, Field(gt=0)] = 30.0
    streams_at_once: Annotated[int, Field(ge=1)] = 20
    """Streams of live updates, of an account."""

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
