"""What a service's image has: its own lock, no more than the whole one, and enough to load every module."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from todo_local.settings import ROOT, SERVICES

PACKAGES = {service.module: service.folder for service in SERVICES}
LOAD = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    for found in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
"""


@pytest.mark.parametrize("folder", PACKAGES.values())
def test_a_services_lock_is_a_part_of_the_whole_one(folder: str) -> None:
    whole, own = pins(ROOT / "requirements.lock"), pins(ROOT / folder / "requirements.lock")
    assert own
    for name, pinned in own.items():
        assert whole[name] == pinned, f"{name}: scripts/lock.sh writes the locks anew"


def pins(lock: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """Version and hashes by package."""
    found = {}
    for entry in re.split(r"^(?=[a-z0-9])", lock.read_text(), flags=re.MULTILINE):
        if named := re.match(r"([a-z0-9._-]+)==([^ ;]+)", entry):
            found[named[1]] = (named[2], frozenset(re.findall(r"--hash=(\S+)", entry)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("module", "folder"), PACKAGES.items())
def test_a_service_loads_with_what_its_lock_has(module: str, folder: str, tmp_path: Path) -> None:
    uv = str(Path(sys.executable).with_name("uv"))
    python = tmp_path / "bin" / "python"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(tmp_path)], check=True)
    lock = str(ROOT / folder / "requirements.lock")
    install = [uv, "pip", "install", "--quiet", "--python", str(python), "--require-hashes", "--requirement", lock]
    subprocess.run(install, check=True)
    sources = os.pathsep.join(str(ROOT / part / "src") for part in ("services/kit", folder))
    command = [str(python), "-c", LOAD, "todo_kit", module]
    done = subprocess.run(
        command, env={"PYTHONPATH": sources}, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-1000:]
