"""The supervisor process: starts the parts in order, restarts those that exit, and stops them in reverse order."""

import asyncio
import contextlib
import ctypes
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import aiohttp
import asyncpg
import psutil

from todo_local import dapr, kafka, parts, postgres, resources, secrets, web
from todo_local.parts import Part
from todo_local.settings import LocalSettings

FIRST_BACK_OFF, MAX_BACK_OFF = 0.2, 10.0
SETTLED_SECONDS = 30.0
"""The back-off is reset for a part that has run for longer than this."""
STOP_SECONDS = 15.0
READY_SECONDS = 60.0
MAX_LOG_BYTES = 20 * 1024 * 1024
PR_SET_PDEATHSIG = 1
SAME_SECONDS = 2.0
"""Maximum difference between the recorded and the actual start time of a process."""


class PartFailed(Exception):
    """The suite cannot start; the message gives the reason."""


EXPECTED = (
    PartFailed,
    postgres.PostgresError,
    kafka.KafkaError,
    secrets.SecretsError,
    web.WebError,
    asyncpg.PostgresError,
    OSError,
)
"""Errors that are reported as one message, without a traceback."""


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


def stop_signal(name: str) -> signal.Signals:
    """Returns SIGINT for Postgres (fast shutdown; SIGTERM would wait for every client), SIGTERM for other parts."""
    return signal.SIGINT if name == "postgres" else signal.SIGTERM


def held_file(run: Path, name: str) -> Path:
    """Returns the file that keeps the part stopped while it exists."""
    return run / f"{name}.stopped"


def describe(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def migrations_digest(modules: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for module in modules:
        origin = getattr(find_spec(module), "origin", None)
        for file in sorted(Path(origin or "").parents[2].glob("migrations/versions/*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


class Suite:
    def __init__(self, settings: LocalSettings) -> None:
        self.settings = settings
        self.logs, self.run_folder = settings.home / "logs", settings.home / "run"
        self.phase, self.problem = "starting", ""
        self.supervised: list[Supervised] = []
        self.web_build: web.Build | None = None
        self._stop = asyncio.Event()

    def report(self) -> None:
        """Writes the status file that `up` and `status` read, atomically."""
        content = {
            "pid": os.getpid(),
            "started_at": psutil.Process().create_time(),
            "dapr": self.settings.dapr,
            "stores_only": self.settings.stores_only,
            "web": self.settings.web,
            "phase": self.phase,
            "problem": self.problem,
            "parts": [asdict(supervised.state) for supervised in self.supervised],
        }
        fresh = self.run_folder / "status.new"
        fresh.write_text(json.dumps(content))
        fresh.replace(self.run_folder / "status.json")

    async def run(self) -> int:
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, self._stop.set)
        for leftover in self.run_folder.glob("*.stopped"):
            leftover.unlink()
        self.report()
        keepers: list[asyncio.Task[None]] = []
        try:
            await self._start()
            keepers = [asyncio.create_task(supervised.keep_running()) for supervised in self.supervised]
            watching = asyncio.create_task(self._watch())
            await self._stop.wait()
            watching.cancel()
        except EXPECTED as error:
            self.problem = str(error)
        self.phase = "stopping"
        for group in reversed(self._groups()):
            await asyncio.gather(*(supervised.stop() for supervised in group))
        for keeper in keepers:
            keeper.cancel()
        self.phase = "failed" if self.problem else "stopped"
        self.report()
        return 1 if self.problem else 0

    def _groups(self) -> list[list[Supervised]]:
        """Returns the parts grouped by stage, in start order. The parts of a group are stopped concurrently."""
        groups: list[list[Supervised]] = [[] for _ in (parts.STORES, parts.SIDECARS, parts.SERVICES)]
        for supervised in self.supervised:
            groups[supervised.part.stage].append(supervised)
        return groups

    async def _start(self) -> None:
        content = secrets.load(self.settings)
        server = secrets.server(self.settings, content, direct=True)
        if not self.settings.database_url:
            part, server = parts.postgres_part(self.settings, content)
            self._add(part)
        stores = self._add_stores(content) if self.settings.dapr else []
        await postgres.wait_until_ready(server, check_alive=self._check_alive)
        await postgres.ensure_databases(server, self.settings.services, content["passwords"])
        urls, identity = secrets.migration_urls(self.settings, content), await postgres.identity(server)
        self.web_build = web.hold() if self.settings.web else None
        migrating = asyncio.gather(self._migrate(urls, identity), self._migrate_web(content))
        if self.settings.dapr:
            await asyncio.gather(migrating, self._until_ready(stores))
            await self._ensure_topics()
            if self.settings.stores_only:
                dapr.write_environment(self.settings, content)
            else:
                self._add_all(dapr.daprd_parts(self.settings, content))
        else:
            self._add(parts.sidecar_part(self.settings, content))
            await migrating
        if not self.settings.stores_only:
            self._add_all(parts.service_parts(self.settings, content))
        if self.web_build:
            self._add(web.web_part(self.settings, content, self.web_build))
        await self._until_ready(self.supervised)
        self.phase = "running"
        self.report()

    def _add_stores(self, content: dict[str, Any]) -> list[Supervised]:
        wanted = [] if self.settings.stores_only else [dapr.sentry_part(self.settings)]
        if self.settings.kafka.local:
            wanted.append(dapr.kafka_part(self.settings))
        if self.settings.redis and not self.settings.redis_url:
            wanted.append(dapr.redis_part(self.settings, content))
        return self._add_all([part for part in wanted if part])

    async def _ensure_topics(self) -> None:
        days = resources.retention_days()
        await asyncio.to_thread(kafka.ensure_topics, self.settings.kafka, resources.topics(), days, self._check_alive)

    def _check_alive(self) -> None:
        for supervised in self.supervised:
            supervised.check_alive()

    def _add_all(self, wanted: Sequence[Part]) -> list[Supervised]:
        return [self._add(part) for part in wanted]

    def _add(self, part: Part) -> Supervised:
        supervised = Supervised(part, self.logs, self.report)
        self.supervised.append(supervised)
        supervised.start()
        return supervised

    async def _migrate(self, urls: dict[str, str], cluster_identity: str) -> None:
        """Migrates the schemas of the services.

        Skipped if this cluster already has these migrations: even without work it takes as long as a service start.
        """
        modules = [service.module for service in self.settings.services]
        stamp, wanted = self.run_folder / "migrated", f"{cluster_identity} {migrations_digest(modules)}"
        if stamp.exists() and stamp.read_text() == wanted:
            return
        await complete("the migrations", [sys.executable, "-m", "todo_kit", "migrate", *modules], urls)
        stamp.write_text(wanted)

    async def _migrate_web(self, content: dict[str, Any]) -> None:
        if self.web_build:
            command = web.migration(self.settings, content, self.web_build)
            await complete("the migration of sign-in's tables", *command)

    async def _until_ready(self, waited_for: Sequence[Supervised]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as http:
            waiting = list(waited_for)
            while waiting and not self._stop.is_set():
                for supervised in list(waiting):
                    supervised.check_alive()
                    if await supervised.ready(http):
                        supervised.state.state = "ready"
                        waiting.remove(supervised)
                        self.report()
                if time.monotonic() > deadline:
                    names = ", ".join(supervised.part.name for supervised in waiting)
                    raise PartFailed(f"not ready after {READY_SECONDS:.0f} s: {names}; see make logs")
                await asyncio.sleep(0.1)

    async def _watch(self) -> None:
        """Probes the parts once a second, updates the status file, and limits the logs."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as http:
            while True:
                for supervised in self.supervised:
                    if not supervised.state.state.startswith(("died", "stopped")):
                        ready = await supervised.ready(http)
                        supervised.state.state = "ready" if ready else "starting"
                self.report()
                for supervised in self.supervised:
                    supervised.limit_log()
                await asyncio.sleep(1)


def main(settings: LocalSettings) -> int:
    for folder in ("logs", "run"):
        (settings.home / folder).mkdir(parents=True, exist_ok=True)
    try:
        with secrets.locked(settings.home / "run", wait=False):
            return asyncio.run(Suite(settings).run())
    except BlockingIOError:
        print(f"another launcher is at work in {settings.home}", file=sys.stderr)
        return 1


def read_status(settings: LocalSettings) -> dict[str, Any] | None:
    """Returns the last status that the supervisor wrote, or None if the file is missing or not JSON."""
    file = settings.home / "run" / "status.json"
    try:
        content: dict[str, Any] = json.loads(file.read_text())
    except (OSError, ValueError):
        return None
    return content


def is_running(status: dict[str, Any] | None) -> bool:
    """Returns whether the supervisor is alive. Another process that reuses its id does not count."""
    return status is not None and process_of(status["pid"], status.get("started_at", 0.0)) is not None


def process_of(pid: int | None, started_at: float) -> psutil.Process | None:
    """Returns the process with this id and start time, or None if it is gone, even if the id is in use again."""
    if pid is None:
        return None
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if abs(process.create_time() - started_at) < SAME_SECONDS and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None
