"""Takes what the sign-in server states about users, as the task API does."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt

from tests.sign_in.servers import until


class TaskApi(ThreadingHTTPServer):
    """`away` makes it fail."""

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Taking)
        self.revocations: list[dict[str, object]] = []
        self.erasures: list[dict[str, object]] = []
        self.away = False

    def revocations_of(self, user_id: str) -> list[dict[str, object]]:
        """Waits for one: a request does not wait for the task API if it was away a moment ago."""
        until(lambda: any(claims["sub"] == user_id for claims in self.revocations))
        return [claims for claims in self.revocations if claims["sub"] == user_id]


class Taking(BaseHTTPRequestHandler):
    server: TaskApi

    def do_POST(self) -> None:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, options={"verify_signature": False})
        told = {"/api/revocations": self.server.revocations, "/api/erasures": self.server.erasures}.get(self.path)
        if told is not None and not self.server.away:
            told.append(claims)
        self.send_response(503 if self.server.away else 204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass
