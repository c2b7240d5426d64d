"""What cannot read `services.toml` lists every service of it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from todo_local.settings import ROOT, SERVICES, ServiceSpec

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
BUILD = yaml.safe_load((ROOT / ".github/workflows/build-images.yaml").read_text())
VALUES = yaml.safe_load((ROOT / "infra/helm/todo/values.yaml").read_text())
DAPR_APPS = {app["appID"] for app in yaml.safe_load((ROOT / "dapr.yaml").read_text())["apps"]}


def images() -> list[str]:
    matrices: list[Any] = [job.get("strategy", {}).get("matrix", {}).get("image") for job in BUILD["jobs"].values()]
    return next(found for found in matrices if found)


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.app_id)
def test_a_service_is_in_every_list(service: ServiceSpec) -> None:
    assert service.module in PYPROJECT["ruff"]["lint"]["isort"]["known-first-party"]
    assert f"{service.folder}/src" in PYPROJECT["mypy"]["mypy_path"].split(":")
    assert service.module in PYPROJECT["importlinter"]["root_packages"]
    assert service.module in PYPROJECT["importlinter"]["contracts"][0]["modules"]
    assert service.app_id in images()
    assert VALUES["workloads"][service.app_id]["module"] == service.module
    assert service.app_id in DAPR_APPS
    assert (ROOT / f"infra/helm/todo/dapr/config/{service.app_id}.yaml").is_file()
    assert Path(ROOT / service.folder / "pyproject.toml").is_file()


def test_the_images_are_those_of_the_services_and_the_page() -> None:
    assert set(images()) == set(VALUES["workloads"]) == {*(service.app_id for service in SERVICES), "frontend"}
