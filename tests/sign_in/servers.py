"""The web server alone, on a real Postgres: what sign-in needs, without the rest of the suite."""

import asyncio
import json
import os
import secrets
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from tests.mailbox import Mailbox, token_of
from tests.support import free_port
from todo_local import postgres, web
from todo_local.settings import SERVICES

PASSWORD = "correct horse battery"
START_SECONDS = 30.0


def some_address() -> str:
    return f"10.{'.'.join(str(byte) for byte in secrets.token_bytes(3))}"


@dataclass
class Server:
    """One replica."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def memory(self) -> int:
        """Resident bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024

    def events(self, name: str) -> list[dict[str, Any]]:
        """The log's lines of that event."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [line for line in lines if line.get("event") == name]


@dataclass
class SignIn:
    """Replicas that share a database, and the public URL by which they are one site."""

    servers: list[Server]
    database_url: str
    public_url: str
    backend_port: int
    """Where the task API is expected; a test may listen there."""
    operator: tuple[list[str], dict[str, str]]
    """The operator's command, and its environment."""

    def operate(self, *arguments: str, code: int = 0) -> str:
        """Returns what the operator's command prints, to stderr if it fails."""
        command, told = self.operator
        result = subprocess.run(
            [*command, *arguments], env=told, capture_output=True, text=True, check=False, timeout=START_SECONDS
        )
        assert result.returncode == code, result.stdout + result.stderr
        return result.stderr if code else result.stdout

    def browser(self, replica: int = 0, address: str = "", **headers: str) -> httpx.Client:
        """Somebody's browser, at an address of its own unless one is given."""
        return httpx.Client(
            base_url=self.servers[replica].url,
            headers={"Origin": self.public_url, "x-forwarded-for": address or some_address(), **headers},
            timeout=20,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def sql(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        async def run() -> list[dict[str, Any]]:
            connection = await asyncpg.connect(self.database_url)
            try:
                return [dict(row) for row in await connection.fetch(statement, *values)]
            finally:
                await connection.close()

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, run()).result()

    def locked(self, table: str) -> AbstractContextManager[None]:
        """Holds a lock that lets nobody read the table."""
        return self.uncommitted([f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"])

    @contextmanager
    def uncommitted(self, statements: list[str], *values: Any) -> Iterator[None]:
        """Executes the statements, each with the values, and commits them at the end."""
        done = threading.Event()
        held = threading.Event()

        async def hold() -> None:
            connection = await asyncpg.connect(self.database_url)
            async with connection.transaction():
                for statement in statements:
                    await connection.execute(statement, *values)
                held.set()
                await asyncio.to_thread(done.wait)
            await connection.close()

        with ThreadPoolExecutor(1) as thread:
            holding = thread.submit(asyncio.run, hold())
            assert held.wait(START_SECONDS)
            try:
                yield
            finally:
                done.set()
                holding.result()


@dataclass
class Account:
    """Somebody who has signed up: at once, or with the link of a mail."""

    sign_in: SignIn
    mailbox: Mailbox | None = None
    browser: httpx.Client = field(init=False)
    email: str = field(default_factory=lambda: f"{secrets.token_hex(8)}@example.com")
    id: str = ""

    def __post_init__(self) -> None:
        self.browser = self.sign_in.browser()
        if self.mailbox:
            ask_to_sign_up(self.browser, self.email).raise_for_status()
            token = token_of(self.mailbox.wait_for(self.email))
            answer = self.browser.post("/api/auth/sign-up/confirm", json={"token": token, "password": PASSWORD})
        else:
            body = {"name": "Ann", "email": self.email, "password": PASSWORD}
            answer = self.browser.post("/api/auth/sign-up/email", json=body)
        self.id = answer.raise_for_status().json()["user"]["id"]

    def try_password(self, password: str, replica: int = 0, address: str = "") -> httpx.Response:
        with self.sign_in.browser(replica, address) as browser:
            return browser.post("/api/auth/sign-in/email", json={"email": self.email, "password": password})


def ask_to_sign_up(browser: httpx.Client, email: str) -> httpx.Response:
    return browser.post("/api/auth/sign-up/request", json={"name": "Ann", "email": email})


def environment(
    database_url: str, port: int, public_url: str, backend_port: int, more: dict[str, str]
) -> dict[str, str]:
    return {
        **os.environ,
        "NODE_ENV": "production",
        "NEXT_MANUAL_SIG_HANDLE": "true",
        "DRAIN_SECONDS": "0",
        "HOSTNAME": "127.0.0.1",
        "PORT": str(port),
        "PUBLIC_URL": public_url,
        "BACKEND_URL": f"http://127.0.0.1:{backend_port}",
        "AUTH_DATABASE_URL": database_url,
        "AUTH_SECRET": "a secret of the tests that is long enough",
        "TRUSTED_PROXIES": "127.0.0.0/8",
        **more,
    }


@contextmanager
def running(folder: Path, replicas: int, settings: dict[str, str]) -> Iterator[SignIn]:
    web.prepare()
    build = web.hold()
    passwords = {role: secrets.token_hex(8) for role in postgres.role_names(SERVICES)}
    servers: list[Server] = []
    with postgres.temporary_postgres(folder, free_port()) as (cluster, _):
        asyncio.run(postgres.ensure_databases(cluster, SERVICES, passwords))
        role, owner = postgres.WEB, f"{postgres.WEB}_owner"
        backend_port, *ports = (free_port() for _ in range(replicas + 1))
        public_url = f"http://localhost:{ports[0]}"
        migration = environment(
            cluster.url("todo", owner, passwords[owner]), ports[0], public_url, backend_port, settings
        )
        subprocess.run([web.node(), str(build.folder / "migrate.cjs")], env=migration, check=True)
        database_url = cluster.url("todo", role, passwords[role])
        try:
            for port in ports:
                log = folder / f"{port}.log"
                with log.open("wb") as output:
                    command = [web.node(), str(build.folder / "server.js")]
                    told = environment(database_url, port, public_url, backend_port, settings)
                    process = subprocess.Popen(command, env=told, stdout=output, stderr=output)
                servers.append(Server(port, process, log))
            for server in servers:
                wait_until_ready(server)
            operator = (
                [web.node(), str(build.folder / "accounts.cjs")],
                environment(database_url, ports[0], public_url, backend_port, settings),
            )
            yield SignIn(servers, database_url, public_url, backend_port, operator)
        finally:
            for server in servers:
                server.process.kill()
                server.process.wait()
            build.lock.close()


def wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        assert server.process.poll() is None, server.log.read_text()
        try:
            httpx.get(f"{server.url}/health").raise_for_status()
        except httpx.TransportError:
            assert time.monotonic() < deadline, server.log.read_text()
            time.sleep(0.05)
        else:
            return


def until(happened: Callable[[], object], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)
