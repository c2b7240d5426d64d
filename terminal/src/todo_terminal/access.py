"""Authentication: exchanges the terminal's session, or an access token in TODO_TOKEN, for short-lived tokens."""

import base64
import json
import os
import time
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx

from todo_terminal import credentials, wire
from todo_terminal.failures import NotSignedIn, Usage

RENEW_BEFORE_SECONDS = 30
ACCESS_TOKEN = "todo_pat_"  # noqa: S105 - how the access tokens begin that users make in the settings
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Access(Protocol):
    def token(self, *, fresh: bool = False) -> str:
        """Returns a token for the API; a new one if `fresh`, after the API has refused the last. Raises NotSignedIn."""


class GivenToken:
    """The token of the API from TODO_TOKEN, for a suite without the web UI."""

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self, *, fresh: bool = False) -> str:
        if fresh:
            raise NotSignedIn("TODO_TOKEN is not accepted, or has expired: set it to a new one")
        return self._token


class Exchanged:
    """Something that lasts and is exchanged for tokens. Those are not stored: the next command notices its end."""

    path, ended = "/api/auth/access-tokens/exchange", "TODO_TOKEN is not accepted: make a new token in the settings"

    def __init__(self, client: httpx.Client, lasting: str) -> None:
        self._client, self._lasting, self._token, self._until = client, lasting, "", 0.0

    def token(self, *, fresh: bool = False) -> str:
        if fresh or time.time() > self._until - RENEW_BEFORE_SECONDS:
            self._token = str(self._ask("GET", self.path)["token"])
            self._until = float(claims_of(self._token)["exp"])
        return self._token

    def _ask(self, method: str, path: str, **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {self._lasting}"}
        answer = wire.send(self._client, method, path, repeatable=method == "GET", headers=headers, **options)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            raise NotSignedIn(self.ended)
        if not answer.is_success:
            raise wire.failure_of(answer)
        return wire.json_of(answer)


class Session(Exchanged):
    """The session from `todo login`."""

    path, ended = "/api/auth/token", "the session has ended: todo login"

    def whose(self) -> dict[str, Any]:
        """Returns the account, with its name and e-mail address. Raises NotSignedIn if the session has ended."""
        found = self._ask("GET", "/api/auth/get-session")
        if found is None:
            raise NotSignedIn(self.ended)
        return dict(found["user"])

    def end(self) -> None:
        self._ask("POST", "/api/auth/sign-out", json={})


def claims_of(token: str) -> dict[str, Any]:
    """Returns the claims of a token without verifying it, which the API does. Raises NotSignedIn if it is malformed."""
    try:
        payload = token.split(".")[1]
        claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        str(claims["sub"]), float(claims["exp"])
    except (ValueError, LookupError, TypeError):
        raise NotSignedIn("the token is malformed: sign in with todo login, or set TODO_TOKEN anew") from None
    return claims


def chosen_url(known: credentials.Credentials | None, given: str | None = None) -> str:
    """Returns the suite's URL: from the option, TODO_URL, the last `todo login`, or the default on this machine.

    Raises Usage if the URL is malformed, or if it is unencrypted and not on loopback.
    """
    url = given or os.environ.get("TODO_URL") or (known.url if known else credentials.DEFAULT_URL)
    url = url.rstrip("/")
    try:
        parts = urlsplit(url)
        scheme, host = parts.scheme, parts.hostname
    except ValueError:
        scheme, host = "", None
    if scheme not in {"http", "https"} or not host or parts.path or parts.query:
        raise Usage(f"{url!r} is no address of a suite: it looks like https://todo.example.com (TODO_URL, --url)")
    if scheme == "http" and host not in LOOPBACK:
        raise Usage(f"{url} would send what signs you in unencrypted: use https://")
    return url


def open_access(client: httpx.Client, known: credentials.Credentials | None) -> Access:
    if token := os.environ.get("TODO_TOKEN"):
        token = token.strip()
        return Exchanged(client, token) if token.startswith(ACCESS_TOKEN) else GivenToken(token)
    return open_session(client, known)


def open_session(client: httpx.Client, known: credentials.Credentials | None) -> Session:
    if known is None:
        raise NotSignedIn("nobody is signed in here: todo login")
    if known.url != str(client.base_url).rstrip("/"):
        raise NotSignedIn(f"you are signed in at {known.url} only: todo login --url {client.base_url}")
    return Session(client, known.session)
