"""Receivers of webhooks on loopback: they keep what they get, and answer as they are told to."""

import secrets
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import orjson

PATIENCE = 30.0
ENDLESS = b"x" * 65536


@dataclass
class Received:
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> dict[str, Any]:
        return dict(orjson.loads(self.body))


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_: Any) -> None:
        """A client that goes away is part of the tests."""


class Receiver:
    """With a TLS context it speaks HTTPS."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.received: dict[str, list[Received]] = {}
        self.plans: dict[str, list[int | str | dict[str, str]]] = {}
        """The next answers by path: a status, headers of a 503, `silence`, or `endless`: a body without an end."""
        self.changed = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.take(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        self.origin = f"{'https' if tls else 'http'}://localhost:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def url(self) -> str:
        return f"{self.origin}/{secrets.token_hex(8)}"

    def plan(self, url: str, *answers: int | str | dict[str, str]) -> None:
        self.plans[url.removeprefix(self.origin)] = list(answers)

    def take(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["content-length"]))
        headers = {name.lower(): value for name, value in request.headers.items()}
        plan = self.plans.get(request.path, [])
        answer = plan.pop(0) if plan else 200
        with self.changed:
            self.received.setdefault(request.path, []).append(Received(headers, body))
            self.changed.notify_all()
        if answer == "silence":
            time.sleep(20)
            return
        request.send_response(answer if isinstance(answer, int) else 503 if isinstance(answer, dict) else 200)
        for name, value in (answer if isinstance(answer, dict) else {}).items():
            request.send_header(name, value)
        if isinstance(answer, int) and 300 <= answer < 400:
            request.send_header("Location", f"{self.origin}/elsewhere")
        request.end_headers()
        request.wfile.write(f"answer {answer}".encode())
        while answer == "endless":
            request.wfile.write(ENDLESS)

    def to(self, url: str) -> list[Received]:
        return list(self.received.get(url.removeprefix(self.origin), []))

    def wait_for(self, url: str, count: int = 1) -> list[Received]:
        return self.wait_until(url, lambda received: len(received) >= count)

    def wait_until(self, url: str, holds: Callable[[list[Received]], bool]) -> list[Received]:
        with self.changed:
            assert self.changed.wait_for(lambda: holds(self.to(url)), PATIENCE), f"{url} got {len(self.to(url))}"
        return self.to(url)
