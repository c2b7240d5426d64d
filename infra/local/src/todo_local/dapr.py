"""The parts that replace the local sidecar with `make up-dapr`: a `daprd` per replica, `sentry` for their
certificates, and the stores and secrets of their components.
"""

import shlex
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from todo_local import daprd, kafka, resources, secrets
from todo_local.parts import SIDECARS, STORES, Part, replica_names
from todo_local.settings import LocalSettings, ServiceSpec

TRUST_DOMAIN = "localhost"
"""Trust domain of `sentry`. The apps' trust domain is `public`, as in their configurations."""
NAMESPACE = "default"
GRACE_SECONDS = 5
LOOPBACK = "127.0.0.1"


def prepare(settings: LocalSettings) -> None:
    """Builds and fetches everything that is needed once per machine. Exits with a message if a tool is missing."""
    daprd.path()
    if settings.kafka.local:
        kafka.java()
        kafka.libraries()
    if settings.redis and not settings.redis_url:
        redis_server()


def redis_server() -> str:
    return shutil.which("redis-server") or sys.exit(
        "redis-server is missing: install it (Debian: apt-get install redis-server), name one in TODO_REDIS_URL, "
        "or leave TODO_STATE_STORE unset and keep the state in Postgres"
    )


def kafka_part(settings: LocalSettings) -> Part:
    jars = kafka.libraries()
    data = settings.home / "kafka"
    properties = kafka.create(data, settings.kafka_port, settings.kafka_controller_port, jars)
    url = f"tcp://{LOOPBACK}:{settings.kafka_port}"
    return Part("kafka", kafka.command(properties, jars), url, stage=STORES)


def redis_part(settings: LocalSettings, content: dict[str, Any]) -> Part:
    folder = settings.home / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "redis.conf"
    lines = {
        "bind": LOOPBACK,
        "port": settings.redis_port,
        "dir": folder,
        "appendonly": "yes",
        "requirepass": content["passwords"]["redis"],
    }
    secrets.write_private_text(file, "".join(f"{name} {value}\n" for name, value in lines.items()))
    return Part("redis", [redis_server(), str(file)], f"tcp://{LOOPBACK}:{settings.redis_port}", stage=STORES)


def sentry_part(settings: LocalSettings) -> Part | None:
    command = daprd.sentry(daprd.path())
    if command is None:
        return None
    folder = credentials(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    options = {
        "issuer-credentials": folder,
        "trust-domain": TRUST_DOMAIN,
        "listen-address": LOOPBACK,
        "port": settings.sentry_port,
        "healthz-listen-address": LOOPBACK,
        "healthz-port": settings.sentry_health_port,
        "metrics-listen-address": LOOPBACK,
        "metrics-port": settings.sentry_metrics_port,
        "config": resources.SENTRY,
    }
    url = f"http://{LOOPBACK}:{settings.sentry_health_port}/healthz"
    return Part("sentry", [*command, *flags(options)], url, stage=STORES)


def credentials(settings: LocalSettings) -> Path:
    return settings.home / "run" / "sentry"


def daprd_parts(settings: LocalSettings, content: dict[str, Any]) -> list[Part]:
    program = daprd.path()
    anchors = credentials(settings) / "ca.crt"
    mtls = daprd.sentry(program) is not None
    parts = []
    folder = settings.home / "run" / "dapr"
    for service in settings.services:
        environment = {
            "DAPR_HOST_IP": LOOPBACK,
            "NAMESPACE": NAMESPACE,
            "DAPR_API_TOKEN": content["dapr_api_tokens"][service.app_id],
            "APP_API_TOKEN": content["app_api_tokens"][service.app_id],
            "TODO_SECRETS_FILE": str(write_secrets(settings, content, service)),
            **({"DAPR_TRUST_ANCHORS": anchors.read_text()} if mtls else {}),
        }
        for replica, name in enumerate(replica_names(service), 1):
            command = [str(program), *arguments(settings, service, replica, mtls=mtls)]
            url = f"http://{LOOPBACK}:{settings.sidecar_http_port(service, replica)}/v1.0/healthz/outbound"
            parts.append(Part(f"daprd-{name}", command, url, environment, {"cwd": folder}, stage=SIDECARS))
    return parts


def write_secrets(settings: LocalSettings, content: dict[str, Any], service: ServiceSpec) -> Path:
    file = settings.home / "run" / "dapr" / f"{service.app_id}.json"
    secrets.write_private(file, secret_store(settings, content, service))
    return file


def write_environment(settings: LocalSettings, content: dict[str, Any]) -> None:
    """Writes the environment of `dapr run -f .`. All apps share it, so the variables of the URLs name the app."""
    for service in settings.services:
        write_secrets(settings, content, service)
    secrets.write_jwks(settings, content)
    wanted = secrets.service_environment(settings, content, settings.services[0])
    names = ("TODO_ENVIRONMENT", "APP_API_TOKEN", "DAPR_API_TOKEN", "TRUSTED_ISSUERS", "LOG_LEVEL")
    shared = {name: wanted[name] for name in names}
    for service in settings.services:
        for name, url in secrets.database_environment(settings, content, service).items():
            shared[f"{service.app_id.upper().replace('-', '_')}_{name}"] = url
    lines = [f"{name}={shlex.quote(value)}\n" for name, value in shared.items()]
    secrets.write_private_text(settings.home / "run" / "dapr.env", f"DAPR_HOST_IP={LOOPBACK}\n{''.join(lines)}")


def arguments(settings: LocalSettings, service: ServiceSpec, replica: int, *, mtls: bool) -> list[str]:
    configurations = [resources.configuration_file(service.app_id), resources.NAMES]
    certificates: dict[str, Any] = {
        "enable-mtls": "true",
        "sentry-address": f"{LOOPBACK}:{settings.sentry_port}",
        "control-plane-trust-domain": TRUST_DOMAIN,
        "control-plane-namespace": NAMESPACE,
    }
    if not mtls:
        configurations.append(resources.WITHOUT_MTLS)
        certificates = {}
    folders = [resources.COMPONENTS, resources.LOCAL_COMPONENTS, resources.state_store(state_kind(settings))]
    options = {
        "app-id": service.app_id,
        "app-port": settings.replica_port(service, replica),
        "app-protocol": "http",
        "mode": "standalone",
        "dapr-http-port": settings.sidecar_http_port(service, replica),
        "dapr-grpc-port": settings.sidecar_grpc_port(service, replica),
        "dapr-listen-addresses": LOOPBACK,
        "dapr-internal-grpc-port": settings.sidecar_internal_port(service, replica),
        "dapr-internal-grpc-listen-address": LOOPBACK,
        "metrics-port": settings.sidecar_metrics_port(service, replica),
        "metrics-listen-address": LOOPBACK,
        "enable-app-health-check": "true",
        "app-health-check-path": "/health/subscriptions",
        "app-health-probe-interval": 1,
        "app-health-probe-timeout": 900,
        "app-health-threshold": 2,
        "dapr-graceful-shutdown-seconds": GRACE_SECONDS,
        "log-level": "info",
        **certificates,
    }
    return [
        *flags(options),
        *(f"--resources-path={folder}" for folder in folders),
        *(f"--config={file}" for file in configurations),
    ]


def flags(options: dict[str, Any]) -> list[str]:
    return [f"--{name}={value}" for name, value in options.items()]


def state_kind(settings: LocalSettings) -> Any:
    return "redis" if settings.redis else "postgresql"


def secret_store(settings: LocalSettings, content: dict[str, Any], service: ServiceSpec) -> dict[str, dict[str, str]]:
    """Returns the app's own secret, the only one that it may read, and those of the components of its `daprd`."""
    access = settings.kafka
    components = {
        "todo-kafka": {
            "brokers": access.brokers,
            "authType": "password" if access.username else "none",
            "saslMechanism": access.mechanism,
            "saslUsername": access.username,
            "saslPassword": access.password,
            "caCert": access.ca_certificate,
        }
    }
    if service.app_id in resources.read(resources.state_store(state_kind(settings)) / "state.yaml")["scopes"]:
        components["todo-state"] = (
            redis_secret(settings, content) if settings.redis else state_secret(settings, content)
        )
    return {service.app_id: secrets.app_secret(settings, content, service)} | components


def state_secret(settings: LocalSettings, content: dict[str, Any]) -> dict[str, str]:
    return {"connectionString": secrets.database_url(settings, content, "dapr", "dapr")}


def redis_secret(settings: LocalSettings, content: dict[str, Any]) -> dict[str, str]:
    given = settings.redis_url or f"redis://:{content['passwords']['redis']}@{LOOPBACK}:{settings.redis_port}"
    url = urlsplit(given)
    return {
        "redisHost": f"{url.hostname}:{url.port or 6379}",
        "redisUsername": unquote(url.username or ""),
        "redisPassword": unquote(url.password or ""),
        "enableTLS": str(url.scheme == "rediss").lower(),
    }
