"""Frozen settings, read from the environment. An invalid setting stops the start with a line that names it."""

import sys
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PLACEHOLDER = "CHANGE-ME"
"""Marks the values in `infra/helm/todo/secrets.example.yaml` that must be replaced."""

Port = Annotated[int, Field(ge=1, le=65535)]


class TrustedIssuer(BaseModel):
    """An issuer whose tokens are accepted: the exact `iss` and `aud`, and the URL of its public keys (JWKS)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str
    audience: str
    jwks: Annotated[str, Field(pattern=r"^(https?|file)://")]
    first_party: bool = False
    """Whether a token without `scope` is a session of a first-party client, with all permissions of its user. Any other
    token has the permissions that its `scope` names, and none without `scope`."""
    local: bool = False


class ServiceSettings(BaseSettings):
    """Settings of every service. A service adds its own in a subclass and sets a default for `app_id`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    app_id: str
    todo_environment: Literal["local", "production"] = "production"
    app_host: str = "127.0.0.1"
    app_port: Port
    app_fds: tuple[int, ...] = ()
    """Inherited listening sockets, used instead of the port. With them, a restart refuses no connection."""

    drain_seconds: Annotated[float, Field(ge=0, le=60)] = 1.0
    """How long the process accepts requests after a stop signal. Each response then closes its connection."""

    dapr_http_port: Port = 3500
    dapr_grpc_port: Port = 50001
    dapr_api_token: SecretStr | None = None
    app_api_token: SecretStr
    """The token that the sidecar sends with each of its requests, in the header `dapr-api-token`."""
    trusted_issuers: Annotated[tuple[TrustedIssuer, ...], Field(min_length=1)]

    secret_store: str = "todo-secrets"  # noqa: S105 - the name of the Dapr component
    secret_name: str = ""
    """Name of this app's secret in the store. Empty: the app's id."""
    database_url: SecretStr
    """From the environment: a service must start and serve requests without its sidecar and the secret store."""
    database_direct_url: SecretStr | None = None
    """A URL that supports LISTEN and session-level advisory locks. Needed if `DATABASE_URL` points to a pooler."""
    database_pool_size: Annotated[int, Field(ge=1, le=200)] = 10

    pubsub_name: str = "todo-pubsub"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    otel_exporter_otlp_endpoint: str | None = None

    @property
    def own_secret(self) -> str:
        return self.secret_name or self.app_id

    @field_validator("*", mode="after")
    @classmethod
    def _examples_are_replaced(cls, value: object) -> object:
        if isinstance(value, SecretStr) and PLACEHOLDER in value.get_secret_value():
            raise ValueError(f"still has the example's {PLACEHOLDER}; replace it with a secret of your own")
        return value

    @model_validator(mode="after")
    def _local_issuers_are_for_local_mode(self) -> Self:
        if self.todo_environment != "local" and any(issuer.local for issuer in self.trusted_issuers):
            raise ValueError("TRUSTED_ISSUERS has a local issuer, which TODO_ENVIRONMENT=local alone may trust")
        return self


S = TypeVar("S", bound=ServiceSettings)


def load_settings(settings_type: type[S]) -> S:
    """Reads the environment. Writes one line per invalid setting and exits with code 2 if any is invalid."""
    try:
        return settings_type()
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"]).upper() or "SETTINGS"
            sys.stderr.write(f"{name}: {problem['msg']}\n")
        raise SystemExit(2) from None
