"""The whole suite as users run it: started by the launcher, in its own folder and on its own ports."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support import FIRST_PORT, LAST_PORT, eventually, reserve
from todo_local import dapr
from todo_local.settings import SERVICES, LocalSettings
from todo_local.variables import load

SECONDS = 30.0
WEB_OFFSET = 799
"""Offset of the web UI's port from the base port, after those of the other parts."""


@dataclass
class RunningSuite:
    home: Path
    port: int
    dapr: bool = False
    replicas: int = 1
    """Replicas of every service with Dapr. The local suite uses the defaults."""
    web: bool = False
    variables: dict[str, str] = field(default_factory=dict)
    """Additional environment variables."""
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> LocalSettings:
        return replace(load(self.environment), dapr=self.dapr)

    @property
    def environment(self) -> dict[str, str]:
        names = ("BACKEND", "NOTIFICATION_SERVICE", "RECURRING_TASKS_SERVICE", "AUDIT_SERVICE") if self.dapr else ()
        replicas = {f"TODO_{name}_REPLICAS": str(self.replicas) for name in names}
        # Tests act as a trusted proxy, so that each account can have its own client address.
        web = {"TODO_WEB_PORT": str(self.port + WEB_OFFSET), "TRUSTED_PROXIES": "127.0.0.0/8,::1"} if self.web else {}
        ours = {"TODO_HOME": str(self.home), "TODO_PORT": str(self.port)}
        return {**os.environ, **replicas, **web, **self.variables, **ours}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def web_url(self) -> str:
        return f"http://localhost:{self.port + WEB_OFFSET}"

    def launcher(self, *arguments: str, check: bool = True) -> str:
        command = [sys.executable, "-m", "todo_local", *arguments]
        result = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=180)
        assert not check or result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def token(self, user: str) -> str:
        if user not in self.tokens:
            self.tokens[user] = self.launcher("token", user).strip()
        return self.tokens[user]

    def client(self, user: str) -> httpx.AsyncClient:
        """Returns an API client of this user. Paths are relative to `/api/{user}`."""
        return httpx.AsyncClient(
            base_url=f"{self.url}/api/{user}", headers={"Authorization": f"Bearer {self.token(user)}"}, timeout=SECONDS
        )

    @property
    def secrets(self) -> dict[str, Any]:
        return dict(json.loads((self.home / "secrets.json").read_text()))

    def database_url(self, role: str, database: str = "todo") -> str:
        password = self.secrets["superuser"] if role == "postgres" else self.secrets["passwords"][role]
        return f"postgresql://{role}:{password}@127.0.0.1:{self.settings.postgres_port}/{database}"

    def parts(self) -> dict[str, dict[str, Any]]:
        status = json.loads((self.home / "run" / "status.json").read_text())
        return {part["name"]: part for part in status["parts"]}

    def signal(self, prefix: str, number: signal.Signals) -> None:
        """Sends a signal to all parts whose names start with `prefix`, by the process ids in the status file."""
        for name, part in self.parts().items():
            if name.startswith(prefix):
                os.kill(int(part["pid"]), number)

    def kill(self, prefix: str) -> None:
        self.signal(prefix, signal.SIGKILL)

    def restarts(self, app: str) -> list[int]:
        return [part["restarts"] for name, part in self.parts().items() if name.startswith(app)]

    async def all_ready(self, *but: str) -> None:
        def ready() -> bool:
            return all(part["state"] == "ready" for name, part in self.parts().items() if name not in but)

        await eventually(ready, SECONDS)

    def faults(self, **faults: Any) -> None:
        self._admin("PUT", json=faults)

    async def no_more_faults(self) -> None:
        """Clears all faults. Waits for a sidecar that is restarting."""
        if self.dapr:
            return

        def cleared() -> bool:
            try:
                self._admin("DELETE")
            except httpx.TransportError:
                return False
            return True

        await eventually(cleared, SECONDS)

    def _admin(self, verb: str, **options: Any) -> None:
        headers = {"admin-token": self.secrets["admin_token"]}
        url = f"http://127.0.0.1:{self.settings.admin_port}/faults"
        httpx.request(verb, url, headers=headers, **options).raise_for_status()


@pytest.fixture(scope="session", params=["local", "dapr"], name="suite")
def suite_of_each_kind(request: pytest.FixtureRequest) -> RunningSuite:
    """Import it in a folder's conftest to run its tests twice: on the local sidecar, and on real Dapr and Kafka."""
    running: RunningSuite = request.getfixturevalue(f"{request.param}_suite")
    return running


def free_base_port(replicas: int = 2) -> int:
    """Returns a base port and reserves the ports that are derived from it (up to 800 above it)."""
    services = tuple(replace(service, replicas=replicas) for service in SERVICES)
    for _ in range(50):
        base = random.randrange(FIRST_PORT, LAST_PORT - 800, 10)
        settings = LocalSettings(Path(), base, services)
        if reserve({*settings.ports.values(), *replace(settings, dapr=True).ports.values()}):
            return base
    raise RuntimeError("no free ports")


def need_dapr(*, redis: bool = False) -> None:
    """Skips the test, and names what is missing, if this machine cannot run Dapr and Kafka. Fails in CI."""
    try:
        dapr.prepare(load({"TODO_DAPR": "1", "TODO_STATE_STORE": "redis" if redis else ""}))
    except SystemExit as missing:
        if os.environ.get("CI"):
            pytest.fail(f"needed in CI: {missing}")
        pytest.skip(f"not tested on Dapr and Kafka: {missing}")


@contextmanager
def running(
    home: Path, *, dapr: bool = False, replicas: int = 1, web: bool = False, **variables: str
) -> Iterator[RunningSuite]:
    suite = RunningSuite(home, free_base_port(), dapr, replicas, web, variables)
    try:
        suite.launcher("up", *([] if web else ["--api"]), *(["--dapr"] if dapr else []))
        yield suite
    finally:
        suite.launcher("reset", "--yes", check=False)
