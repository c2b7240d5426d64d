"""Secrets of local mode: generated once, stored in TODO_HOME, readable by the owner only."""

import base64
import copy
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from todo_local import mail, postgres
from todo_local.settings import LocalSettings, ServiceSpec

KEY_ID = "todo-local"
ISSUER = "todo-local"
AUDIENCE = "todo"


class SecretsError(Exception):
    """The secrets file is invalid; the message names the file."""


@contextmanager
def locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds an exclusive lock on `folder`. The kernel releases it when the process dies.

    Raises BlockingIOError if another process holds the lock and `wait` is false.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(handle)


def load(settings: LocalSettings) -> dict[str, Any]:
    """Returns all secrets and generates missing ones: passwords, tokens, and private keys.

    Holds a lock: two commands in a fresh folder would otherwise generate two sets, and one would be lost.
    """
    file = settings.home / "secrets.json"
    settings.home.mkdir(parents=True, exist_ok=True)
    with locked(settings.home):
        known = _read(file)
        content = _completed(copy.deepcopy(known), settings)
        if content != known:
            write_private(file, content)
    return content


def _read(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text()) if file.exists() else {}
    except ValueError as error:
        raise SecretsError(
            f"{file} is not JSON ({error}): put it right, or make reset, which forgets the data"
        ) from error
    if not isinstance(content, dict):
        raise SecretsError(f"{file} holds no JSON object: put it right, or make reset, which forgets the data")
    return content


def _completed(content: dict[str, Any], settings: LocalSettings) -> dict[str, Any]:
    content.setdefault("superuser", secrets.token_urlsafe(24))
    content.setdefault("admin_token", secrets.token_urlsafe(24))
    passwords = content.setdefault("passwords", {})
    for role in (*postgres.role_names(settings.services), "redis"):
        passwords.setdefault(role, secrets.token_hex(16))
    for service in settings.services:
        content.setdefault("dapr_api_tokens", {}).setdefault(service.app_id, secrets.token_urlsafe(24))
        content.setdefault("app_api_tokens", {}).setdefault(service.app_id, secrets.token_urlsafe(24))
    content.setdefault("issuer_key", new_key())
    content.setdefault("auth_secret", secrets.token_urlsafe(32))
    content.setdefault("audit_signing_key", base64.b64encode(secrets.token_bytes(32)).decode())
    return content


def new_key() -> str:
    private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return Ed25519PrivateKey.generate().private_bytes(*private).decode()


def write_private(file: Path, content: Any) -> None:
    write_private_text(file, json.dumps(content, indent=1))


def write_private_text(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    fresh.replace(file)


def issuer_key(content: dict[str, Any]) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(content["issuer_key"].encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the issuer's key is not an Ed25519 key")
    return key


def jwks(content: dict[str, Any]) -> dict[str, Any]:
    """Returns the issuer's public key as the JWK set that the services read."""
    public = json.loads(jwt.get_algorithm_by_name("EdDSA").to_jwk(issuer_key(content).public_key()))
    return {"keys": [{**public, "kid": KEY_ID, "alg": "EdDSA", "use": "sig"}]}


def write_jwks(settings: LocalSettings, content: dict[str, Any]) -> None:
    (settings.home / "jwks.json").write_text(json.dumps(jwks(content)))


def secret_store(settings: LocalSettings, content: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Returns the content of the local sidecar's secret store: one secret per app."""
    return {service.app_id: app_secret(settings, content, service) for service in settings.services}


def app_secret(settings: LocalSettings, content: dict[str, Any], service: ServiceSpec) -> dict[str, str]:
    """Has the same keys as in Kubernetes, where this secret supplies the database URLs to the environment."""
    secret = database_environment(settings, content, service)
    if service.app_id == "audit-service":
        secret["AUDIT_SIGNING_KEY"] = content["audit_signing_key"]
    return secret


def database_environment(settings: LocalSettings, content: dict[str, Any], service: ServiceSpec) -> dict[str, str]:
    urls = {"DATABASE_URL": database_url(settings, content, service.schema)}
    if settings.database_direct_url:
        urls["DATABASE_DIRECT_URL"] = database_url(settings, content, service.schema, direct=True)
    return urls


def database_url(
    settings: LocalSettings, content: dict[str, Any], role: str, database: str = "todo", *, direct: bool = False
) -> str:
    return server(settings, content, direct=direct).url(database, role, content["passwords"][role])


def server(settings: LocalSettings, content: dict[str, Any], *, direct: bool = False) -> postgres.Server:
    if given := (direct and settings.database_direct_url) or settings.database_url:
        return postgres.External(given)
    return postgres.Cluster(settings.home / "postgres", settings.postgres_port, content["superuser"])


def migration_urls(settings: LocalSettings, content: dict[str, Any]) -> dict[str, str]:
    def url(service: ServiceSpec) -> str:
        return database_url(settings, content, f"{service.schema}_owner", direct=True)

    return {f"MIGRATION_DATABASE_URL__{service.module.upper()}": url(service) for service in settings.services}


def service_environment(
    settings: LocalSettings, content: dict[str, Any], service: ServiceSpec, replica: int = 1
) -> dict[str, str]:
    """Returns the environment of a service's process, except for the inherited sockets (`APP_FDS`)."""
    return {
        **database_environment(settings, content, service),
        "TODO_ENVIRONMENT": "local",
        "APP_PORT": str(settings.app_port(service)),
        "DAPR_HTTP_PORT": str(settings.sidecar_http_port(service, replica)),
        "DAPR_GRPC_PORT": str(settings.sidecar_grpc_port(service, replica)),
        "DAPR_API_TOKEN": content["dapr_api_tokens"][service.app_id],
        "APP_API_TOKEN": content["app_api_tokens"][service.app_id],
        "TRUSTED_ISSUERS": json.dumps(trusted_issuers(settings)),
        "PUBLIC_URL": web_url(settings),
        "WEBHOOK_NETWORKS": json.dumps(["127.0.0.0/8", "::1/128"]),  # receivers on the same machine
        "LOG_LEVEL": "INFO",
        **(mail.environment(settings) if service.sends_mail else {}),
    }


def trusted_issuers(settings: LocalSettings) -> list[dict[str, Any]]:
    """Returns the issuers that the services trust.

    The launcher issues tokens for curl and tests. The web UI issues tokens for its page and for apps with a grant.
    """
    own: dict[str, Any] = {"issuer": ISSUER, "audience": AUDIENCE, "jwks": (settings.home / "jwks.json").as_uri()}
    own |= {"first_party": True, "local": True}
    if not settings.web:
        return [own]
    url, keys = web_url(settings), f"http://127.0.0.1:{settings.web_port}/api/auth/jwks"
    sessions = {"issuer": url, "audience": AUDIENCE, "jwks": keys, "first_party": True}
    return [own, sessions, {"issuer": url, "audience": f"{url}/mcp", "jwks": keys}]


def web_url(settings: LocalSettings) -> str:
    """Returns the URL of the web UI, which is also the issuer of its tokens."""
    return f"http://localhost:{settings.web_port}"
