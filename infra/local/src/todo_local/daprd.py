"""Finds `daprd`: an installed one with the right version, or one built from `infra/dapr/daprd` once per machine.

Dapr publishes `daprd` only as a release download. Building it from the Go module proxy needs nothing but Go. The binary
is kept in the user's cache folder under a hash of its sources, so a fresh clone reuses it.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from todo_local.golang import Programs, required
from todo_local.settings import ROOT

SOURCES = ROOT / "infra" / "dapr" / "daprd"
TAGS = "stablecomponents"
"""Includes Kafka, Redis, PostgreSQL and the local secret stores. Without a tag daprd has no components and panics."""
VERSION_NAMES = ("github.com/dapr/dapr/pkg/buildinfo.version", "github.com/dapr/kit/logger.DaprVersion")


def path(environment: Mapping[str, str] = os.environ) -> Path:
    """Returns the path of `daprd`; builds it if necessary. Exits with a one-line message if that fails."""
    return installed() or programs().build(environment) / "daprd"


def programs(name: str = "daprd", package: str = ".") -> Programs:
    stamps = [f"{stamp}={version()}" for stamp in VERSION_NAMES]
    return Programs(name, version(), SOURCES, {name: package}, stamps, TAGS)


def sentry(program: Path, environment: Mapping[str, str] = os.environ) -> list[str] | None:
    """Returns the command of `sentry`, which issues the sidecars' certificates; None if this machine has none.

    The binary built here contains both programs. Dapr's own does not; its `sentry` is expected in the same folder.
    """
    own = programs().built(environment)
    if own is not None:
        return [str(own / "daprd"), "sentry"]
    beside = shutil.which("sentry", path=str(program.parent))
    return [beside] if beside else None


def version() -> str:
    """Returns the version of Dapr that `go.mod` requires."""
    return required(SOURCES, "github.com/dapr/dapr")


def installed() -> Path | None:
    """Returns `daprd` from the PATH if its major and minor version match ours; patch versions behave alike."""
    program = shutil.which("daprd")
    if program is None:
        return None
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=10)
    ours, theirs = version().split("."), answer.stdout.strip().split(".")
    return Path(program) if theirs[:2] == ours[:2] else None


if __name__ == "__main__":
    print(path())
