"""The launcher says in one line what is wrong, and cleans up after itself."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import asyncpg
import jwt
import psutil
import pytest

from tests.suite import RunningSuite, free_base_port
from tests.support import Backbone, eventually
from todo_local import process
from todo_local.parts import Part

pytestmark = pytest.mark.slow  # a suite each


def launcher(home: Path, port: int, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "TODO_HOME": str(home), "TODO_PORT": str(port)}
    command = [sys.executable, "-m", "todo_local", *arguments]
    # Longer than the launcher waits for its parts: it ends them itself, and says which was not ready.
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=150)


def test_a_busy_port_is_named_with_what_moves_it(tmp_path: Path) -> None:
    base = free_base_port()
    with socket.create_server(("127.0.0.1", base + 2)):
        result = launcher(tmp_path, base, "up", "--api")
    assert result.returncode == 1
    assert result.stderr.strip() == (
        f"port {base + 2} (recurring-tasks-service) is in use; move the suite with TODO_PORT, or stop what has it"
    )


@pytest.mark.parametrize("port", ["80", "70000", "eight"])
def test_a_port_that_cannot_be_is_refused(tmp_path: Path, port: str) -> None:
    environment = {**os.environ, "TODO_HOME": str(tmp_path), "TODO_PORT": port}
    command = [sys.executable, "-m", "todo_local", "status"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, "TODO_PORT" in result.stderr, "Traceback" in result.stderr) == (1, True, False)


def test_a_token_is_its_users_for_an_hour_and_verifies_with_the_published_key(tmp_path: Path) -> None:
    token = launcher(tmp_path, 8000, "token", "alice").stdout.strip()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["sub"], claims["aud"], claims["exp"] - claims["iat"]) == ("alice", "todo", 3600)
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0
    assert launcher(tmp_path, 8000, "token").returncode == 2


def test_up_a_second_time_says_that_it_runs(suite: RunningSuite) -> None:
    assert "runs already" in suite.launcher("up", "--api")
    assert "ready" in suite.launcher("status")


async def test_what_dies_is_started_again_with_longer_and_longer_pauses(tmp_path: Path) -> None:
    part = Part("quick", [sys.executable, "-c", "raise SystemExit(3)"], "")
    supervised = process.Supervised(part, tmp_path, lambda: None)
    supervised.start()
    keeper = asyncio.create_task(supervised.keep_running())
    await eventually(lambda: supervised.state.restarts >= 3)
    assert supervised.state.restarts < 8
    await supervised.stop()
    keeper.cancel()


def test_a_killed_launcher_takes_its_parts_along_and_up_works_again(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    base = free_base_port()
    try:
        assert launcher(tmp_path, base, "up", "--api").returncode == 0
        status = json.loads((tmp_path / "run" / "status.json").read_text())
        psutil.Process(status["pid"]).kill()
        parts = [psutil.Process(part["pid"]) for part in status["parts"] if psutil.pid_exists(part["pid"])]
        psutil.wait_procs(parts, timeout=20)
        again = launcher(tmp_path, base, "up", "--api")
        assert again.returncode == 0, again.stderr
    finally:
        last = json.loads((tmp_path / "run" / "status.json").read_text())
        launcher(tmp_path, base, "reset", "--yes")
    assert not any(psutil.pid_exists(part["pid"]) for part in last["parts"])


async def test_a_service_reaches_its_own_schema_and_no_other(backbone: Backbone) -> None:
    for role in ("backend", "notifications", "recurring", "audit"):
        connection = await asyncpg.connect(backbone.url(role))
        try:
            await connection.execute("SELECT count(*) FROM inbox")
            for other in {"backend", "notifications", "recurring", "audit"} - {role}:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(f"SELECT count(*) FROM {other}.inbox")  # noqa: S608
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute("CREATE TABLE mine (id int)")
        finally:
            await connection.close()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(backbone.cluster.url("sidecar", "audit", backbone.passwords["audit"]))
