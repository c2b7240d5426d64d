"""`make bench-mcp`: tool calls over MCP, and what a turn of a conversation costs without what a provider takes."""

import asyncio
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.load import end_on_sigterm, http, seed
from tests.suite import running

USER = "bench"
TASKS = 10_000
TOOLS = ("list_tasks", "search_tasks", "add_task", "complete_task")
MANY = "1000000"

console = Console(width=120)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with running(Path(folder), ASSISTANT_TURNS_PER_MINUTE=MANY, ASSISTANT_TURNS_PER_DAY=MANY) as suite:
            asyncio.run(seed.one_person(suite.database_url("postgres"), USER, TASKS))
            tools = Table(
                "tool", "clients", "calls/s", "p50 ms", "p95 ms", "p99 ms", "errors", title="MCP, 10,000 tasks"
            )
            for name in TOOLS:
                for clients in (1, 50):
                    tools.add_row(name, str(clients), *row(http.wrk(suite, USER, name, clients)))
            console.print(tools)
            title = "A message, two steps of the agent and a tool, kept in the state store; answered by rules"
            turns = Table("clients", "turns/s", "p50 ms", "p95 ms", "p99 ms", "errors", "target p95", title=title)
            for clients in (1, 4):
                turns.add_row(str(clients), *row(http.wrk(suite, USER, "turn", clients)), "150" if clients == 1 else "")
            console.print(turns)


def row(result: http.Measured) -> list[str]:
    return [
        f"{result.per_second:.0f}",
        *(f"{milliseconds:.1f}" for milliseconds in (result.p50, result.p95, result.p99)),
        str(result.errors),
    ]


if __name__ == "__main__":
    end_on_sigterm()
    main()
