"""Reads topics, topic scopes and access control from `infra/dapr`, for the launcher and the local sidecar."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from todo_local.settings import ROOT

FOLDER = ROOT / "infra" / "dapr"
COMPONENTS, LOCAL_COMPONENTS = FOLDER / "components", FOLDER / "local" / "components"
NAMES, WITHOUT_MTLS, SENTRY = (
    FOLDER / "local" / "config" / name for name in ("names.yaml", "without-mtls.yaml", "sentry.yaml")
)


@dataclass(frozen=True, slots=True)
class Operation:
    caller: str
    verb: str
    path: str
    """A trailing `/**` matches any path below."""


def read(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(file.read_text())
    return content


@cache
def topics() -> dict[str, int]:
    """Returns the number of partitions by topic, including dead-letter topics."""
    return dict(read(FOLDER / "topics.yaml")["partitions"])


@cache
def retention_days() -> int:
    return int(read(FOLDER / "topics.yaml")["retentionDays"])


def publishes(app_id: str) -> list[str]:
    return _scoped("publishingScopes", app_id)


def subscribes(app_id: str) -> list[str]:
    return _scoped("subscriptionScopes", app_id)


@cache
def _scoped(name: str, app_id: str) -> list[str]:
    metadata = {entry["name"]: entry.get("value") for entry in read(COMPONENTS / "pubsub.yaml")["spec"]["metadata"]}
    by_app = dict(part.split("=") for part in metadata[name].replace(" ", "").split(";"))
    return list(by_app[app_id].split(","))


def configuration_file(app_id: str) -> Path:
    return FOLDER / "config" / f"{app_id}.yaml"


def state_store(kind: Literal["postgresql", "redis"]) -> Path:
    """Returns the folder of the state store component."""
    return FOLDER / f"state-{kind}"


def allowed_operations(app_id: str) -> list[Operation]:
    """Returns the operations that other apps may call on this app. All others are denied."""
    return [
        Operation(policy["appId"], verb, operation["name"])
        for policy in read(configuration_file(app_id))["spec"]["accessControl"]["policies"]
        for operation in policy["operations"]
        for verb in operation["httpVerb"]
    ]


def allowed_secrets(app_id: str) -> list[str]:
    [scope] = read(configuration_file(app_id))["spec"]["secrets"]["scopes"]
    return list(scope["allowedSecrets"])
