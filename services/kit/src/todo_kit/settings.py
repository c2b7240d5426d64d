"""Settings come from the environment, are frozen, and a wrong one ends the start with a line that names it."""

import sys
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PLACEHOLDER = "CHANGE-ME"
"""In the values of `infra/helm/todo/secrets.example.yaml` that have to be replaced."""

Port = Annotated[int, Field(ge=1, le=65535)]


class TrustedIssuer(BaseModel):
    """Whose tokens are accepted: the exact `iss` and `aud`, and where the public keys (JWKS) are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str
    audience: str
    jwks: Annotated[str, Field(pattern=r"^(https?|file)://")]
    first_party: bool = False
    """Its tokens without `scope` are sessions of our own clients and may do everything their user may. A token of any
    other issuer may do what its `scope` names, and nothing without one."""
    local: bool = False


class ServiceSettings(BaseSettings):
    """What every service needs to know. A service adds its own and fixes `app_id`."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    app_id: str
    todo_environment: Literal["local", "production"] = "production"
    app_host: str = "127.0.0.1"
    app_port: Port
    app_fds: tuple[int, ...] = ()
    """Inherited listening sockets, instead of a port: a restart refuses no connection."""

    drain_seconds: Annotated[float, Field(ge=0, le=60)] = 1.0
    """How long requests are still taken after the process was asked to end, each on its connection's last time."""

    dapr_http_port: Port = 3500
    dapr_grpc_port: Port = 50001
    dapr_api_token: SecretStr | None = None
    app_api_token: SecretStr
    """What the sidecar sends with every request it makes (`dapr-api-token`)."""
    trusted_issuers: Annotated[tuple[TrustedIssuer, ...], Field(min_length=1)]

    secret_store: str = "todo-secrets"  # noqa: S105 - the name of the Dapr component
    secret_name: str = ""
    """Of this app's secret there; the app's id without."""
    database_url: SecretStr
    """From the environment, because a service is to start and answer without its sidecar and the secret store."""
    database_direct_url: SecretStr | None = None
    """Where LISTEN and locks that last are possible, when `DATABASE_URL` is that of a pooler."""
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
    """Reads the environment, or ends the process with one line per wrong setting (exit code 2)."""
    try:
        return settings_type()
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"]).upper() or "SETTINGS"
            sys.stderr.write(f"{name}: {problem['msg']}\n")
        raise SystemExit(2) from None
