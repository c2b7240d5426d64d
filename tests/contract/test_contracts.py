"""The committed contracts are what the code says, and changes of events are additions."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CONTRACTS = ROOT / "specs" / "005-event-driven-suite" / "contracts"


def test_the_committed_contracts_are_not_stale() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "contracts.py"), "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("file", sorted(CONTRACTS.glob("*.openapi.yaml")), ids=lambda file: file.name)
def test_every_operation_is_named_described_and_says_its_errors(file: Path) -> None:
    document: dict[str, Any] = yaml.safe_load(file.read_text())
    names = []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            names.append(operation["operationId"])
            assert {"200", "201", "202", "204"} & operation["responses"].keys(), f"{method} {path}"
            assert {"401", "422", "503"} <= operation["responses"].keys(), f"{method} {path}"
    assert len(names) == len(set(names))
