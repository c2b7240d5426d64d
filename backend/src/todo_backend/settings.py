from typing import Annotated

from pydantic import Field, SecretStr

from todo_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    app_id: str = "todo-backend"
    database_pool_size: int = 20
    public_url: Annotated[str, Field(pattern=r"^https?://[^/]+$")] = "http://127.0.0.1:3000"
    """Public address of the suite: the issuer of tokens for MCP clients; with the path `/mcp` their audience."""

    requests_per_second: Annotated[float, Field(gt=0)] = 100.0
    """Sustained rate per account, across all replicas."""
    requests_burst: Annotated[int, Field(ge=1)] = 3000
    """Bucket size: requests that an account may send at once, for example changes queued while an app was offline."""
    requests_at_once: Annotated[int, Field(ge=1)] = 8
    """Concurrent requests per account; more are queued. Well below `database_pool_size`, so that other accounts get
    connections."""
    requests_waiting: Annotated[int, Field(ge=0)] = 500
    requests_wait_seconds: Annotated[float, Field(gt=0)] = 30.0
    streams_at_once: Annotated[int, Field(ge=1)] = 20
    """Concurrent streams of live updates per account."""

    assistant_api_key: SecretStr | None = None
    """Key of an OpenAI-compatible provider. If unset, the key is read from the secret store on first use;
    if there is none either, the assistant answers by rules."""
    assistant_base_url: Annotated[str, Field(pattern=r"^https?://")] = "https://api.openai.com/v1"
    assistant_model: str = "gpt-5-mini"
    assistant_timeout_seconds: Annotated[float, Field(gt=0, le=300)] = 30.0
    """Limits one request to the provider; `assistant_turn_seconds` limits the whole turn."""
    assistant_turn_seconds: Annotated[float, Field(gt=0, le=900)] = 120.0
    assistant_progress_seconds: Annotated[float, Field(gt=0)] = 5.0
    """After this time without a word from the provider, the page says that the assistant waits."""
    assistant_turns_per_minute: Annotated[int, Field(ge=1)] = 20
    assistant_turns_per_day: Annotated[int, Field(ge=1)] = 500
    assistant_tokens_per_day: Annotated[int, Field(ge=1)] = 500_000
    """Per user, like the two limits of turns."""
