"""An app as it is written by others: it finds the sign-in, registers itself, and asks a person for what it wants."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

REDIRECT = "http://127.0.0.1:41999/callback"
PASSWORD = "correct horse battery"


def address() -> dict[str, str]:
    """Everybody comes from another address: much is limited by it."""
    return {"x-forwarded-for": f"10.{'.'.join(str(byte) for byte in secrets.token_bytes(3))}"}


def http(base_url: str, headers: dict[str, str]) -> httpx.Client:
    """Keeps no connection open, so that nobody has to close it."""
    return httpx.Client(
        base_url=base_url, headers=headers, timeout=20, limits=httpx.Limits(max_keepalive_connections=0)
    )


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


@dataclass
class Person:
    """A browser of somebody who has signed up."""

    web_url: str
    browser: httpx.Client = field(init=False)
    id: str = ""

    def __post_init__(self) -> None:
        headers = {**address(), "Origin": self.web_url}
        self.browser = http(self.web_url, headers)
        somebody = {"name": "Ann", "email": f"{secrets.token_hex(8)}@example.com", "password": PASSWORD}
        answer = self.browser.post("/api/auth/sign-up/email", json=somebody)
        self.id = answer.raise_for_status().json()["user"]["id"]

    def answer(self, url: str, *, allow: bool) -> str:
        """Opens what the app asks for, decides, and says where the browser is sent."""
        asked = self.browser.get(url)
        consent = asked.headers["location"]
        assert asked.status_code == 302, asked.text
        assert urlsplit(consent).path == "/connect", consent
        page = self.browser.get(consent)
        assert page.status_code == 200
        body = {"accept": allow, "oauth_query": urlsplit(consent).query}
        decided = self.browser.post("/api/auth/oauth2/consent", json=body)
        return str(decided.raise_for_status().json()["url"])

    def apps(self) -> list[dict[str, Any]]:
        return list(self.browser.get("/api/auth/connected-apps").raise_for_status().json())


class App:
    def __init__(self, web_url: str, name: str = "Test App", **metadata: Any) -> None:
        self.web_url = web_url
        self.http = http(web_url, address())
        self.server = self.http.get("/.well-known/oauth-authorization-server").raise_for_status().json()
        self.verifier = secrets.token_urlsafe(32)
        self.registered = self.register(client_name=name, **metadata)
        self.id = self.registered.json().get("client_id", "")

    def register(self, **metadata: Any) -> httpx.Response:
        body = {
            "redirect_uris": [REDIRECT],
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "token_endpoint_auth_method": "none",
            **metadata,
        }
        return self.http.post(self.server["registration_endpoint"], json=body)

    def request(self, scope: str = "tasks:read", **parameters: str | None) -> str:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self.id,
            "redirect_uri": REDIRECT,
            "scope": scope,
            "state": "mine",
            "resource": f"{self.web_url}/mcp",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **parameters,
        }
        given = {name: value for name, value in asked.items() if value is not None}
        return str(httpx.URL(self.server["authorization_endpoint"], params=given))

    def token(self, grant_type: str, **parameters: str) -> httpx.Response:
        body = {"grant_type": grant_type, "client_id": self.id, **parameters}
        return self.http.post(self.server["token_endpoint"], data=body)

    def redeem(self, callback: str, **parameters: str) -> httpx.Response:
        body = {"code": query_of(callback)["code"], "redirect_uri": REDIRECT, "code_verifier": self.verifier}
        return self.token("authorization_code", **{**body, **parameters})

    def connect(self, person: Person, scope: str = "tasks:read", **parameters: str | None) -> dict[str, Any]:
        """The whole way, to the tokens."""
        callback = person.answer(self.request(scope, **parameters), allow=True)
        assert query_of(callback)["state"] == "mine"
        answer = self.redeem(callback)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def refresh(self, refresh_token: str, **parameters: str) -> httpx.Response:
        return self.token("refresh_token", refresh_token=refresh_token, **parameters)
