"""What the services offer, as their own documents say it, so that a new route is in every test that walks them."""

from collections.abc import Iterator

import httpx

from tests.suite import RunningSuite
from todo_backend.forwarding.endpoints import FORWARDED

SERVICES = range(4)
"""The offsets of the services' ports."""
OPEN = {"/health", "/health/subscriptions", "/ready", "/metrics"}
SOME_ID = "00000000-0000-7000-8000-000000000000"
IDS = ("notification_id", "device_id", "webhook_id", "message_id")
PARAMETERS = {"task_id": "1", "token": "A", **dict.fromkeys(IDS, SOME_ID)}


def routes(suite: RunningSuite, offset: int, user: str = "victim") -> Iterator[tuple[str, str, str]]:
    """Verb, path and URL of everything that a service documents; the backend forwards more than that."""
    base = f"http://127.0.0.1:{suite.port + offset}"
    document = httpx.get(f"{base}/openapi.json").json()
    found = [(verb.upper(), path) for path, verbs in document["paths"].items() for verb in verbs]
    if offset == 0:
        found += [(entry.verb, f"/api/{{user_id}}{entry.path}") for entry in FORWARDED]
    for verb, path in found:
        yield verb, path, base + path.format(user_id=user, **PARAMETERS)
