"""Scanning images, with exceptions that end by themselves."""

from pathlib import Path

import pytest

from tests.delivery.stage import Answer, Stage, one_line, option

IMAGES = ("--repository", "ghcr.io/someone/todo", "--tag", "abc")


@pytest.fixture
def scanner(stage: Stage) -> Stage:
    stage.programs("grype")
    for name in ("mktemp", "rm"):
        (stage.bin / name).symlink_to(f"/usr/bin/{name}")
    (stage.bin / "date").write_text("#!/bin/sh\necho 2026-05-05\n")
    (stage.bin / "date").chmod(0o755)
    return stage


def exceptions(stage: Stage, *reasons: str) -> None:
    entries = [f'  - vulnerability: CVE-2026-{n}\n    reason: "{reason}"' for n, reason in enumerate(reasons)]
    (stage.folder / "exceptions.yaml").write_text("# why\nignore:\n" + "\n".join(entries))
    stage.variables["GRYPE_EXCEPTIONS"] = str(stage.folder / "exceptions.yaml")
    # What the scanner is told, for the test to read: the script takes its file away.
    (stage.bin / "rm").unlink()
    (stage.bin / "rm").symlink_to("/bin/true")


def told(stage: Stage) -> str:
    return Path(option(stage.called("grype")[0], "--config")).read_text()


def test_every_image_is_scanned_for_both_architectures(scanner: Stage) -> None:
    result = scanner.run("scan-images.sh", *IMAGES)
    assert result.returncode == 0, result.stderr
    scanned = {(call[1], option(call, "--platform")) for call in scanner.called("grype")}
    assert len(scanned) == 10
    assert ("registry:ghcr.io/someone/todo/frontend:abc", "linux/arm64") in scanned


def test_one_vulnerable_image_fails_and_the_others_are_scanned_too(scanner: Stage) -> None:
    scanner.answers.append(Answer(["grype", "registry:ghcr.io/someone/todo/todo-backend:abc", "linux/amd64"], status=1))
    result = scanner.run("scan-images.sh", *IMAGES)
    assert result.returncode == 1
    assert "to be built again with fixed packages: todo-backend (linux/amd64)" in result.stderr
    assert len(scanner.called("grype")) == 10


def test_an_exception_counts_until_its_last_day_and_no_longer(scanner: Stage) -> None:
    exceptions(scanner, "until 2026-05-05: no shell", "until 2026-05-04: no shell")
    result = scanner.run("scan-images.sh", *IMAGES)
    assert result.returncode == 0, result.stderr
    assert "CVE-2026-0" in told(scanner)
    assert "CVE-2026-1" not in told(scanner)
    assert "CVE-2026-1: its exception ended on" in result.stderr


@pytest.mark.parametrize("reason", ["it does no harm", "until 2099-01-01:", "until next year: no shell"])
def test_an_exception_without_an_end_or_a_reason_is_refused(scanner: Stage, reason: str) -> None:
    exceptions(scanner, reason)
    result = scanner.run("scan-images.sh", *IMAGES)
    assert result.returncode == 1
    assert "CVE-2026-0: its reason does not begin with until" in result.stderr
    assert not scanner.called("grype")


def test_the_scanner_is_missing(scanner: Stage) -> None:
    (scanner.bin / "grype").unlink()
    one_line(scanner.run("scan-images.sh", *IMAGES), "grype is missing", "go install")
