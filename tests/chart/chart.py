"""The chart as people use it: the values files that come with it, each with what it asks to be told."""

import atexit
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import yaml

from tests.cluster import programs
from tests.cluster.api import run_program
from todo_local.settings import ROOT

CHART = ROOT / "infra" / "helm" / "todo"
NAMESPACE = "todo-test"
EXAMPLE = CHART / "secrets.example.yaml"
PLACEHOLDER = "CHANGE-ME"
HERE = Path(__file__).parent
IMAGES = ("--set", "image.repository=registry.example.com/todo")


def filled_example() -> Path:
    """The example as somebody fills it in; gone when the tests end."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", delete=False) as file:
        file.write(EXAMPLE.read_text().replace(PLACEHOLDER, "SECRET"))
    atexit.register(os.remove, file.name)
    return Path(file.name)


FILLED = filled_example()
VALUES = {
    "gateway": [
        f"--values={FILLED}",
        *IMAGES,
        "--set=exposure.gateway.className=eg,exposure.tls.issuer.name=letsencrypt",
    ],
    "ingress": [f"--values={FILLED}", *IMAGES, f"--values={HERE / 'values' / 'ingress.yaml'}"],
    "everything": [f"--values={FILLED}", *IMAGES, f"--values={HERE / 'values' / 'everything.yaml'}"],
    "oke": [f"--values={CHART / 'values.oke.yaml'}", f"--values={FILLED}", *IMAGES],
    "minikube": [f"--values={CHART / 'values.minikube.yaml'}"],
}
MONITORED = (
    "--api-versions",
    "monitoring.coreos.com/v1/PodMonitor",
    "--api-versions",
    "monitoring.coreos.com/v1/PrometheusRule",
)
MADE_ANEW = re.compile(r"^(  \w+: |.*postgresql://[a-z_]+:)[A-Za-z0-9+/=]{38,}(?=$|@)", re.MULTILINE)

Object = dict[str, Any]


def helm(*arguments: str) -> str:
    return run_program(programs.ready(programs.HELM) / "helm", arguments)


def render(values: str, *more: str) -> str:
    """The manifests of a values file, with what is random in them left out."""
    text = helm("template", "todo", str(CHART), "--namespace", NAMESPACE, *VALUES[values], *MONITORED, *more)
    return MADE_ANEW.sub(r"\1RANDOM", text)


def objects(values: str, *more: str) -> list[Object]:
    return [found for found in yaml.safe_load_all(render(values, *more)) if found]


def pods(found: list[Object]) -> list[tuple[str, Object]]:
    """Name and pod template of everything that runs."""
    running = []
    for item in found:
        name = f"{item['kind']}/{item['metadata']['name']}"
        if item["kind"] == "Pod":
            running.append((name, item))
        elif "template" in item.get("spec", {}):
            running.append((name, item["spec"]["template"]))
    return running
