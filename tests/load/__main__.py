"""`make bench`: starts a suite of its own, measures it, prints tables, and takes it down again."""

import asyncio
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from tests.load import effects, end_on_sigterm, http, seed, yardstick
from tests.suite import RunningSuite, running

USER = "bench"
TASKS = 10_000
ROUNDS = 3
YARDSTICK = ("one", "list", "create")
OPERATIONS = ("list", "search", "search-common", "one", "create", "patch", "complete")
TARGETS = {"list": 800, "search": 600, "one": 1500, "create": 400}
"""Requests a second at 50 clients, the load generator on the same two cores."""
ONE_ACCOUNT: Any = {"REQUESTS_PER_SECOND": "1000000", "REQUESTS_AT_ONCE": "1000", "REQUESTS_WAITING": "1000"}
"""All requests of a benchmark come from one account, so its limits are lifted."""

console = Console(width=120)


def main() -> None:
    only = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with running(Path(folder), **ONE_ACCOUNT) as suite:
            url = suite.database_url("postgres")
            asyncio.run(seed.one_person(url, USER, TASKS))
            for name, measure in (
                ("http", requests),
                ("yardstick", beside_go),
                ("people", thinking),
                ("effects", delays),
                ("events", flood),
                ("memory", memory),
                ("million", a_million),
            ):
                if not only or name in only:
                    measure(suite, url)
                    http.rest(suite)


def requests(suite: RunningSuite, _: str) -> None:
    table = Table(
        "operation",
        "clients",
        "req/s",
        "target",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "errors",
        title="wrk, 10,000 tasks a user",
    )
    for operation in OPERATIONS:
        for connections in (1, 50, 500):
            result = http.wrk(suite, USER, operation, connections)
            target = str(TARGETS.get(operation, "")) if connections == 50 else ""
            table.add_row(operation, str(connections), *row(result, target))
    console.print(table)


def beside_go(suite: RunningSuite, _: str) -> None:
    """The suite and the yardstick by turns, so that both meet the same machine."""
    title = f"Median of {ROUNDS} rounds by turns, 50 clients; CPU in ms a request"
    table = Table("operation", "req/s", "Go req/s", "of Go", "backend", "Postgres", "consumers", title=title)
    with yardstick.running(suite, USER) as url:
        for operation in YARDSTICK:
            rounds = [
                (http.wrk(suite, USER, operation, 50), http.wrk(suite, USER, operation, 50, url)) for _ in range(ROUNDS)
            ]
            ours, theirs = (median(each.per_second for each in side) for side in zip(*rounds, strict=True))
            ratio = median(mine.per_second / go.per_second for mine, go in rounds)
            cpu = [median(mine.cpu_ms[kind] for mine, _ in rounds) for kind in ("backend", "postgres", "consumers")]
            table.add_row(operation, f"{ours:.0f}", f"{theirs:.0f}", f"{ratio:.2f}", *(f"{each:.2f}" for each in cpu))
    console.print(table)


def row(result: http.Measured, target: str = "") -> list[str]:
    return [
        f"{result.per_second:.0f}",
        target,
        *(f"{ms:.1f}" for ms in (result.p50, result.p95, result.p99)),
        str(result.errors),
    ]


def thinking(suite: RunningSuite, _: str) -> None:
    for people in (200, 500):
        title = f"Locust, {people} people, 1 s to think"
        table = Table("what", "req/s", "target p95", "p50 ms", "p95 ms", "p99 ms", "errors", title=title)
        for name, result in http.people(suite, people, 35):
            table.add_row(name, *row(result, "100"))
        console.print(table)
        http.rest(suite)


def delays(suite: RunningSuite, url: str) -> None:
    table = Table(
        "effect",
        "events",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "target p99",
        title="From commit to effect, about 150 events/s",
    )
    for name, values in asyncio.run(effects.latencies(suite, url, 30, 10)).items():
        table.add_row(name, str(len(values)), *(f"{percentile(values, p):.0f}" for p in (50, 95, 99)), "250")
    console.print(table)


def flood(suite: RunningSuite, url: str) -> None:
    made, handled = asyncio.run(effects.kept_up_with(suite, url, 20_000))
    title = "20,000 tasks by bulk requests: a TaskCreated for three services and a TaskChanged for one, each"
    table = Table("tasks made/s", "events made/s", "events handled by all/s", "target", title=title)
    table.add_row(f"{made:.0f}", f"{2 * made:.0f}", f"{2 * handled:.0f}", "1000")
    console.print(table)


def memory(suite: RunningSuite, _: str) -> None:
    table = Table("process", "MB", title="Memory")
    for name, part in suite.parts().items():
        process = psutil.Process(part["pid"])
        family = [process, *process.children(recursive=True)]
        table.add_row(name, f"{sum(own_memory(member) for member in family) / 1e6:.0f}")
    console.print(table)


def own_memory(process: psutil.Process) -> int:
    """Bytes; of what processes share (Postgres's buffers, say) each has its part, where the system tells."""
    full = process.memory_full_info()
    return int(getattr(full, "pss", full.uss))


def a_million(suite: RunningSuite, url: str) -> None:
    table = Table(
        "tasks in the table",
        "operation",
        "req/s",
        "target",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "errors",
        title="A person with 100 tasks, 8 clients",
    )
    asyncio.run(seed.one_person(url, "small", 100))
    for size in ("about 10,000", "1,000,000"):
        if size == "1,000,000":
            asyncio.run(seed.a_crowd(url, 990_000))
        for operation in ("list", "search-common"):
            table.add_row(size, operation, *row(http.wrk(suite, "small", operation, 8)))
    console.print(table)


def percentile(values: list[float], percent: int) -> float:
    return values[min(len(values) * percent // 100, len(values) - 1)] if values else float("nan")


if __name__ == "__main__":
    end_on_sigterm()
    main()
