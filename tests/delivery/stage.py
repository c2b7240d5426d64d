"""A checkout for the scripts of the delivery whose other programs only write down how they were called.

The cloud is a table of answers. An answer is for the calls of a program that have its words in their order, and may
hold only after another call was made: so a stage remembers what was created, and a second run finds it.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SECONDS = 60
TOOLS = (
    "bash",
    "env",
    "awk",
    "sed",
    "tr",
    "cut",
    "sort",
    "head",
    "tail",
    "wc",
    "cat",
    "dirname",
    "basename",
    "mkdir",
    "sleep",
)
"""What every machine has, and the scripts use as it is."""

RECORDER = """#!{python} -IS
import json, os, sys

def has(words, arguments):
    rest = iter(arguments)
    return all(word in rest for word in words)

here = os.environ["STAGE"]
call = [os.path.basename(sys.argv[0]), *sys.argv[1:]]
with open(here + "/calls") as file:
    earlier = [json.loads(line) for line in file]
with open(here + "/calls", "a") as file:
    file.write(json.dumps(call) + "\\n")
if "-" in call:
    with open(here + "/given", "a") as file:
        file.write(json.dumps(sys.stdin.read()) + "\\n")
with open(here + "/answers") as file:
    for answer in json.load(file):
        made = not answer["after"] or any(has(answer["after"], before) for before in earlier)
        if has(answer["words"], call) and made:
            sys.stdout.write(answer["out"])
            sys.stderr.write(answer["error"])
            sys.exit(answer["status"])
"""


@dataclass(frozen=True)
class Answer:
    words: Sequence[str]
    """The program first."""
    out: str = ""
    status: int = 0
    error: str = ""
    after: Sequence[str] = ()
    """The words of a call that has to come before."""


@dataclass
class Stage:
    folder: Path
    answers: list[Answer] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("bin", "checkout/.venv/bin", "checkout/frontend/.next/standalone"):
            (self.folder / name).mkdir(parents=True)
        for name in ("scripts", "infra", "services.toml"):
            (self.checkout / name).symlink_to(ROOT / name)
        (self.checkout / "frontend/.next/standalone/migrate.cjs").touch()
        (self.folder / "calls").touch()
        (self.folder / "recorder").write_text(RECORDER.format(python=sys.executable))
        (self.folder / "recorder").chmod(0o755)
        for name in TOOLS:
            (self.bin / name).symlink_to(shutil.which(name) or name)
        (self.checkout / ".venv/bin/python").symlink_to(self.folder / "recorder")

    @property
    def bin(self) -> Path:
        return self.folder / "bin"

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    def programs(self, *names: str) -> "Stage":
        for name in names:
            (self.bin / name).symlink_to(self.folder / "recorder")
        return self

    def run(self, script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Answers that were given last come first."""
        answers = [asdict(answer) for answer in reversed(self.answers)]
        (self.folder / "answers").write_text(json.dumps(answers))
        environment = {"PATH": str(self.bin), "HOME": str(self.folder), "STAGE": str(self.folder), "SMOKE_PAUSE": "0"}
        return subprocess.run(
            [str(self.checkout / "scripts" / script), *arguments],
            env={**environment, **self.variables, **variables},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

    @property
    def calls(self) -> list[list[str]]:
        return [json.loads(line) for line in (self.folder / "calls").read_text().splitlines()]

    @property
    def given(self) -> list[str]:
        """What calls that name the file `-` were given."""
        return [json.loads(line) for line in (self.folder / "given").read_text().splitlines()]

    def forget_calls(self) -> None:
        (self.folder / "calls").write_text("")

    def called(self, *words: str) -> list[list[str]]:
        return [call for call in self.calls if has(words, call)]

    def order(self, *many: Sequence[str]) -> None:
        """That calls with these words were made, one after the other."""
        rest = iter(self.calls)
        for words in many:
            assert any(has(words, call) for call in rest), f"{' '.join(words)} is not where it should be: {self.calls}"


def has(words: Sequence[str], call: Sequence[str]) -> bool:
    rest = iter(call)
    return all(word in rest for word in words)


def option(call: Sequence[str], name: str) -> str:
    return call[call.index(name) + 1]


def options(call: Sequence[str], name: str) -> list[str]:
    return [value for flag, value in pairwise(call) if flag == name]


def one_line(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """That it failed with one line, and what stands in it."""
    assert result.returncode == 1, result.stdout + result.stderr
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr
    assert all(word in result.stderr for word in words), result.stderr


def history(*statuses: str) -> str:
    """As `helm history --output json` has it. `deployed: Rollback to 1` is a status with its description."""
    revisions: list[dict[str, Any]] = []
    for number, (status, _, description) in enumerate((status.partition(": ") for status in statuses), 1):
        told = {"status": status, "chart": "todo-0.1.0", "description": description or "Upgrade complete"}
        revisions.append({"revision": number, "updated": "2026-01-01T00:00:00Z", **told})
    return json.dumps(revisions, separators=(",", ":"))


def in_ci() -> bool:
    return bool(os.environ.get("CI"))
