"""One part of the suite: its process, its log, and the loop that keeps it running."""

import asyncio
import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import aiohttp

from todo_local.parts import Part, held_file, stop_signal

FIRST_BACK_OFF, MAX_BACK_OFF = 0.2, 10.0
SETTLED_SECONDS = 30.0
"""The back-off is reset for a part that has run for longer than this."""
STOP_SECONDS = 15.0
MAX_LOG_BYTES = 20 * 1024 * 1024
PR_SET_PDEATHSIG = 1


class PartFailed(Exception):
    """The suite cannot start; the message gives the reason."""


@dataclass
class State:
    """The state of a part, as `status` shows it."""

    name: str
    state: str = "starting"
    pid: int | None = None
    started_at: float = 0.0
    restarts: int = 0


def die_with_parent() -> None:
    """On Linux, makes the kernel send SIGTERM to this process when the supervisor dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervised:
    """One part: its process, its log, and the loop that keeps it running."""

    def __init__(self, part: Part, logs: Path, report: Callable[[], None]) -> None:
        self.part = part
        self.state = State(part.name)
        self._log_file = logs / f"{part.name}.log"
        self.held = held_file(logs.parent / "run", part.name)
        self._report = report
        self.process: subprocess.Popen[bytes] | None = None
        self._stopping = False

    def start(self) -> None:
        inherited = [listening.fileno() for listening in self.part.inherited]
        with self._log_file.open("ab") as log:
            self.process = subprocess.Popen(
                self.part.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.part.environment, "PYTHONUNBUFFERED": "1"},
                pass_fds=inherited,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - one prctl call, and this process has no threads
                **self.part.options,
            )
        self.state.pid, self.state.started_at, self.state.state = self.process.pid, time.time(), "starting"
        self._report()

    def limit_log(self) -> None:
        """Moves the content of a large log to `.log.1`. The file itself stays, because the part has it open."""
        if self._log_file.exists() and self._log_file.stat().st_size > MAX_LOG_BYTES:
            shutil.copyfile(self._log_file, self._log_file.with_suffix(".log.1"))
            os.truncate(self._log_file, 0)

    async def keep_running(self) -> None:
        back_off = FIRST_BACK_OFF
        while True:
            code = await self._exited()
            if self._stopping:
                return
            if self.held.exists():
                back_off = FIRST_BACK_OFF
                await self._while_held()
                self.start()
                continue
            self.state.state = f"died ({describe(code)})"
            self._report()
            if time.time() - self.state.started_at > SETTLED_SECONDS:
                back_off = FIRST_BACK_OFF
            await asyncio.sleep(back_off)
            back_off = min(back_off * 2, MAX_BACK_OFF)
            self.state.restarts += 1
            self.start()

    async def _while_held(self) -> None:
        """Waits until the `start` command removes the file that `stop` created."""
        self.state.state = "stopped"
        self._report()
        while self.held.exists():  # noqa: ASYNC110 - another process makes and removes the file
            await asyncio.sleep(0.1)

    async def ready(self, http: aiohttp.ClientSession) -> bool:
        if self.process is None or self.process.poll() is not None:
            return False
        with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
            if self.part.ready_url.startswith("tcp:"):
                return await takes_connections(urlsplit(self.part.ready_url))
            async with http.get(self.part.ready_url) as answer:
                return answer.status < 300  # noqa: PLR2004
        return False

    def check_alive(self) -> None:
        """Raises PartFailed with the last lines of the log if the process has exited during the start."""
        if self.process is not None and (code := self.process.poll()) is not None:
            lines = self._log_file.read_text(errors="replace").strip().splitlines()[-5:]
            raise PartFailed(f"{self.part.name} ended ({describe(code)}):\n  " + "\n  ".join(lines))

    async def stop(self) -> None:
        self._stopping = True
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.send_signal(stop_signal(self.part.name))
        try:
            await asyncio.wait_for(self._exited(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await self._exited()
        self.state.state = "stopped"

    async def _exited(self) -> int:
        while (code := self.process.poll() if self.process else 0) is None:  # noqa: ASYNC110 - processes set no event
            await asyncio.sleep(0.05)
        return code


async def complete(what: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Runs a command to completion. Raises PartFailed with the last lines of its output if it fails."""
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    output, _ = await process.communicate()
    if process.returncode:
        raise PartFailed(f"{what} failed:\n  " + "\n  ".join(output.decode().strip().splitlines()[-5:]))


async def takes_connections(address: SplitResult) -> bool:
    _, writer = await asyncio.wait_for(asyncio.open_connection(address.hostname, address.port), 3)
    writer.close()
    return True


def describe(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
