"""Takes what the sign-in server states about users, as the task API does."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt


class TaskApi(ThreadingHTTPServer):
    """`away` makes it fail."""

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Taking)
        self.revocations: list[dict[str, object]] = []
        self.erasures: list[dict[str, object]] = []
        self.away = False


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
