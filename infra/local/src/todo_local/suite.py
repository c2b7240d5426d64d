"""The running parts of the suite: their states, readiness and status file."""

import asyncio
import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict

import aiohttp
import psutil

from todo_local import parts, web
from todo_local.parts import Part
from todo_local.process import PartFailed, Supervised
from todo_local.settings import LocalSettings

READY_SECONDS = 60.0


class Suite:
    def __init__(self, settings: LocalSettings) -> None:
        self.settings = settings
        self.logs, self.run_folder = settings.home / "logs", settings.home / "run"
        self.phase, self.problem = "starting", ""
        self.supervised: list[Supervised] = []
        self.web_build: web.Build | None = None
        self.stop = asyncio.Event()

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

    def groups(self) -> list[list[Supervised]]:
        """Returns the parts grouped by stage, in start order. The parts of a group are stopped concurrently."""
        groups: list[list[Supervised]] = [[] for _ in (parts.STORES, parts.SIDECARS, parts.SERVICES)]
        for supervised in self.supervised:
            groups[supervised.part.stage].append(supervised)
        return groups

    def check_alive(self) -> None:
        for supervised in self.supervised:
            supervised.check_alive()

    def add_all(self, wanted: Sequence[Part]) -> list[Supervised]:
        return [self.add(part) for part in wanted]

    def add(self, part: Part) -> Supervised:
        supervised = Supervised(part, self.logs, self.report)
        self.supervised.append(supervised)
        supervised.start()
        return supervised

    async def until_ready(self, waited_for: Sequence[Supervised]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as http:
            waiting = list(waited_for)
            while waiting and not self.stop.is_set():
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

    async def watch(self) -> None:
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
