"""A push service on loopback, and browsers. The service keeps the messages; a browser decrypts its own."""

import base64
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import http_ece
import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PATIENCE = 30.0


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Pushed:
    headers: dict[str, str]
    body: bytes


@dataclass
class Browser:
    """A subscription, with the private key that only the browser has."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def subscription(self) -> dict[str, Any]:
        public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": encode(public), "auth": encode(self.auth)}
        return {"endpoint": self.endpoint, "keys": keys, "name": "Chrome on Linux"}

    def read(self, pushed: Pushed) -> dict[str, Any]:
        decrypt: Any = http_ece.decrypt
        plain = decrypt(pushed.body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        return dict(orjson.loads(plain))


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


class PushService:
    def __init__(self) -> None:
        self.pushed: dict[str, list[Pushed]] = {}
        """By the path of the endpoint."""
        self.plans: dict[str, list[int | str]] = {}
        """Status of the next answers by path; `silence` answers too late, `die` closes after the message was taken."""
        self.changed = threading.Condition()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                service.take(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def browser(self) -> Browser:
        return Browser(f"{self.origin}/push/{secrets.token_hex(8)}")

    def take(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["content-length"]))
        plan = self.plans.get(request.path, [])
        answer = plan.pop(0) if plan else 201
        if answer == "silence":
            time.sleep(15)
        if answer in {"die", 201}:
            with self.changed:
                headers = {name.lower(): value for name, value in request.headers.items()}
                self.pushed.setdefault(request.path, []).append(Pushed(headers, body))
                self.changed.notify_all()
        if not isinstance(answer, int):
            request.close_connection = True
            return
        request.send_response(answer)
        if answer in {301, 307}:
            request.send_header("Location", f"{self.origin}/elsewhere")
        request.send_header("Content-Length", "0")
        request.end_headers()

    def wait_for(self, browser: Browser, count: int = 1) -> list[Pushed]:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.to(browser)) >= count, PATIENCE), "nothing was pushed"
        return self.to(browser)

    def to(self, browser: Browser) -> list[Pushed]:
        return list(self.pushed.get(browser.endpoint.removeprefix(self.origin), []))


def signed_by(pushed: Pushed, key: str, audience: str) -> dict[str, Any]:
    """Returns the claims of the message's VAPID token. Fails unless it is signed by the application server's key."""
    scheme, _, parameters = pushed.headers["authorization"].partition(" ")
    given = dict(part.split("=", 1) for part in parameters.split(","))
    assert (scheme, given["k"]) == ("vapid", key)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(key))
    return dict(jwt.decode(given["t"], public, algorithms=["ES256"], audience=audience, options={"verify_exp": False}))
