"""The web UI in local mode: what is built when, whose tokens are trusted, and what is said when it cannot be."""

import os
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.suite import free_base_port
from tests.support import free_port
from todo_local import parts, secrets, variables, web


@pytest.fixture
def frontend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frontend that is quickly built, which notes how often."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "page.tsx").write_text("a page")
    (tmp_path / "package-lock.json").write_text("{}")
    ran = tmp_path / ".ran"

    def run(what: str, *_: str) -> None:
        with ran.open("a") as file:
            file.write(what.split(maxsplit=1)[0] + "\n")
        for folder in (tmp_path / "node_modules", tmp_path / ".next" / "standalone"):
            folder.mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(web, "run", run)
    monkeypatch.setattr(web, "FRONTEND", tmp_path)
    monkeypatch.setattr(web, "BUILDS", tmp_path / ".builds")
    monkeypatch.setattr(web, "NOT_SOURCES", web.NOT_SOURCES | {".ran"})
    return tmp_path


def test_it_is_installed_and_built_when_something_has_changed_and_not_else(frontend: Path) -> None:
    def steps() -> list[str]:
        (frontend / ".ran").write_text("")
        web.prepare()
        return (frontend / ".ran").read_text().split()

    assert steps() == ["installing", "building"]
    assert steps() == []
    (frontend / "src" / "page.test.tsx").write_text("a test is no source")
    assert steps() == []
    (frontend / "src" / "page.tsx").write_text("another page")
    assert steps() == ["building"]
    (frontend / "package-lock.json").write_text('{"packages": {}}')
    assert steps() == ["installing", "building"]


def test_a_build_stays_as_long_as_a_suite_runs_from_it(frontend: Path) -> None:
    def built(content: str) -> Path:
        (frontend / "src" / "page.tsx").write_text(content)
        web.prepare()
        return (frontend / ".builds" / "current").resolve()

    first = built("first")
    held = web.hold()
    second = built("second")
    assert held.folder == first != second
    assert first.exists()
    held.lock.close()
    third = built("third")
    assert (first.exists(), second.exists(), third.exists()) == (False, False, True)
    last = web.hold()
    assert last.folder == third
    last.lock.close()
    shutil.rmtree(third)
    with pytest.raises(web.WebError, match="is not built"):
        web.hold()


def test_two_suites_that_start_at_once_build_once(frontend: Path) -> None:
    with ThreadPoolExecutor() as threads:
        for done in [threads.submit(web.prepare) for _ in range(4)]:
            done.result()
    assert (frontend / ".ran").read_text().split() == ["installing", "building"]


def test_a_build_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "FRONTEND", tmp_path)
    with pytest.raises(web.WebError, match=r"building failed:\n  it does not compile"):
        web.run("building", "sh", "-c", "echo it does not compile; exit 1")


def test_without_npm_it_is_said_how_to_get_or_to_avoid_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(web.WebError, match=r"npm is missing: install Node\.js.*API=1"):
        web.prepare()


def test_its_tokens_are_trusted_where_it_runs_and_nowhere_else(tmp_path: Path) -> None:
    def trusted(**environment: str) -> list[tuple[str, str]]:
        loaded = variables.load({"TODO_HOME": str(tmp_path), **environment})
        return [(issuer["issuer"], issuer["audience"]) for issuer in secrets.trusted_issuers(loaded)]

    web_url = "http://localhost:3100"
    assert trusted() == [("todo-local", "todo")]
    assert trusted(TODO_WEB="1", TODO_WEB_PORT="3100") == [
        ("todo-local", "todo"),
        (web_url, "todo"),
        (web_url, f"{web_url}/mcp"),
    ]


def test_its_port_is_named_when_somebody_has_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        loaded = variables.load({"TODO_PORT": str(free_base_port()), "TODO_WEB": "1", "TODO_WEB_PORT": str(port)})
        problem = parts.busy_port(loaded)
    assert problem == f"port {port} (the web UI) is in use; move the page with TODO_WEB_PORT, or stop what has it"


def test_a_port_that_two_parts_want_is_named() -> None:
    base = free_base_port()
    problem = parts.busy_port(variables.load({"TODO_PORT": str(base), "TODO_WEB": "1", "TODO_WEB_PORT": str(base)}))
    assert problem == f"port {base} is wanted for todo-backend and for the web UI; move the page with TODO_WEB_PORT"


@pytest.mark.integration  # needs the built page, which a new clone does not have
def test_a_server_that_ends_takes_requests_for_a_while_each_on_its_connections_last_time(tmp_path: Path) -> None:
    """A proxy that would use a connection that is just being closed would fail somebody's request."""
    port = free_port()
    told = {
        "NODE_ENV": "production",
        "NEXT_MANUAL_SIG_HANDLE": "true",
        "HOSTNAME": "127.0.0.1",
        "PORT": str(port),
        "PUBLIC_URL": f"http://localhost:{port}",
        "BACKEND_URL": "http://127.0.0.1:1",
        "AUTH_DATABASE_URL": "postgresql://nobody:none@127.0.0.1:1/none",
        "AUTH_SECRET": "x" * 40,
        "TRUSTED_PROXIES": "none",
        "DRAIN_SECONDS": "2",
    }
    build = web.hold()
    with (tmp_path / "log").open("wb") as log:
        command = [web.node(), str(build.folder / "server.js")]
        server = subprocess.Popen(command, env={**os.environ, **told}, stdout=log, stderr=log)
    try:
        # The connection is tried again until the server is there; a request never is.
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=httpx.HTTPTransport(retries=7)) as client:
            assert client.get("/health").headers["connection"] == "keep-alive"
            server.terminate()
            deadline = time.monotonic() + 2
            while (answer := client.get("/health")).headers["connection"] != "close":
                assert time.monotonic() < deadline
            assert answer.status_code == 200
        assert server.wait(10) == 0
    finally:
        server.kill()
        server.wait()
        build.lock.close()
