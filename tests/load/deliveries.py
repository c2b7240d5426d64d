"""How fast due reminders are handed over by mail and push, and what a killed replica loses or doubles.

`python -m tests.load.deliveries --number 100000`: half of them by mail, half by push, all due at once, on a database,
two replicas, a mail server and a push service of its own. The ledger is compared with what the servers have counted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import asyncpg
import psutil
from rich.console import Console
from rich.table import Table

from tests.load import end_on_sigterm
from tests.push_service import Browser
from tests.support import free_port
from todo_kit import migrations
from todo_kit.ids import uuid7
from todo_local import postgres
from todo_local.settings import SERVICES

USERS = 1000
REPLICAS = 2
LEAD = timedelta(seconds=5)
SCHEMA = "notifications"
COUNTS = "SELECT channel, state, count(*) AS number FROM deliveries GROUP BY channel, state"
WAITING = "SELECT count(*) FROM deliveries WHERE state = 'waiting'"
MESSAGE_ID = re.compile(rb"^Message-ID: <([0-9a-f-]{36})@", re.MULTILINE)
console = Console(width=140)


async def take_mails(counted: Counter[str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """An SMTP server that takes everything (RFC 5321)."""
    writer.write(b"220 sink ESMTP\r\n")
    while line := await reader.readline():
        match line[:4].upper().strip():
            case b"EHLO":
                writer.write(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
            case b"DATA":
                writer.write(b"354 go on\r\n")
                found = MESSAGE_ID.search(await reader.readuntil(b"\r\n.\r\n"))
                counted[found[1].decode() if found else ""] += 1
                writer.write(b"250 OK\r\n")
            case b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            case _:
                writer.write(b"250 OK\r\n")
    writer.close()


async def take_pushes(counted: Counter[str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A push service that takes everything (RFC 8030). A message is known by its topic, of which each task has one."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
            await reader.readexactly(int(headers["content-length"]))
            counted[headers["topic"]] += 1
            writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
    except asyncio.IncompleteReadError:
        writer.close()


def serve(ports: tuple[int, int], pipe: Connection) -> None:
    """Runs both servers, and sends what they have counted whenever it is asked to."""
    mails: Counter[str] = Counter()
    pushes: Counter[str] = Counter()

    async def run() -> None:
        await asyncio.start_server(lambda r, w: take_mails(mails, r, w), "127.0.0.1", ports[0], limit=2**20)
        await asyncio.start_server(lambda r, w: take_pushes(pushes, r, w), "127.0.0.1", ports[1])
        pipe.send("ready")
        while await asyncio.to_thread(pipe.recv):
            pipe.send((mails, pushes))

    asyncio.run(run())


@contextmanager
def servers() -> Iterator[tuple[tuple[int, int], Connection]]:
    ports = free_port(), free_port()
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(ports, theirs), daemon=True)
    process.start()
    try:
        assert ours.recv() == "ready"
        yield ports, ours
    finally:
        process.kill()
        process.join()


def counted(pipe: Connection) -> dict[str, Counter[str]]:
    pipe.send(True)
    mails, pushes = pipe.recv()
    return {"email": mails, "push": pushes}


class Replicas:
    """Processes of the notification service, without a sidecar: nothing here is an event."""

    def __init__(self, folder: Path, database_url: str, ports: tuple[int, int]) -> None:
        issuer = {"issuer": "bench", "audience": "bench", "jwks": "https://localhost/keys", "first_party": True}
        self.folder, self.push_port = folder, ports[1]
        self.environment = {
            **os.environ,
            "TODO_ENVIRONMENT": "local",
            "DATABASE_URL": database_url,
            "APP_API_TOKEN": secrets.token_hex(16),
            "DAPR_API_TOKEN": secrets.token_hex(16),
            "DAPR_HTTP_PORT": str(free_port()),
            "DAPR_GRPC_PORT": str(free_port()),
            "TRUSTED_ISSUERS": json.dumps([issuer]),
            "PUBLIC_URL": "https://todo.example",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(ports[0]),
            "SMTP_SECURITY": "none",
            "MAIL_FROM": "todo@todo.example",
            "PUSH_SERVICES": json.dumps([f"http://127.0.0.1:{ports[1]}"]),
            "LOG_LEVEL": "ERROR",
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        environment = self.environment | {"APP_PORT": str(free_port())}
        with (self.folder / f"replica-{len(self.running)}.log").open("wb") as log:
            command = [sys.executable, "-m", "notification_service"]
            self.running.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))

    def kill_one(self) -> None:
        self.running[0].send_signal(signal.SIGKILL)
        self.running[0].wait()

    def cpu_seconds(self) -> float:
        """Of those that run."""
        alive = [psutil.Process(process.pid) for process in self.running if process.poll() is None]
        return sum(sum(process.cpu_times()[:2]) for process in alive)

    def stop(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()


async def add(connection: asyncpg.Connection[Any], number: int, push_port: int) -> datetime:
    """Adds users with both channels, and reminders of theirs, of which every second one is pushed. Returns when due."""
    now = datetime.now(UTC)
    due = now + LEAD + timedelta(seconds=number / 20_000)
    keys = Browser("").subscription["keys"]
    users = [(f"user-{place}", f"user-{place}@example.com", f"token-{place}", 0) for place in range(USERS)]
    columns = ["user_id", "email", "unsubscribe_token", "settings_seq"]
    await connection.copy_records_to_table("channel_settings", records=users, columns=columns)
    devices = [
        (uuid7(), user, f"http://127.0.0.1:{push_port}/{user}", keys["p256dh"], keys["auth"], "Chrome", "", now, now)
        for user, *_ in users
    ]
    await connection.copy_records_to_table("push_subscriptions", records=devices)
    notifications, deliveries = [], []
    for place in range(number):
        user, address, *_ = users[place % USERS]
        id_ = uuid7()
        notifications.append((id_, user, uuid7(), "reminder", place + 1, f"Task {place}", "Due now", "UTC", 0, now))
        is_push = place // USERS % 2
        target = (str(devices[place % USERS][0]), "Chrome") if is_push else (address, address)
        channel = "push" if is_push else "email"
        deliveries.append((uuid7(), user, id_, 1, channel, *target, "waiting", 0, due, due + timedelta(days=1)))
    of_notification = ["id", "user_id", "event_id", "type", "task_id", "title", "body", "time_zone", "late_by_seconds"]
    columns = [*of_notification, "created_at"]
    await connection.copy_records_to_table("notifications", records=notifications, columns=columns)
    of_delivery = ["id", "user_id", "notification_id", "seq", "channel", "target", "target_name", "state", "attempts"]
    columns = [*of_delivery, "due_at", "expires_at"]
    await connection.copy_records_to_table("deliveries", records=deliveries, columns=columns)
    await connection.execute("ANALYZE")
    return due


def measure(number: int, limit: float, *, kill: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="todo-deliveries-") as name, servers() as (ports, pipe):
        folder = Path(name)
        folder.chmod(0o755)
        passwords = {role: secrets.token_hex(8) for role in postgres.role_names(SERVICES)}
        with postgres.temporary_postgres(folder, free_port()) as (cluster, _):
            asyncio.run(postgres.ensure_databases(cluster, SERVICES, passwords))
            owner = f"{SCHEMA}_owner"
            migrations.upgrade("notification_service", cluster.url("todo", owner, passwords[owner]))
            database_url = cluster.url("todo", SCHEMA, passwords[SCHEMA])
            replicas = Replicas(folder, database_url, ports)
            try:
                asyncio.run(run(database_url, pipe, replicas, number, limit, kill=kill))
            finally:
                replicas.stop()


async def run(
    database_url: str, pipe: Connection, replicas: Replicas, number: int, limit: float, *, kill: bool
) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        due = await add(connection, number, replicas.push_port)
        for _ in range(REPLICAS):
            replicas.start()
        await report(connection, pipe, replicas, due, number, limit, kill=kill)
    finally:
        await connection.close()


async def report(
    connection: asyncpg.Connection[Any],
    pipe: Connection,
    replicas: Replicas,
    due: datetime,
    number: int,
    limit: float,
    *,
    kill: bool,
) -> None:
    begun = time.monotonic() + (due - datetime.now(UTC)).total_seconds()
    killed_at: float | None = None
    last = dict.fromkeys(("email", "push"), begun)
    seen: Counter[str] = Counter()
    cpu_before = replicas.cpu_seconds()
    while (now := time.monotonic()) < begun + limit:
        await asyncio.sleep(0.5)
        for channel, counts in counted(pipe).items():
            if len(counts) > seen[channel]:
                seen[channel], last[channel] = len(counts), time.monotonic()
        arrived = seen.total()
        if kill and killed_at is None and arrived > number * 0.3:
            killed_at = now
            replicas.kill_one()
            replicas.start()
        if arrived == number and not await connection.fetchval(WAITING):
            break
    servers_have = counted(pipe)
    table = Table(title=f"{number:,} reminders due at once, {REPLICAS} replicas" + (", one killed" * kill))
    for heading in ("channel", "handed over", "of those twice", "sent in the ledger", "waiting", "failed", "a second"):
        table.add_column(heading, justify="left" if heading == "channel" else "right")
    ledger = {(row["channel"], row["state"]): row["number"] for row in await connection.fetch(COUNTS)}
    for channel, counts in servers_have.items():
        states = [ledger.get((channel, state), 0) for state in ("sent", "waiting", "failed")]
        twice = sum(count > 1 for count in counts.values())
        rate = f"{len(counts) / max(last[channel] - begun, 0.001):,.0f}"
        table.add_row(channel, f"{len(counts):,}", f"{twice:,}", *(f"{state:,}" for state in states), rate)
    console.print(table)
    seconds = max(last.values()) - begun
    console.print(f"{seen.total():,} of {number:,} within {seconds:.1f} s of the time that they were due")
    if not kill:
        per_delivery = (replicas.cpu_seconds() - cpu_before) / max(seen.total(), 1)
        console.print(f"{per_delivery * 1000:.2f} ms of CPU of the replicas for each, with their start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=100_000, help="reminders, half of them by mail")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which it ends")
    parser.add_argument("--kill", action="store_true", help="kill a replica when a third is handed over")
    given = parser.parse_args()
    end_on_sigterm()
    measure(given.number, given.limit, kill=given.kill)


if __name__ == "__main__":
    main()
