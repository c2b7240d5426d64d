"""`helm test`: somebody signs in, makes a task, and finds its reminder's notification and all of it in the trail."""

import base64
import hashlib
import json
import os
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

PUBLIC_URL, PASSWORD = os.environ["PUBLIC_URL"], os.environ["TEST_PASSWORD"]
# By the password, so that another one is another account, and nobody can have taken the address before.
EMAIL = f"helm-test-{hashlib.sha256(PASSWORD.encode()).hexdigest()[:16]}@example.com"
SECONDS = 60

page = httpx.Client(base_url="http://frontend:3000", headers={"Origin": PUBLIC_URL}, timeout=10)
api = httpx.Client(base_url="http://todo-backend:8000", timeout=10)


def main() -> None:
    # A network may take a moment before its policies know of a new pod.
    until("a way to the page and to the API", lambda: all(reached(client) for client in (page, api)))
    token = sign_in()
    user = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))["sub"]
    api.headers["Authorization"] = f"Bearer {token}"
    due = datetime.now(UTC) + timedelta(seconds=2)
    wanted = {"title": f"helm test {uuid.uuid4()}", "due_date": due.isoformat(), "reminder_lead_time": 0}
    task = answer(api.post(f"/api/{user}/tasks", json=wanted))["id"]
    say(f"task {task} is made")
    notifications = f"/api/{user}/notifications"
    until("its reminder's notification", lambda: any(n["task_id"] == task for n in items(notifications)))
    trail = f"/api/{user}/audit_logs?resource_id={task}"
    until(
        "both in the audit trail",
        lambda: {"TaskCreated", "ReminderTriggered"} <= {e["action_type"] for e in items(trail)},
    )
    if not answer(api.get(f"/api/{user}/audit_logs/verify"))["valid"]:
        sys.exit("the audit trail does not verify: see docs/alarms/trail-does-not-verify.md")
    say("the trail verifies")
    answer(api.delete(f"/api/{user}/tasks/{task}"))


def sign_in() -> str:
    """A token, by a session of the test's own account. Its cookie is for https alone, and here is none."""
    known = page.post("/api/auth/sign-in/email", json={"email": EMAIL, "password": PASSWORD})
    if known.status_code == httpx.codes.UNAUTHORIZED:
        known = page.post("/api/auth/sign-up/email", json={"email": EMAIL, "password": PASSWORD, "name": "Helm test"})
    if known.is_error and known.json().get("code") == "EMAIL_PASSWORD_SIGN_UP_DISABLED":
        say("NOT TESTED with an account: this installation confirms addresses by mail, and the test reads none")
        sys.exit()
    answer(known)
    cookies = "; ".join(cookie.split(";")[0] for cookie in known.headers.get_list("set-cookie"))
    token = answer(page.get("/api/auth/token", headers={"Cookie": cookies}))["token"]
    say("signed in")
    return str(token)


def reached(client: httpx.Client) -> bool:
    try:
        client.head("/")
    except httpx.TransportError:
        return False
    return True


def items(path: str) -> list[dict[str, Any]]:
    return list(answer(api.get(path))["items"])


def answer(response: httpx.Response) -> dict[str, Any]:
    if response.is_error:
        sys.exit(f"{response.request.method} {response.request.url}: {response.status_code} {response.text[:500]}")
    return response.json() if response.content else {}


def until(what: str, holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > deadline:
            sys.exit(f"no sign of {what} after {SECONDS} s: see the pods' logs and docs/alarms")
        time.sleep(0.5)
    say(f"there is {what}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


main()
