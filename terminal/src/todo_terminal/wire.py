"""HTTP requests: with timeouts, retries where they are safe, and errors as one-line messages."""

import time
from typing import Any

import httpx

from todo_terminal import __version__
from todo_terminal.failures import Conflict, Failure, NotFound, NotSignedIn, Unreachable
from todo_terminal.text import plain

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
PAUSES = (0.5,)
"""Pauses before each retry."""
AWAY = {502, 503, 504}
NEXT_STEPS = {
    "task_deleted": "it is in the trash, and todo restore {id} brings it back",
    "conversation_not_found": "todo chat --new begins another conversation",
    "task_not_found": "todo list all shows what there is",
}


def open_client(url: str) -> httpx.Client:
    # Unencrypted URLs are on loopback only (`access.chosen_url`): skip loading the CA certificates.
    verify = not url.startswith("http:")
    return httpx.Client(
        base_url=url, verify=verify, timeout=TIMEOUT, headers={"User-Agent": f"todo-terminal/{__version__}"}
    )


def send(client: httpx.Client, method: str, path: str, *, repeatable: bool, **options: Any) -> httpx.Response:
    """Sends a request; retries once if it is `repeatable`, that is, idempotent. Raises Unreachable."""
    pauses = PAUSES if repeatable else ()
    for pause in (*pauses, None):
        try:
            answer = client.request(method, path, **options)
        except httpx.TransportError as error:
            if pause is None:
                raise unreachable(client, error, repeatable=repeatable) from None
        else:
            if pause is None or answer.status_code not in AWAY:
                return answer
        time.sleep(pause)
    raise AssertionError("the last attempt answers or raises")


def unreachable(client: httpx.Client, error: httpx.TransportError, *, repeatable: bool) -> Unreachable:
    where = str(client.base_url).rstrip("/")
    if repeatable or isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return Unreachable(
            f"the suite cannot be reached at {where} ({reason(error)}): is it running? TODO_URL says where"
        )
    return Unreachable(f"{where} has not answered ({reason(error)}): it may be done or not, todo list tells")


def reason(error: httpx.TransportError) -> str:
    return plain(error) or type(error).__name__


def json_of(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        where = answer.url.copy_with(path="/", query=None)
        raise Failure(f"{where} does not answer like the suite: TODO_URL says where it is") from None


def failure_of(answer: httpx.Response) -> Failure:
    """Converts an error response (RFC 9457) to a failure with a one-line message: the field and the next step."""
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    return failure(answer.status_code, problem)


def failure(status: int, problem: dict[str, Any]) -> Failure:
    errors = problem.get("errors") or []
    fields = "; ".join(f"{error.get('field')}: {error.get('message')}" for error in errors if isinstance(error, dict))
    said = plain(
        fields or problem.get("detail") or problem.get("message") or problem.get("title") or f"status {status}"
    )
    kinds: dict[int, Failure] = {
        401: NotSignedIn(f"{said}: todo login"),
        404: NotFound(next_step(said, str(problem.get("code")))),
        409: Conflict(said),
        412: Conflict(said),
        429: Failure("too many requests: wait a minute, then try again"),
        500: Failure(f"the suite failed ({said})"),
        **dict.fromkeys(AWAY, Unreachable(f"{said}: try again in a moment")),
    }
    return kinds.get(status, Failure(said))


def next_step(said: str, code: str) -> str:
    """Replaces the API's advice, which names paths of the API, with the command to use."""
    about, number = said.partition(";")[0], next((word for word in said.split() if word.isdecimal()), "")
    return f"{about}: {NEXT_STEPS[code].format(id=number)}" if code in NEXT_STEPS else said
