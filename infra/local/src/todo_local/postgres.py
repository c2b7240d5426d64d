"""Embedded Postgres: runs `initdb` and `postgres` from an npm package. It listens on 127.0.0.1 only."""

import asyncio
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg
import certifi

from todo_local.settings import ServiceSpec, postgres_package

NOBODY = 65534
SIDECARS = ("sidecar", "dapr")
"""Names of databases and of their owners: for the local sidecar's log and for the state store of `daprd`."""
WEB = "auth"
"""The schema of the web UI's sign-in."""
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "8MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "autovacuum_naptime": "10s",
    "log_min_duration_statement": "1000",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class PostgresError(Exception):
    """Postgres cannot be used; the message gives the reason and the remedy."""


@dataclass(frozen=True, slots=True)
class Cluster:
    data: Path
    port: int
    password: str

    def url(self, database: str = "postgres", user: str = "postgres", password: str | None = None) -> str:
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"


@dataclass(frozen=True, slots=True)
class External:
    """An external server, with the URL of a role that may create roles and databases."""

    admin_url: str = field(repr=False)

    def url(self, database: str = "", user: str = "", password: str | None = None) -> str:
        """Returns the URL for this role and database; by default those of the administrator."""
        parts = urlsplit(self.admin_url)
        login = f"{user}:{password}" if user else parts.netloc.rpartition("@")[0]
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(
            (parts.scheme, f"{login}@{host}", f"/{database}" if database else parts.path, parts.query, "")
        )


Server = Cluster | External


def dsn_of(url: str) -> str:
    """Does the same as `todo_kit.database.dsn_of`; see there for the reasons."""
    parts = urlsplit(url)
    query = {name: value for name, value in parse_qsl(parts.query) if name != "channel_binding"}
    if query.get("sslmode") in {"verify-ca", "verify-full"} and query.get("sslrootcert", "system") == "system":
        query["sslrootcert"] = os.environ.get("SSL_CERT_FILE") or certifi.where()
    return urlunsplit(parts._replace(query=urlencode(query)))


def unprivileged() -> dict[str, Any]:
    """Returns the Popen arguments that run Postgres as `nobody` if we are root: Postgres refuses to run as root."""
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def programs() -> Path:
    """Returns the folder of the Postgres programs, which the user that runs Postgres can execute.

    Raises PostgresError if the package is not installed.
    """
    package = postgres_package()
    if not (package / "bin").is_dir():
        raise PostgresError(f"{package} is missing: run `make install`, which needs npm")
    restore_links(package)
    if can_run(package):
        return package
    # The user `nobody` has no access to a checkout in a private folder, such as root's home: use a copy in /tmp.
    version = (package.parent / "package.json").read_text()
    name = hashlib.sha256(f"{package}\n{version}".encode()).hexdigest()[:12]
    copy = Path(tempfile.gettempdir()) / f"todo-postgres-{name}"
    if not can_run(copy):
        print(f"copying Postgres to {copy}, since {package} is closed to the user it runs as", flush=True)
        shutil.rmtree(copy, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix="todo-postgres-"))
        shutil.copytree(package, fresh, symlinks=True, dirs_exist_ok=True)
        fresh.chmod(0o755)
        fresh.rename(copy)  # atomic: an interrupted copy must not be used
    return copy


def can_run(package: Path) -> bool:
    try:
        command = [str(package / "bin" / "postgres"), "--version"]
        return subprocess.run(command, **unprivileged(), cwd="/", capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def restore_links(package: Path) -> None:
    """Creates the package's symbolic links. npm cannot pack them, and the install script may not have run."""
    listing = package / "pg-symlinks.json"
    for link in json.loads(listing.read_text()) if listing.exists() else []:
        target = package.parent / link["target"]
        if not target.is_symlink():
            target.symlink_to(Path(link["source"]).name)


def reachable_data(wanted: Path) -> Path:
    """Returns the wanted folder, or one in /var/tmp derived from its name if the user `nobody` cannot access it."""
    if not unprivileged():
        return wanted
    wanted.mkdir(parents=True, exist_ok=True)
    os.chown(wanted, NOBODY, NOBODY)
    probe = subprocess.run(["ls", wanted], **unprivileged(), cwd="/", capture_output=True, check=False)
    if probe.returncode == 0:
        return wanted
    name = hashlib.sha256(str(wanted).encode()).hexdigest()[:16]
    return Path("/var/tmp") / f"todo-postgres-{name}"  # noqa: S108 - the name is bound to the wanted folder


def unfinished(data: Path) -> Path:
    """Returns the folder in which a cluster is created before it is renamed to `data`."""
    return data.with_name(f"{data.name}.new")


def create(data: Path, port: int, password: str, *, durable: bool = True) -> Cluster:
    """Returns the cluster in this folder; creates it atomically if there is none. Raises PostgresError."""
    deleted = not data.exists()  # what is in /var/tmp by its name is of an earlier folder, as are its passwords
    folder = reachable_data(data)
    cluster = Cluster(folder, port, password)
    if (folder / "PG_VERSION").exists() and not deleted:
        return cluster
    fresh = unfinished(folder)
    for leftover in (folder, fresh):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    if unprivileged():
        os.chown(fresh, NOBODY, NOBODY)
    with tempfile.NamedTemporaryFile("w", prefix="todo-", delete=False) as file:
        file.write(password)
    try:
        if unprivileged():
            os.chown(file.name, NOBODY, NOBODY)
        command = [str(programs() / "bin" / "initdb"), "-D", str(fresh), "-U", "postgres", "--pwfile", file.name]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", *([] if durable else ["--no-sync"])]
        result = subprocess.run(command, **unprivileged(), cwd="/", capture_output=True, text=True, check=False)
    finally:
        Path(file.name).unlink()
    if result.returncode:
        raise PostgresError(f"initdb failed: {result.stderr.strip()[-500:]}")
    fresh.rename(folder)
    return cluster


def command(cluster: Cluster, **options: str) -> list[str]:
    settings = OPTIONS | {"port": str(cluster.port)} | options
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [str(programs() / "bin" / "postgres"), "-D", str(cluster.data), *flags]


async def wait_until_ready(
    server: Server, seconds: float = 30.0, check_alive: Callable[[], None] = lambda: None
) -> None:
    """Waits until the server accepts connections.

    Raises PostgresError on a wrong password or after the deadline, and whatever `check_alive` raises.
    """
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        check_alive()
        try:
            connection = await asyncpg.connect(dsn_of(server.url()), timeout=2 if isinstance(server, Cluster) else 10)
        except asyncpg.InvalidPasswordError as error:
            if isinstance(server, External):
                raise PostgresError(f"TODO_DATABASE_URL: {error}") from error
            raise PostgresError(
                f"the data in {server.data} was made with another password than the one in secrets.json: "
                "put that file back, or make reset, which forgets the data"
            ) from error
        except (OSError, asyncpg.PostgresError, TimeoutError) as error:
            if asyncio.get_running_loop().time() > deadline:
                where = f"on port {server.port}" if isinstance(server, Cluster) else "at TODO_DATABASE_URL"
                raise PostgresError(f"Postgres does not answer {where}: {error}") from error
            await asyncio.sleep(0.05)
        else:
            await connection.close()
            return


async def ensure_databases(server: Server, services: Sequence[ServiceSpec], passwords: dict[str, str]) -> None:
    """Creates the databases, schemas and roles with `todo_kit provision`. Raises PostgresError.

    One database has a schema per service and one for sign-in, each accessible only to its own roles. The local sidecar
    and `daprd` have a database each. `passwords` has an entry for each of `role_names`. On an external server, nothing
    but these databases is changed.
    """
    own = {
        name: server.url(name if name in SIDECARS else "todo", name, passwords[name]) for name in role_names(services)
    }
    urls = {"ADMIN": server.url(), **{name.upper(): url for name, url in own.items()}}
    environment = {**os.environ, **{f"PROVISION_URL__{name}": url for name, url in urls.items()}}
    command = [sys.executable, "-m", "todo_kit", "provision"]
    process = await asyncio.create_subprocess_exec(*command, env=environment, stderr=asyncio.subprocess.PIPE)
    _, said = await process.communicate()
    if process.returncode:
        lines = said.decode().strip().splitlines()[-1:]
        raise PostgresError(f"the roles and schemas cannot be made: {' '.join(lines)}")
    if isinstance(server, Cluster):
        admin = await asyncpg.connect(server.url())
        await admin.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")
        await admin.close()


async def identity(server: Server) -> str:
    """Returns the system identifier, which differs if the cluster was created again in the same place."""
    connection = await asyncpg.connect(dsn_of(server.url()))
    try:
        return str(await connection.fetchval("SELECT system_identifier FROM pg_control_system()"))
    finally:
        await connection.close()


def schemas(services: Sequence[ServiceSpec]) -> list[str]:
    return [*(service.schema for service in services), WEB]


def role_names(services: Sequence[ServiceSpec]) -> list[str]:
    return [*SIDECARS, *(name for schema in schemas(services) for name in (schema, f"{schema}_owner"))]


@contextmanager
def temporary_postgres(
    folder: Path, port: int, *, durable: bool = False
) -> Iterator[tuple[Cluster, subprocess.Popen[bytes]]]:
    """Runs a cluster for tests. Its process is stopped at the end. Without `durable` it does not wait for the disk."""
    cluster = create(folder / "postgres", port, secrets.token_hex(16), durable=durable)
    options = {} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    with (folder / "postgres.log").open("wb") as log:
        process = subprocess.Popen(command(cluster, **options), **unprivileged(), cwd="/", stdout=log, stderr=log)
    try:
        asyncio.run(wait_until_ready(cluster))
        yield cluster, process
    finally:
        process.terminate() if sys.platform == "win32" else process.send_signal(2)
        process.wait(20)
        if cluster.data != folder / "postgres":
            shutil.rmtree(cluster.data, ignore_errors=True)
