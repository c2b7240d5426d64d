"""What the smoke test sees from outside, with the real curl on a real server."""

import shutil
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.delivery.stage import Stage

Page = dict[str, tuple[int, str]]
GOOD: Page = {
    "/": (302, ""),
    "/welcome": (200, "text/html; charset=utf-8"),
    "/api/nobody/tasks": (401, "application/problem+json"),
}


@pytest.fixture
def outside(stage: Stage) -> Stage:
    (stage.bin / "curl").symlink_to(shutil.which("curl") or "curl")
    return stage


@contextmanager
def served(pages: Page, certificate: Path | None = None) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, content_type = pages.get(self.path, (404, "text/html"))
            self.send_response(status)
            if status == 302:
                self.send_header("location", "/welcome")
            if content_type:
                self.send_header("content-type", content_type)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of this address, by nobody whom the machine trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    file = tmp_path / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


def test_a_good_page_passes(outside: Stage, certificate: Path) -> None:
    with served(GOOD, certificate) as url:
        result = outside.run("smoke.sh", "--no-test", "--url", url, "--attempts", "1", CURL_CA_BUNDLE=str(certificate))
    assert result.returncode == 0, result.stderr


def test_a_certificate_that_nobody_trusts(outside: Stage, certificate: Path) -> None:
    with served(GOOD, certificate) as url:
        result = outside.run("smoke.sh", "--no-test", "--url", url, "--attempts", "1")
    assert result.returncode == 1
    assert "is not trusted" in result.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        {"/welcome": (500, "text/html")},
        {"/api/nobody/tasks": (401, "")},
        {"/ready": (200, "application/json")},
    ],
)
def test_what_is_wrong_fails(outside: Stage, wrong: Page) -> None:
    with served({**GOOD, **wrong}) as url:
        result = outside.run("smoke.sh", "--no-test", "--url", url, "--attempts", "2")
    assert result.returncode == 1
    assert "not as it should be" in result.stderr


def test_nobody_answers(outside: Stage) -> None:
    with served(GOOD) as url:
        pass
    result = outside.run("smoke.sh", "--no-test", "--url", url, "--attempts", "1")
    assert result.returncode == 1
    assert "does not answer (curl ended with 7)" in result.stderr
