"""The web UI: built when its sources have changed, started beside the services, its tables migrated by its owner."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from todo_local import postgres, secrets
from todo_local.parts import Part
from todo_local.settings import ROOT, LocalSettings

FRONTEND = ROOT / "frontend"
SERVER = FRONTEND / ".next" / "standalone"
NOT_SOURCES = {"node_modules", ".next", "test-results", "playwright-report", "e2e"}


class WebError(Exception):
    """The web UI cannot be built; the message says why and what to do."""


def install() -> None:
    """Its packages, when the lock has changed since the last time."""
    if shutil.which("npm") is None:
        raise WebError("npm is missing: install Node.js 20 or newer, or leave the web UI out with make up API=1")
    wanted = digest(FRONTEND / "package-lock.json")
    if stamp_of(FRONTEND / "node_modules") != wanted:
        run("installing the web UI's packages", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        write_stamp(FRONTEND / "node_modules", wanted)


def prepare() -> None:
    """Installs and builds what has changed since the last time."""
    install()
    build = digest(*sources())
    if stamp_of(SERVER) != build:
        run("building the web UI (half a minute)", "npm", "run", "build")
        write_stamp(SERVER, build)


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
    given = ("GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET")
    return {
        "NODE_ENV": "production",
        "HOSTNAME": "127.0.0.1",
        "PORT": str(settings.web_port),
        "PUBLIC_URL": secrets.web_url(settings),
        "OTHER_ORIGINS": f"http://127.0.0.1:{settings.web_port}",
        "BACKEND_URL": f"http://127.0.0.1:{settings.port}",
        "AUTH_DATABASE_URL": secrets.database_url(settings, content, role, direct=role != postgres.WEB),
        "AUTH_SECRET": content["auth_secret"],
        **{name: os.environ[name] for name in given if os.environ.get(name)},
    }


def web_part(settings: LocalSettings, content: dict[str, Any]) -> Part:
    command = [node(), str(SERVER / "server.js")]
    return Part("frontend", command, f"http://127.0.0.1:{settings.web_port}/health", environment(settings, content))


def migration(settings: LocalSettings, content: dict[str, Any]) -> tuple[list[str], dict[str, str]]:
    """The command, and what it has in its environment: the owner's address."""
    return [node(), str(SERVER / "migrate.cjs")], environment(settings, content, f"{postgres.WEB}_owner")


def node() -> str:
    if found := shutil.which("node"):
        return found
    raise WebError("node is missing: install Node.js 20 or newer, or leave the web UI out with make up API=1")
