"""The web UI: builds it when its sources have changed, and defines its part and its migration.

Each build has its own folder, named by the digest of its sources. Several suites of one checkout can run at once, and
a running suite keeps its files while another build is made. The link `current` points to the newest build.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from todo_local import mail, postgres, secrets
from todo_local.parts import Part
from todo_local.settings import ROOT, LocalSettings

FRONTEND = ROOT / "frontend"
BUILDS = FRONTEND / ".builds"
NOT_SOURCES = {"node_modules", ".next", ".builds", "test-results", "playwright-report", "e2e", "playwright.config.ts"}
NAME_LENGTH = 16
TRIES = 10
GIVEN = ("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET")
"""Settings of the web server that are passed on from the environment."""


class WebError(Exception):
    """The web UI cannot be built; the message gives the reason and the remedy."""


def install() -> None:
    """Installs the npm packages if the lock file has changed since the last installation. Raises WebError."""
    if shutil.which("npm") is None:
        raise WebError("npm is missing: install Node.js 20 or newer, or leave the web UI out with make up API=1")
    wanted = digest(FRONTEND / "package-lock.json")
    if stamp_of(FRONTEND / "node_modules") != wanted:
        run("installing the web UI's packages", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        write_stamp(FRONTEND / "node_modules", wanted)


def prepare() -> None:
    """Installs the packages and builds the web UI if they have changed. Holds a lock, so one build runs at a time."""
    BUILDS.mkdir(exist_ok=True)
    with locked(BUILDS / ".lock"):
        install()
        build = BUILDS / digest(*sources())[:NAME_LENGTH]
        if not build.exists():
            run("building the web UI (half a minute)", "npm", "run", "build")
            (FRONTEND / ".next" / "standalone").rename(build)
        following = BUILDS / ".following"
        following.symlink_to(build.name)
        following.replace(BUILDS / "current")
        remove_unused(build)


class Build(NamedTuple):
    folder: Path
    lock: IO[str]
    """A shared lock, held while a suite runs from this build."""


def hold() -> Build:
    """Returns the newest build and locks it against removal until this process ends. Raises WebError."""
    for _ in range(TRIES):
        folder = (BUILDS / "current").resolve()
        lock = in_use(folder).open("w")
        fcntl.flock(lock, fcntl.LOCK_SH)
        if folder.exists():
            return Build(folder, lock)
        lock.close()  # a newer build has replaced this one since `current` was read
    raise WebError("the web UI is not built: .venv/bin/python -m todo_local build-web")


def remove_unused(current: Path) -> None:
    for build in BUILDS.iterdir():
        if build.name.startswith(".") or build.is_symlink() or not build.is_dir() or build == current:
            continue
        with in_use(build).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            shutil.rmtree(build)
            in_use(build).unlink()


def in_use(build: Path) -> Path:
    return build.with_name(f"{build.name}.lock")


@contextmanager
def locked(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sources() -> list[Path]:
    own = [path for path in FRONTEND.iterdir() if path.name not in NOT_SOURCES and not path.name.startswith("next-env")]
    files = [file for path in own for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
    return sorted(file for file in files if ".test." not in file.name)


def digest(*files: Path) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(str(file.relative_to(FRONTEND)).encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def stamp_of(folder: Path) -> str:
    file = folder / ".stamp"
    return file.read_text() if file.exists() else ""


def write_stamp(folder: Path, content: str) -> None:
    (folder / ".stamp").write_text(content)


def run(what: str, *command: str) -> None:
    print(f"{what} …", flush=True)
    result = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=False)
    if result.returncode:
        lines = (result.stdout + result.stderr).strip().splitlines()[-20:]
        raise WebError(f"{what} failed:\n  " + "\n  ".join(lines))


def environment(settings: LocalSettings, content: dict[str, Any], role: str = postgres.WEB) -> dict[str, str]:
    return {
        "NODE_ENV": "production",
        "NEXT_MANUAL_SIG_HANDLE": "true",
        "HOSTNAME": "127.0.0.1",
        "PORT": str(settings.web_port),
        "PUBLIC_URL": secrets.web_url(settings),
        "OTHER_ORIGINS": f"http://127.0.0.1:{settings.web_port}",
        "BACKEND_URL": f"http://127.0.0.1:{settings.port}",
        "AUTH_DATABASE_URL": secrets.database_url(settings, content, role, direct=role != postgres.WEB),
        "AUTH_SECRET": content["auth_secret"],
        "TRUSTED_PROXIES": os.environ.get("TRUSTED_PROXIES", "none"),
        **mail.environment(settings),
        **{name: os.environ[name] for name in GIVEN if os.environ.get(name)},
    }


def web_part(settings: LocalSettings, content: dict[str, Any], build: Build) -> Part:
    command = [node(), str(build.folder / "server.js")]
    return Part("frontend", command, f"http://127.0.0.1:{settings.web_port}/health", environment(settings, content))


def migration(settings: LocalSettings, content: dict[str, Any], build: Build) -> tuple[list[str], dict[str, str]]:
    """Returns the command and its environment, which has the database URL of the schema's owner."""
    return [node(), str(build.folder / "migrate.cjs")], environment(settings, content, f"{postgres.WEB}_owner")


def operation(
    settings: LocalSettings, content: dict[str, Any], build: Build, arguments: list[str]
) -> tuple[list[str], dict[str, str]]:
    """Returns the operator's command for accounts, and its environment."""
    return [node(), str(build.folder / "accounts.cjs"), *arguments], environment(settings, content)


def node() -> str:
    if found := shutil.which("node"):
        return found
    raise WebError("node is missing: install Node.js 20 or newer, or leave the web UI out with make up API=1")
