"""Builds Go programs from the module proxy, once per machine. They are otherwise published only as downloads."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from todo_local import caches

GO = (1, 26)
BUILD_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class Programs:
    """Programs of one Go module, which are kept in one cache folder."""

    name: str
    version: str
    module: Path
    """The folder with `go.mod` and `go.sum`."""
    packages: Mapping[str, str]
    """Go packages, by the name of the program."""
    stamps: Sequence[str] = ()
    """`name=value` pairs for the linker: the versions that the programs report."""
    tags: str = ""
    minutes: int = 5

    def folder(self, environment: Mapping[str, str] = os.environ) -> Path:
        own = [self.module / package / "main.go" for package in self.packages.values() if package.startswith(".")]
        sources = [self.module / "go.mod", self.module / "go.sum", *own]
        return caches.folder(self.name, self.version, sources, environment)

    def built(self, environment: Mapping[str, str] = os.environ) -> Path | None:
        folder = self.folder(environment)
        return folder if all((folder / program).exists() for program in self.packages) else None

    def build(self, environment: Mapping[str, str] = os.environ) -> Path:
        """Returns the folder of the programs; builds the missing ones. Exits with a one-line message on failure."""
        if found := self.built(environment):
            return found
        go = compiler(self.name)
        folder = self.folder(environment)
        folder.mkdir(parents=True, exist_ok=True)
        what = f"Building {self.name} {self.version}, once, which takes about {self.minutes} minutes"
        print(f"{what}: {folder}", file=sys.stderr, flush=True)
        flags = " ".join(["-s", "-w", *(f"-X {stamp}" for stamp in self.stamps)])
        for program, package in self.packages.items():
            if (folder / program).exists():
                continue
            unfinished = folder / f"{program}.{os.getpid()}"
            command = [go, "build", "-mod=readonly", "-buildvcs=false", "-tags", self.tags, "-trimpath"]
            command += ["-ldflags", flags, "-o", str(unfinished), package]
            try:
                quiet = {**environment, "CGO_ENABLED": "0"}
                subprocess.run(command, cwd=self.module, env=quiet, check=True, timeout=BUILD_SECONDS)
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
                unfinished.unlink(missing_ok=True)
                sys.exit(f"{program} could not be built; what go says is above")
            unfinished.rename(folder / program)
        return folder


def compiler(wanted_for: str) -> str:
    go = shutil.which("go")
    needed = f"Go {GO[0]}.{GO[1]} or newer"
    if go is None:
        sys.exit(f"go is missing: install {needed}, or {wanted_for} itself")
    says = subprocess.run([go, "version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"go(\d+)\.(\d+)", says)
    if found is None or (int(found[1]), int(found[2])) < GO:
        sys.exit(f"{needed} is needed to build {wanted_for}, or {wanted_for} itself")
    return go


def required(module: Path, name: str) -> str:
    """Returns the version of a module that `go.mod` requires, without the leading `v`."""
    found = re.search(rf"^(?:require )?\t?{re.escape(name)} v(\S+)", (module / "go.mod").read_text(), re.MULTILINE)
    if found is None:
        sys.exit(f"{module / 'go.mod'} does not require {name}")
    return found[1]
