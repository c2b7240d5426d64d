"""What the terminal's tests are written in: a person with a `todo` of their own, at a real terminal or in a script."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx

from tests.suite import RunningSuite

TODO = str(Path(sys.executable).with_name("todo"))
SECONDS = 15.0
WIDTH = 80


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass
class Person:
    """Somebody with a machine of their own: settings and state lie in `home`."""

    suite: RunningSuite
    user: str
    token: str
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "LC_ALL"}}
        folders = {f"XDG_{name}_HOME": str(self.home / name.lower()) for name in ("CONFIG", "STATE")}
        return {**inherited, **folders, "TODO_URL": self.suite.url, "TODO_TOKEN": self.token}

    def todo(self, *arguments: str, given: str = "", **environment: str) -> Ran:
        """In a script: nobody is there to be asked, and what it prints is read by a program."""
        result = subprocess.run(
            [TODO, *arguments],
            env={**self.environment, **environment},
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS * 2,
        )
        assert "Traceback" not in result.stderr, result.stderr
        return Ran(result.returncode, result.stdout, result.stderr)

    def says(self, *arguments: str, **environment: str) -> str:
        """What it prints; it must succeed."""
        ran = self.todo(*arguments, **environment)
        assert ran.code == 0, ran.err
        return ran.out

    def reads(self, *arguments: str) -> Any:
        """What it answers to a script."""
        return json.loads(self.says(*arguments, "--json"))

    def session(self, *lines: str, **environment: str) -> str:
        """What the lines of one session print, all of which must succeed."""
        ran = self.todo("shell", given="".join(f"{line}\n" for line in lines), **environment)
        assert ran.code == 0, ran.err
        return ran.out

    def api(self, method: str, path: str, **options: Any) -> Any:
        """The same person elsewhere."""
        url = f"{self.suite.url}/api/{self.user}{path}"
        answer = httpx.request(method, url, headers={"Authorization": f"Bearer {self.token}"}, **options)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def task(self, number: int) -> Any:
        return self.api("GET", f"/tasks/{number}")

    @property
    def count(self) -> int:
        """Of all that is not in the trash."""
        return int(self.api("GET", "/tasks")["total"])

    def has(self, title: str, **fields: Any) -> int:
        """The number of a new task."""
        return int(self.api("POST", "/tasks", json={"title": title, **fields})["id"])

    @contextmanager
    def at_a_terminal(self, *arguments: str, **environment: str) -> Iterator["AtATerminal"]:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, WIDTH, 0, 0))
        process = subprocess.Popen(
            [TODO, *arguments],
            env={**self.environment, "TERM": "xterm-256color", **environment},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=takes_the_terminal,  # noqa: PLW1509 - so that Ctrl+C reaches it
        )
        os.close(slave)
        try:
            yield AtATerminal(process, master)
        finally:
            process.kill()
            process.wait()
            os.close(master)


def takes_the_terminal() -> None:
    """As a shell leaves it: whoever started the tests in the background has SIGINT ignored, and all that they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class AtATerminal:
    def __init__(self, process: "subprocess.Popen[bytes]", master: int) -> None:
        self._process, self._master, self.shown = process, master, ""
        self._looked_at = 0

    def sees(self, text: str) -> None:
        """Waits until it is there, behind what was seen before."""
        deadline = time.monotonic() + SECONDS
        while (at := self.shown.find(text, self._looked_at)) < 0:
            assert time.monotonic() < deadline, f"{text!r} does not come: {self.shown!r}"
            assert self._read() or text in self.shown[self._looked_at :], f"{text!r} did not come: {self.shown!r}"
        self._looked_at = at + len(text)

    def types(self, line: str) -> None:
        self.presses(f"{line}\r")

    def presses(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def interrupts(self) -> None:
        """Ctrl+C, and again when nothing happens: between a prompt and the wait for a key Python overlooks it."""
        for _ in range(5):
            self.presses("\x03")
            if select.select([self._master], [], [], 1.0)[0]:
                return

    def ends(self) -> int:
        """The exit code, with all that was shown read."""
        while self._read():
            pass
        return self._process.wait(SECONDS)

    def _read(self) -> bool:
        """False at the end."""
        ready, _, _ = select.select([self._master], [], [], SECONDS)
        assert ready, f"nothing comes any more: {self.shown!r}"
        try:
            found = os.read(self._master, 65536)
        except OSError:  # how Linux tells that nobody writes there any more
            return False
        self.shown += found.decode(errors="replace").replace("\r\n", "\n")
        return bool(found)


def documents(output: str) -> list[Any]:
    """The JSON documents in it, one behind the other."""
    found, decoder = [], json.JSONDecoder()
    while output := output.lstrip():
        document, end = decoder.raw_decode(output)
        found.append(document)
        output = output[end:]
    return found


@contextmanager
def line_that_loses_an_answer(url: str, lost: str) -> Iterator[tuple[str, list[str]]]:
    """A way to the suite on which the first answer to that request is lost: its address, and what came by."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            what = f"{self.command} {re.sub(r'^/api/[^/]+', '', self.path)}"
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kept = {name: value for name, value in self.headers.items() if name.lower() not in {"host", "connection"}}
            answer = httpx.request(self.command, url + self.path, headers=kept, content=body)
            seen.append(what)
            if what == lost and seen.count(what) == 1:
                self.close_connection = True
                return
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["content-type"])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_PATCH = handle_any  # noqa: N815 - the base class calls them so

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join(SECONDS)
