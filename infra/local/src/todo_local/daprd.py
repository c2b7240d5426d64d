"""`daprd`: an installed one of the right version, or one that is built from `infra/dapr/daprd` once a machine.

Dapr publishes its sidecar as a release download; built from the Go module proxy, it needs nothing but Go. The binary is
kept in the user's cache folder under a name made of its sources, so that a fresh clone finds it.
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
"""Kafka, Redis, PostgreSQL and the local secret stores; without a tag daprd has no components and panics."""
VERSION_NAMES = ("github.com/dapr/dapr/pkg/buildinfo.version", "github.com/dapr/kit/logger.DaprVersion")


def path(environment: Mapping[str, str] = os.environ) -> Path:
    """The program, built if it must be. Ends the process with one line when it cannot be had."""
    return installed() or programs().build(environment) / "daprd"


def programs(name: str = "daprd", package: str = ".") -> Programs:
    stamps = [f"{stamp}={version()}" for stamp in VERSION_NAMES]
    return Programs(name, version(), SOURCES, {name: package}, stamps, TAGS)


def sentry(program: Path, environment: Mapping[str, str] = os.environ) -> list[str] | None:
    """The command of the authority that gives sidecars their certificates; None when this machine has none.

    What is built here is both programs in one; Dapr's own `daprd` comes without.
    """
    own = programs().built(environment)
    if own is not None:
        return [str(own / "daprd"), "sentry"]
    beside = shutil.which("sentry", path=str(program.parent))
    return [beside] if beside else None


def version() -> str:
    """The version of Dapr that `go.mod` requires."""
    return required(SOURCES, "github.com/dapr/dapr")


def installed() -> Path | None:
    """One on the PATH, when its minor version is ours: its patches behave alike."""
    program = shutil.which("daprd")
    if program is None:
        return None
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=10)
    ours, theirs = version().split("."), answer.stdout.strip().split(".")
    return Path(program) if theirs[:2] == ours[:2] else None


if __name__ == "__main__":
    print(path())
