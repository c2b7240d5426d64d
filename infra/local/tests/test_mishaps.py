"""What goes wrong on somebody's machine: nothing is half-written, nothing foreign is touched, and one line says why."""

import asyncio
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.suite import free_base_port
from tests.support import eventually
from todo_local import __main__ as command_line
from todo_local import plan, postgres, process, secrets, status
from todo_local.parts import Part
from todo_local.settings import LocalSettings
from todo_local.suite import Suite

SOON_SECONDS = 15.0
"""Far below the 30 s for which Postgres would be waited for, with room for a busy machine."""


def start(home: Path, port: int, *arguments: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "TODO_HOME": str(home), "TODO_PORT": str(port)}
    command = [sys.executable, "-m", "todo_local", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(home: Path, port: int, *arguments: str) -> tuple[int, str, str]:
    process = start(home, port, *arguments)
    output, errors = process.communicate(timeout=60)
    return process.returncode, output, errors


def home_with_a_cluster(home: Path) -> tuple[LocalSettings, postgres.Cluster]:
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    settings = LocalSettings(home, free_base_port())
    password = secrets.load(settings)["superuser"]
    return settings, postgres.create(home / "postgres", settings.postgres_port, password, durable=False)


def test_reset_forgets_what_is_ours_and_leaves_what_is_not(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    port = free_base_port()
    run(tmp_path, port, "token", "alice")
    assert (tmp_path / "secrets.json").exists()
    assert run(tmp_path, port, "reset", "--yes")[0] == 0
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_reset_leaves_no_empty_folder(tmp_path: Path) -> None:
    home = tmp_path / "state"
    run(home, free_base_port(), "token", "alice")
    run(home, free_base_port(), "reset", "--yes")
    assert not home.exists()


@pytest.mark.parametrize("content", ["{", "[]"])
def test_damaged_secrets_are_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "secrets.json").write_text(content)
    code, _, errors = run(tmp_path, 8000, "token", "alice")
    assert (code, len(errors.splitlines()), str(tmp_path / "secrets.json") in errors) == (1, 1, True)


def test_a_state_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, _, errors = run(tmp_path / "file", free_base_port(), "up", "--api")
    assert (code, len(errors.splitlines()), "file" in errors) == (1, 1, True)


@pytest.mark.slow
def test_first_commands_at_once_agree_on_the_secrets(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from todo_local import secrets, settings\n"
        "time.sleep(max(0, float(sys.argv[2]) - time.time()))\n"
        "print(secrets.load(settings.LocalSettings(Path(sys.argv[1]), 8000))['admin_token'])"
    )
    command = [sys.executable, "-c", script, str(tmp_path), str(time.time() + 2)]
    at_once = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    answers = {process.communicate(timeout=30)[0] for process in at_once}
    assert len(answers) == 1
    assert answers != {""}


@pytest.mark.slow
def test_an_initdb_that_was_killed_leaves_nothing_that_is_taken_for_a_cluster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    data, really_run = tmp_path / "postgres", subprocess.run

    def killed(command: list[str], **options: Any) -> "subprocess.CompletedProcess[str]":
        if not command[0].endswith("initdb"):
            return really_run(command, **options)
        (Path(command[command.index("-D") + 1]) / "PG_VERSION").write_text("18\n")  # among the first that it writes
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", killed)
        with pytest.raises(KeyboardInterrupt):
            postgres.create(data, 1, "password")
    cluster = postgres.create(data, 1, "password", durable=False)
    assert (cluster.data / "global" / "pg_control").exists()
    shutil.rmtree(cluster.data)


@pytest.mark.slow
def test_a_state_folder_that_was_deleted_takes_its_data_with_it(tmp_path: Path) -> None:
    _, earlier = home_with_a_cluster(tmp_path / "state")
    (earlier.data / "of-the-earlier-one").touch()
    shutil.rmtree(tmp_path / "state")
    settings, cluster = home_with_a_cluster(tmp_path / "state")
    assert not (cluster.data / "of-the-earlier-one").exists()
    run(tmp_path / "state", settings.port, "reset", "--yes")


@pytest.mark.slow
def test_data_without_its_secrets_is_said_at_once(tmp_path: Path) -> None:
    settings, _ = home_with_a_cluster(tmp_path)
    (tmp_path / "secrets.json").unlink()
    began = time.monotonic()
    code, _, errors = run(tmp_path, settings.port, "up", "--api")
    assert (code, "another password" in errors, "Traceback" in errors) == (1, True, False)
    assert time.monotonic() - began < SOON_SECONDS
    run(tmp_path, settings.port, "reset", "--yes")


@pytest.mark.slow
def test_a_postgres_that_cannot_start_says_why_at_once(tmp_path: Path) -> None:
    settings, cluster = home_with_a_cluster(tmp_path)
    (cluster.data / "PG_VERSION").write_text("9\n")
    began = time.monotonic()
    code, _, errors = run(tmp_path, settings.port, "up", "--api")
    assert (code, "incompatible with server" in errors, "Traceback" in errors) == (1, True, False)
    assert time.monotonic() - began < SOON_SECONDS
    run(tmp_path, settings.port, "reset", "--yes")


def test_a_second_launcher_leaves_the_first_ones_status_alone(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "status.json").write_text("the first one's")
    with secrets.locked(tmp_path / "run"):
        code, _, errors = run(tmp_path, free_base_port(), "supervise")
    assert (code, "another launcher" in errors) == (1, True)
    assert (tmp_path / "run" / "status.json").read_text() == "the first one's"


def test_a_process_id_that_was_given_away_is_not_the_suite() -> None:
    mine = psutil.Process()
    assert status.is_running({"pid": mine.pid, "started_at": mine.create_time()})
    assert not status.is_running({"pid": mine.pid, "started_at": mine.create_time() - 60})


def test_settings_for_other_databases_and_sidecars_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGSSLMODE", "DATABASE_URL", "DAPR_GRPC_ENDPOINT"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    environment = command_line.own_environment()
    assert "elsewhere" not in environment.values()
    assert "OTEL_EXPORTER_OTLP_ENDPOINT" in environment


async def test_the_log_of_a_part_that_runs_on_does_not_grow_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "MAX_LOG_BYTES", 5000)
    talking = "import time\nwhile True: print('x' * 99, flush=True); time.sleep(0.002)"
    supervised = process.Supervised(Part("talking", [sys.executable, "-c", talking], ""), tmp_path, lambda: None)
    supervised.start()
    try:
        log, old = tmp_path / "talking.log", tmp_path / "talking.log.1"
        await eventually(lambda: log.stat().st_size > 5000)
        supervised.limit_log()
        assert old.stat().st_size > 5000
        await eventually(lambda: 0 < log.stat().st_size < 5000)
        assert log.read_bytes().startswith(b"x")
    finally:
        await supervised.stop()


async def test_a_cluster_made_anew_is_migrated_although_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = 0

    class Migrated:
        returncode = 0

        async def communicate(self) -> tuple[bytes, None]:
            return b"", None

    async def migrate(*_: Any, **__: Any) -> Migrated:
        nonlocal runs
        runs += 1
        return Migrated()

    monkeypatch.setattr(asyncio, "create_subprocess_exec", migrate)
    running = Suite(LocalSettings(tmp_path, 8000))
    running.run_folder.mkdir()
    for cluster in ("first", "first", "second"):
        await plan.migrate(running, {}, cluster)
    assert runs == 2
