"""`daprd`: an installed one of the right version, or one that is built from `infra/dapr/daprd` once a machine.

Dapr publishes its sidecar as a release download; built from the Go module proxy, it needs nothing but Go. The binary is
kept in the user's cache folder under a name made of its sources, so that a fresh clone finds it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from todo_local import caches
from todo_local.settings import ROOT

SOURCES = ROOT / "infra" / "dapr" / "daprd"
GO = (1, 26)
TAGS = "stablecomponents"
"""Kafka, Redis, PostgreSQL and the local secret stores; without a tag daprd has no components and panics."""
VERSION_NAMES = ("github.com/dapr/dapr/pkg/buildinfo.version", "github.com/dapr/kit/logger.DaprVersion")
BUILD_SECONDS = 1800


def path(environment: Mapping[str, str] = os.environ) -> Path:
    """The program, built if it must be. Ends the process with one line when it cannot be had."""
    return installed() or cached(environment) or build(environment)


def sentry(program: Path, environment: Mapping[str, str] = os.environ) -> list[str] | None:
    """The command of the authority that gives sidecars their certificates; None when this machine has none.

    What is built here is both programs in one; Dapr's own `daprd` comes without.
    """
    own = cached(environment)
    if own is not None:
        return [str(own), "sentry"]
    beside = shutil.which("sentry", path=str(program.parent))
    return [beside] if beside else None


def version() -> str:
    """The version of Dapr that `go.mod` requires."""
    found = re.search(r"^\tgithub\.com/dapr/dapr v(\S+)$", (SOURCES / "go.mod").read_text(), re.MULTILINE)
    if found is None:
        sys.exit(f"{SOURCES / 'go.mod'} does not require github.com/dapr/dapr")
    return found[1]


def installed() -> Path | None:
    """One on the PATH, when its minor version is ours: its patches behave alike."""
    program = shutil.which("daprd")
    if program is None:
        return None
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=10)
    ours, theirs = version().split("."), answer.stdout.strip().split(".")
    return Path(program) if theirs[:2] == ours[:2] else None


def cached(environment: Mapping[str, str]) -> Path | None:
    program = cache_folder(environment) / "daprd"
    return program if program.exists() else None


def cache_folder(environment: Mapping[str, str]) -> Path:
    return caches.folder("daprd", version(), [SOURCES / name for name in ("go.mod", "go.sum", "main.go")], environment)


def build(environment: Mapping[str, str]) -> Path:
    go = shutil.which("go")
    if go is None:
        sys.exit(f"go is missing: install Go {GO[0]}.{GO[1]} or newer, or daprd {version()} itself")
    says = subprocess.run([go, "version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"go(\d+)\.(\d+)", says)
    if found is None or (int(found[1]), int(found[2])) < GO:
        sys.exit(f"Go {GO[0]}.{GO[1]} or newer is needed to build daprd, or daprd {version()} itself")
    folder = cache_folder(environment)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"daprd.{os.getpid()}"
    print(f"Building daprd {version()}, once, which takes about five minutes: {folder}", file=sys.stderr, flush=True)
    flags = " ".join(["-s", "-w", *(f"-X {name}={version()}" for name in VERSION_NAMES)])
    command = [go, "build", "-mod=readonly", "-buildvcs=false", "-tags", TAGS, "-trimpath", "-ldflags", flags]
    command += ["-o", str(unfinished), "."]
    try:
        subprocess.run(command, cwd=SOURCES, env={**environment, "CGO_ENABLED": "0"}, check=True, timeout=BUILD_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        unfinished.unlink(missing_ok=True)
        sys.exit("daprd could not be built; what go says is above")
    return unfinished.rename(folder / "daprd")


if __name__ == "__main__":
    print(path())
