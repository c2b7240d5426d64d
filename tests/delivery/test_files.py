"""Scripts and workflows by those who know their mistakes: shellcheck, actionlint, zizmor."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.delivery.stage import ROOT, in_ci

SCRIPTS = sorted((ROOT / "scripts").glob("*.sh"))
COMMANDS = [path for path in SCRIPTS if path.name not in {"lib.sh", "bootstrap.sh", "lock.sh", "test-web.sh"}]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yaml"))
ACTIONS = sorted((ROOT / ".github/actions").rglob("action.yaml"))
ACTIONLINT = ROOT / "infra/tools/actionlint"


def needed(program: str, how: str) -> str:
    if found := shutil.which(program, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}"):
        return found
    if in_ci():
        pytest.fail(f"needed in CI: {program} ({how})")
    pytest.skip(f"{program} is missing: {how}")


def passes(*command: str, folder: Path = ROOT) -> None:
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=110)
    assert result.returncode == 0, result.stdout + result.stderr


def workflow(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text()))


def test_shellcheck() -> None:
    shellcheck = needed("shellcheck", "apt-get install shellcheck")
    passes(shellcheck, *map(str, SCRIPTS), str(ROOT / ".ci/run"))


def test_actionlint() -> None:
    go = needed("go", "https://go.dev/doc/install")
    command = [go, "run", "-mod=readonly", "github.com/rhysd/actionlint/cmd/actionlint"]
    # GitHub knows `queue` since May 2026; actionlint 1.7.12, the newest, is older.
    command += ["-ignore", 'unexpected key "queue" for "concurrency" section']
    passes(*command, *map(str, WORKFLOWS), folder=ACTIONLINT)


def test_zizmor() -> None:
    zizmor = needed("zizmor", "make install")
    passes(zizmor, "--offline", "--quiet", "--config", ".github/zizmor.yml", ".github")


@pytest.mark.parametrize("script", COMMANDS, ids=lambda path: path.name)
def test_every_script_has_a_manual(script: Path) -> None:
    result = subprocess.run([script, "--help"], cwd="/", capture_output=True, text=True, check=True)
    assert f"scripts/{script.name}" in result.stdout
    cases = re.findall(r"^    ((?:-[a-z-]+(?: \| )?)+)\)", script.read_text(), re.MULTILINE)
    flags = {flag for case in cases for flag in case.split(" | ") if flag.startswith("--")} - {"--help"}
    assert "--dry-run" in flags
    assert flags <= set(re.findall(r"^ +(--[a-z-]+) ", result.stdout, re.MULTILINE)), "not in the manual"


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.name)
def test_actions_of_others_are_pinned(path: Path) -> None:
    for used in re.findall(r"uses: (\S+.*)", path.read_text()):
        assert used.startswith("./") or re.fullmatch(r"\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_have_no_more_rights_than_they_need(path: Path) -> None:
    content = workflow(path)
    assert content["permissions"] == {}
    assert "concurrency" in content
    for job in content["jobs"].values():
        assert "permissions" in job
        assert "uses" in job or job["timeout-minutes"] <= 90
        for step in job.get("steps", []):
            assert "${{" not in step.get("run", "")
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_production_is_changed_by_one_at_a_time() -> None:
    for name in ("deploy-oke", "rollback"):
        jobs = workflow(ROOT / f".github/workflows/{name}.yaml")["jobs"]
        (job,) = [job for job in jobs.values() if "environment" in job]
        assert job["environment"]["name"] == "production"
        assert job["concurrency"] == {"group": "production", "cancel-in-progress": False, "queue": "max"}


def test_what_waits_for_production_is_not_replaced_by_what_comes_later() -> None:
    """Without `queue: max` a deployment that is queued cancels a rollback that waits."""
    for name in ("deploy-oke", "rollback"):
        assert workflow(ROOT / f".github/workflows/{name}.yaml")["concurrency"]["queue"] == "max"


def test_images_that_were_built_before_are_deployed_by_their_tag() -> None:
    content: dict[Any, Any] = workflow(ROOT / ".github/workflows/deploy-oke.yaml")
    assert content[True]["workflow_dispatch"]["inputs"]["tag"]["required"] is True  # YAML 1.1 reads `on` as true
    jobs = content["jobs"]
    assert jobs["test"]["if"] == "github.event_name == 'push'", "and the images, which need it"
    deploy = jobs["deploy"]["steps"][-1]
    assert deploy["env"]["IMAGE_TAG"] == "${{ inputs.tag || github.sha }}"


def test_the_git_tag_of_a_version_makes_the_image_tag_that_the_chart_expects() -> None:
    version = workflow(ROOT / "infra/helm/todo/Chart.yaml")["appVersion"]
    content = (ROOT / ".github/workflows/build-images.yaml").read_text()
    assert "IMAGE_TAG: ${{ inputs.tag || github.ref_name }}" in content
    runs = [step["run"] for job in workflow(ROOT / ".github/workflows/build-images.yaml")["jobs"].values()
            for step in job["steps"] if "TAG" in step.get("run", "")]  # fmt: skip
    assert len(runs) == 2
    for run in runs:
        (expression,) = re.findall(r"\$\{IMAGE_TAG[^}]*\}", run)
        command = ["bash", "-c", f'IMAGE_TAG=v{version}; echo "{expression}"']
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == version


def test_helm_is_the_version_that_the_chart_is_tested_with() -> None:
    steps = workflow(ROOT / ".github/actions/oke/action.yaml")["runs"]["steps"]
    assert any("go build -C infra/kubernetes/tools" in step["run"] and "cmd/helm" in step["run"] for step in steps)


@pytest.mark.parametrize("path", sorted((ROOT / "infra/docker").glob("*.Dockerfile")), ids=lambda path: path.name)
def test_base_images_are_supported_and_pinned_by_digest(path: Path) -> None:
    bases = re.findall(r"^ARG (?:BUILD_)?BASE=(\S+)", path.read_text(), re.MULTILINE)
    assert bases
    for base in bases:
        assert re.search(r"(trixie|debian13)\S*@sha256:[0-9a-f]{64}$", base), base


def test_what_is_deployed_was_tested_and_scanned() -> None:
    jobs = workflow(ROOT / ".github/workflows/deploy-oke.yaml")["jobs"]
    assert jobs["images"]["needs"] == "test"
    assert jobs["deploy"]["needs"] == "images"
    assert workflow(ROOT / ".github/workflows/build-images.yaml")["jobs"]["scan"]["needs"] == "build"
