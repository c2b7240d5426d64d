"""Which `daprd` is used: an installed one that fits, else the one in the user's cache, else one is built."""

import os
from pathlib import Path

import pytest

from todo_local import daprd


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine that has neither daprd nor Go nor anything in its cache."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}


def test_an_installed_one_serves_when_its_minor_version_is_ours(environment: dict[str, str], tmp_path: Path) -> None:
    major, minor, _ = daprd.version().split(".")
    installed = program(tmp_path / "bin", "daprd", f"echo {major}.{minor}.99")
    assert daprd.path(environment) == installed


def test_another_version_does_not_serve(environment: dict[str, str], tmp_path: Path) -> None:
    program(tmp_path / "bin", "daprd", "echo 1.2.3")
    cached = program(daprd.programs().folder(environment), "daprd", "")
    assert daprd.path(environment) == cached


@pytest.mark.parametrize(
    ("go", "named"),
    [
        ("", "go is missing: install Go"),
        ("echo go version go1.20.1 linux/amd64", "or newer is needed"),
        ('test "$1" = build && exit 1; echo go version go1.99.0 linux/amd64', "daprd could not be built"),
    ],
)
def test_what_is_missing_is_named_and_nothing_half_built_stays(
    environment: dict[str, str], tmp_path: Path, go: str, named: str
) -> None:
    if go:
        program(tmp_path / "bin", "go", go)
    with pytest.raises(SystemExit, match=named):
        daprd.path(environment)
    assert daprd.programs().built(environment) is None


def test_what_was_built_is_kept_for_the_next_time(environment: dict[str, str], tmp_path: Path) -> None:
    builds = tmp_path / "builds"
    program(
        tmp_path / "bin",
        "go",
        f'if [ "$1" = build ]; then echo once >> {builds}; shift; '
        'while [ "$1" != -o ]; do shift; done; : > "$2"; else echo go version go1.99.0 linux/amd64; fi',
    )
    first, second = daprd.path(environment), daprd.path(environment)
    assert first == second == daprd.programs().folder(environment) / "daprd"
    assert builds.read_text() == "once\n"
