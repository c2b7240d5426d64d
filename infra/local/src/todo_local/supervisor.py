"""The supervisor process: starts the parts by the plan, keeps them running, and stops them in reverse order."""

import asyncio
import signal
import sys

from todo_local import plan, secrets
from todo_local.settings import LocalSettings
from todo_local.suite import Suite


async def supervise(suite: Suite) -> int:
    """Starts the suite and keeps it running until SIGTERM or SIGINT. Returns the exit code."""
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, suite.stop.set)
    for leftover in suite.run_folder.glob("*.stopped"):
        leftover.unlink()
    suite.report()
    keepers: list[asyncio.Task[None]] = []
    try:
        await plan.start(suite)
        suite.phase = "running"
        suite.report()
        keepers = [asyncio.create_task(supervised.keep_running()) for supervised in suite.supervised]
        watching = asyncio.create_task(suite.watch())
        await suite.stop.wait()
        watching.cancel()
    except plan.EXPECTED as error:
        suite.problem = str(error)
    suite.phase = "stopping"
    for group in reversed(suite.groups()):
        await asyncio.gather(*(supervised.stop() for supervised in group))
    for keeper in keepers:
        keeper.cancel()
    suite.phase = "failed" if suite.problem else "stopped"
    suite.report()
    return 1 if suite.problem else 0


def main(settings: LocalSettings) -> int:
    for folder in ("logs", "run"):
        (settings.home / folder).mkdir(parents=True, exist_ok=True)
    try:
        with secrets.locked(settings.home / "run", wait=False):
            return asyncio.run(supervise(Suite(settings)))
    except BlockingIOError:
        print(f"another launcher is at work in {settings.home}", file=sys.stderr)
        return 1
