"""The launcher's environment variables: their types, what is refused, and the settings that they make."""

import difflib
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, create_model
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

from todo_local.settings import ROOT, SERVICES, WEB_PORT, KafkaAccess, LocalSettings, ServiceSpec

OTHERS = {
    *("TODO_ENVIRONMENT", "TODO_POSTGRES", "TODO_SECRETS_FILE"),  # read by parts of the suite
    *("TODO_BACKEND_DATABASE_URL", "TODO_BACKEND_DATABASE_DIRECT_URL"),  # set for `dapr run`
    *("TODO_TOKEN", "TODO_URL"),  # read by the terminal client
    *("TODO_CLUSTER", "TODO_TOKENS", "TODO_WEB_URL"),  # read by tests
    "TODO_POSTGRES_PASSWORD",  # read by compose.yaml
}
"""Names that are not settings of the launcher. Any other name with its prefix is a misspelling."""


def between(what: str, first: int, last: int) -> Any:
    return Field(ge=first, le=last, description=f"{what} from {first} to {last}")


def content(file: str) -> str:
    try:
        return Path(file).read_text() if file else ""
    except OSError as error:
        raise ValueError from error  # which Pydantic reports, as it does UnicodeDecodeError


Switch = Annotated[bool, Field(description="1 or 0, true or false, yes or no, on or off")]


class Variables(BaseSettings):
    """Each field is read from `TODO_` and its name. A refused value is shown only if its field has a description."""

    model_config = SettingsConfigDict(env_prefix="TODO_")

    home: Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())] = ROOT / ".local"
    port: Annotated[int, between("a port", 1024, 64_000)] = 8000
    web: Switch = False
    web_port: Annotated[int, between("a port", 1024, 65_535)] = WEB_PORT
    dapr: Switch = False
    stores_only: Switch = False
    database_url: str = ""
    database_direct_url: str = ""
    redis_url: str = ""
    state_store: Annotated[Literal["redis", "postgresql"] | None, Field(description="redis or postgresql")] = None
    kafka_brokers: str = ""
    kafka_username: str = ""
    kafka_password: str = ""
    kafka_mechanism: Annotated[
        str,
        Field(pattern="^(?i:(SCRAM-)?SHA-(256|512))$", description="SCRAM-SHA-256 or SCRAM-SHA-512"),
        AfterValidator(lambda name: name.upper().removeprefix("SCRAM-")),
    ] = "SHA-256"
    kafka_ca: Annotated[str, BeforeValidator(content), Field(description="a readable PEM file")] = ""


def replicas(service: ServiceSpec) -> str:
    return f"{service.app_id.removeprefix('todo-').replace('-', '_')}_replicas"


COUNTS: Any = {replicas(service): (Annotated[int, between("a number", 1, 9)], service.replicas) for service in SERVICES}
AllVariables: type[Variables] = create_model("AllVariables", __base__=Variables, **COUNTS)
NAMES = {f"TODO_{field.upper()}" for field in AllVariables.model_fields} | OTHERS


def load(environment: Mapping[str, str] = os.environ) -> LocalSettings:
    """Reads the settings; an empty variable counts as not set. Exits with a line for each refused variable."""
    given = {name: text for name, text in environment.items() if name.startswith("TODO_") and text}
    if unknown := sorted(given.keys() - NAMES):
        sys.exit("\n".join(map(unknown_variable, unknown)))
    source = EnvSettingsSource(AllVariables)
    source.env_vars = {name.lower(): text for name, text in given.items()}
    try:  # with this source alone: by default, the environment of the process is one too
        read = AllVariables(_build_sources=((source,), {}))
    except ValidationError as error:
        sys.exit("\n".join(map(refusal, error.errors())))
    if bool(read.kafka_username) != bool(read.kafka_password):
        sys.exit("TODO_KAFKA_USERNAME and TODO_KAFKA_PASSWORD are given together or not at all")
    if read.kafka_username and not read.kafka_brokers:
        sys.exit("TODO_KAFKA_BROKERS: is needed with TODO_KAFKA_USERNAME and TODO_KAFKA_PASSWORD")
    if read.database_direct_url and not read.database_url:
        sys.exit("TODO_DATABASE_URL: is needed with TODO_DATABASE_DIRECT_URL")
    if read.redis_url and read.state_store == "postgresql":
        sys.exit("TODO_STATE_STORE: must be redis if TODO_REDIS_URL is set, not 'postgresql'")
    access = (read.kafka_brokers, read.kafka_username, read.kafka_password, read.kafka_mechanism, read.kafka_ca)
    return LocalSettings(
        services=tuple(replace(service, replicas=getattr(read, replicas(service))) for service in SERVICES),
        brokers=KafkaAccess(*access) if read.kafka_brokers else None,
        redis=bool(read.redis_url) or read.state_store == "redis",
        **read.model_dump(include=set(LocalSettings.__slots__)),
    )


def unknown_variable(name: str) -> str:
    nearest = difflib.get_close_matches(name.upper(), NAMES, 1, cutoff=0.8)
    return f"{name} is unknown; " + (f"did you mean {nearest[0]}?" if nearest else "unset it")


def refusal(error: ErrorDetails) -> str:
    field = str(error["loc"][0])
    allowed = AllVariables.model_fields[field].description
    return f"TODO_{field.upper()}: " + (f"must be {allowed}, not {error['input']!r}" if allowed else error["msg"])
