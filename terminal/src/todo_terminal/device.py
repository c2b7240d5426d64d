"""Sign-in with the device flow (RFC 8628): shows a code here, which the person approves in the signed-in web UI."""

import os
import sys
import time
import webbrowser
from typing import Any
from urllib.parse import urlsplit

import httpx
from rich.console import Console

from todo_terminal import wire
from todo_terminal.failures import Failure, Unreachable
from todo_terminal.text import plain

CLIENT = "todo-terminal"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"
SLOWER_SECONDS = 5.0
"""Added to the polling interval after `slow_down` (RFC 8628, section 3.5)."""
MAX_SECONDS = 30 * 60


def sign_in(client: httpx.Client, out: Console, *, browser: bool) -> str:
    """Returns the session after the code is approved. Raises Failure if it is denied or expires."""
    asked = wire.send(client, "POST", "/api/auth/device/code", repeatable=False, json={"client_id": CLIENT})
    if asked.status_code == httpx.codes.NOT_FOUND:
        raise Failure(f"{client.base_url} has no sign-in: use TODO_TOKEN there")
    if not asked.is_success:
        raise wire.failure_of(asked)
    code: dict[str, Any] = wire.json_of(asked)
    link = plain(code["verification_uri_complete"])
    out.print(f"To sign in, open {plain(code['verification_uri'])} and enter the code {plain(code['user_code'])}")
    out.print(f"or open {link}", soft_wrap=True)
    if browser and has_browser() and urlsplit(link).scheme in {"http", "https"}:
        webbrowser.open(link)
    return wait(client, code["device_code"], float(code["interval"]), min(float(code["expires_in"]), MAX_SECONDS))


def has_browser() -> bool:
    """Returns whether a graphical browser is likely: a text browser would take over this terminal."""
    if os.environ.get("BROWSER") or sys.platform in {"darwin", "win32"}:
        return True
    return sys.stdout.isatty() and bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def wait(client: httpx.Client, device_code: str, interval: float, seconds: float) -> str:
    deadline = time.monotonic() + seconds
    body = {"grant_type": GRANT, "device_code": device_code, "client_id": CLIENT}
    while time.monotonic() < deadline:
        time.sleep(interval)
        try:
            answer = wire.send(client, "POST", "/api/auth/device/token", repeatable=False, json=body)
        except Unreachable:
            interval += SLOWER_SECONDS  # back off and keep polling: the code is valid until it expires
            continue
        content = wire.json_of(answer)
        if answer.is_success:
            return str(content["access_token"])
        match content.get("error"):
            case "authorization_pending":
                pass
            case "slow_down":
                interval += SLOWER_SECONDS
            case "access_denied":
                raise Failure("it was denied: nobody is signed in")
            case "expired_token":
                break
            case _ if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
                interval += SLOWER_SECONDS
            case _:
                raise wire.failure_of(answer)
    raise Failure("the code has expired: run todo login again")
