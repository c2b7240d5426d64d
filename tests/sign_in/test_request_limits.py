"""What sign-in reads of a request at most, and for how long: nobody has to be signed in to send one."""

import socket
import time

import pytest

from tests.sign_in.servers import Account, Server, SignIn

MEGABYTE = 1024 * 1024
BODY_LIMIT = 64 * 1024
HEAD = b"POST /api/auth/sign-in/email HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def converse(server: Server, *parts: bytes, pause: float = 0, seconds: float = 60) -> bytes:
    """Sends the parts, with a pause between them, and returns what the server says until it closes the connection."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                if pause:
                    connection.settimeout(pause)
                    try:
                        received += connection.recv(4096)
                        break
                    except TimeoutError:
                        connection.settimeout(seconds)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused while it was being sent
        try:
            while more := connection.recv(65536):
                received += more
        except ConnectionResetError:
            pass
    return received


def chunked(size: int, count: int) -> list[bytes]:
    return [f"{size:x}\r\n".encode() + b" " * size + b"\r\n"] * count


def growth(server: Server, status: bytes, *parts: bytes) -> int:
    """By how many bytes the server's memory grows while it gets a body of 64 MB four times.

    As many are sent before: Node.js lets its heap grow to the size that it then keeps.
    """
    sizes = []
    for _ in range(2):
        for _ in range(4):
            answer = converse(server, *parts)
            assert answer.startswith(b"HTTP/1.1 " + status) or not answer, answer[:200]
        sizes.append(server.memory())
    return sizes[1] - sizes[0]


def test_a_large_body_is_refused_and_takes_no_memory(sign_in: SignIn) -> None:
    """Also without Content-Length, which a client need not send."""
    body = [b"Transfer-Encoding: chunked\r\n\r\n", *chunked(MEGABYTE, 64)]
    assert growth(sign_in.servers[1], b"413", HEAD, *body) < 32 * MEGABYTE


def test_a_body_without_content_length_is_answered_413_once_it_is_too_large(sign_in: SignIn) -> None:
    answer = converse(
        sign_in.servers[0], HEAD, b"Transfer-Encoding: chunked\r\n\r\n", *chunked(BODY_LIMIT // 2, 2), *chunked(1, 1)
    )
    assert answer.startswith(b"HTTP/1.1 413"), answer[:200]


def test_a_content_length_above_the_limit_is_refused_before_the_body_comes(sign_in: SignIn) -> None:
    answer = converse(sign_in.servers[0], HEAD, b"Content-Length: 67108864\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413"), answer[:200]


def test_a_content_length_below_the_body_ends_the_body_there(sign_in: SignIn) -> None:
    answer = converse(sign_in.servers[0], HEAD, b"Content-Length: 2\r\n\r\n{}", b"x" * BODY_LIMIT)
    assert answer.endswith(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"), "the rest is no request"


def test_a_large_body_to_a_page_is_not_kept(sign_in: SignIn) -> None:
    head = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nConnection: close\r\n"
    body = [b"Transfer-Encoding: chunked\r\n\r\n", *chunked(MEGABYTE, 64), b"0\r\n\r\n"]
    assert growth(sign_in.servers[1], b"200", head, *body) < 32 * MEGABYTE


def test_a_body_that_drips_is_given_up(sign_in: SignIn) -> None:
    start = time.monotonic()
    answer = converse(sign_in.servers[0], HEAD, b"Content-Length: 1000\r\n\r\n", *[b" "] * 1000, pause=0.5)
    assert answer.startswith(b"HTTP/1.1 408"), answer[:200]
    assert time.monotonic() - start < 20


@pytest.mark.slow
def test_a_head_that_drips_is_given_up(sign_in: SignIn) -> None:
    """Node looks for such connections every 30 seconds."""
    start = time.monotonic()
    drips = [b"POST /api/auth/sign-in/email HTTP/1.1\r\n", *[f"x-{i}: y\r\n".encode() for i in range(200)]]
    answer = converse(sign_in.servers[0], *drips, pause=0.5)
    assert not answer or answer.startswith(b"HTTP/1.1 408"), answer[:200]
    assert time.monotonic() - start < 50


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "n" * 101},
        {"name": "An\nn"},
        {"name": 7},
        {"image": "https://example.com/a.png"},
        {"email": f"{'e' * 250}@example.com"},
        {"emailVerified": True},
        {"password": "p" * 129},
    ],
)
def test_an_account_keeps_no_field_that_is_too_long_or_unknown(sign_in: SignIn, fields: dict[str, object]) -> None:
    body = {"name": "Ann", "email": "somebody@example.com", "password": "correct horse battery", **fields}
    with sign_in.browser() as browser:
        answer = browser.post("/api/auth/sign-up/email", json=body)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith(next(iter(fields)))


def test_every_response_is_kept_by_nobody_and_read_as_what_it_says(sign_in: SignIn) -> None:
    person = Account(sign_in)
    for path in ("token", "get-session", "jwks", "connected-apps", "no-such-path", "device?user_code=ABCD2345"):
        answer = person.browser.get(f"/api/auth/{path}")
        assert answer.headers.get_list("cache-control") == ["no-store"], path
        assert answer.headers.get_list("x-content-type-options") == ["nosniff"], path
