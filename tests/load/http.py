"""Throughput and latency by wrk, and people with think time by Locust."""

import contextlib
import csv
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from tests.suite import RunningSuite

SECONDS = 6
SCRIPT = Path(__file__).parent / "requests.lua"
LINE = re.compile(r"RESULT requests=(\d+) seconds=([\d.]+) p50=([\d.]+) p95=([\d.]+) p99=([\d.]+) errors=(\d+)")


@dataclass(frozen=True)
class Measured:
    per_second: float
    p50: float
    p95: float
    p99: float
    errors: int
    cpu_ms: dict[str, float] = field(default_factory=dict)
    """CPU time of the suite for one request, by kind of process."""


def wrk(suite: RunningSuite, user: str, operation: str, connections: int, url: str = "") -> Measured:
    """Milliseconds, measured on a suite that is warm and has nothing else to do. `operation`: see requests.lua.

    With `url`, another server than the suite answers.
    """
    _run(suite, user, operation, connections, 1, url)
    rest(suite)
    before = cpu_seconds(suite)
    measured = _run(suite, user, operation, connections, SECONDS, url)
    rest(suite)
    used = {kind: seconds - before[kind] for kind, seconds in cpu_seconds(suite).items()}
    count = max(1, round(measured.per_second * SECONDS))
    return replace(measured, cpu_ms={kind: seconds * 1000 / count for kind, seconds in used.items()})


def rest(suite: RunningSuite) -> None:
    """Waits until the suite has worked off what came before: what clients gave up, and the events."""
    quiet, deadline = 0, time.monotonic() + 120
    while quiet < 5 and time.monotonic() < deadline:
        before = busy_seconds(suite)
        time.sleep(0.2)
        quiet = quiet + 1 if busy_seconds(suite) - before < 0.06 else 0


def busy_seconds(suite: RunningSuite) -> float:
    """What the suite's processes have computed so far."""
    return sum(cpu_seconds(suite).values())


def cpu_seconds(suite: RunningSuite) -> dict[str, float]:
    """The same for the backend, for Postgres, and for the sidecar and the services that consume events."""
    totals = {"backend": 0.0, "postgres": 0.0, "consumers": 0.0}
    for name, part in suite.parts().items():
        kind = next((kind for kind in totals if kind in name), "consumers")
        process = psutil.Process(part["pid"])
        for member in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                used = member.cpu_times()
                totals[kind] += used.user + used.system
    return totals


def _run(suite: RunningSuite, user: str, operation: str, connections: int, seconds: int, url: str = "") -> Measured:
    program = shutil.which("wrk")
    if program is None:
        sys.exit("wrk is missing: apt-get install wrk (Debian) or brew install wrk")
    command = [program, "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "10s", "-s", str(SCRIPT)]
    command += [url or suite.url, "--", operation, user, suite.token(user)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = LINE.search(output)
    if found is None:
        sys.exit(f"wrk said nothing of use:\n{output}")
    requests, lasted, p50, p95, p99, errors = found.groups()
    return Measured(int(requests) / float(lasted), float(p50), float(p95), float(p99), int(errors))


def people(suite: RunningSuite, count: int, seconds: int) -> list[tuple[str, Measured]]:
    """So many people with a second to think; a row for each thing they do."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "locust", "-f", str(Path(__file__).parent / "locustfile.py"), "--headless"]
        command += ["-u", str(count), "-r", "100", "-t", f"{seconds}s", "-H", suite.url, "--csv", f"{folder}/run"]
        command += ["--only-summary", "--reset-stats", "--exit-code-on-error", "0"]
        environment = suite.environment | {"TODO_TOKENS": str(suite.home / "secrets.json")}
        subprocess.run(command, env=environment, capture_output=True, check=True)
        with (Path(folder) / "run_stats.csv").open() as file:
            rows = list(csv.DictReader(file))
    return [
        (
            row["Name"],
            Measured(
                float(row["Requests/s"]),
                float(row["50%"]),
                float(row["95%"]),
                float(row["99%"]),
                int(row["Failure Count"]),
            ),
        )
        for row in rows
    ]
