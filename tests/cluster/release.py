"""The suite in the cluster, as operators and users see it."""

import base64
import json
import ssl
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import httpx

from tests.chart.chart import CHART
from tests.cluster import images
from tests.cluster.api import Cluster
from tests.cluster.stores import Stores
from todo_local.settings import ROOT

NAMESPACE = "todo"
PASSWORD = "correct horse battery"
CERTIFICATE = "front-door"
"""Name of the secret with the certificate of the front door."""
HTTPS, HTTP = 8443, 8080
PUBLIC_URL = f"https://localhost:{HTTPS}"


@dataclass(frozen=True)
class Release:
    cluster: Cluster
    values: Path
    stores: Stores

    def deploy(self, timeout: str = "180s", **changed: Any) -> None:
        """Deploys with the operator's script. `changed` are values that override those of the installation."""
        more = self.values.with_name("changed.json")
        more.write_text(json.dumps(changed))
        built = ("--repository", images.REGISTRY, "--tag", images.TAG)
        values = ("--values", str(CHART / "values.oke.yaml"), "--values", str(self.values), "--values", str(more))
        backup = ("--backup-to", str(self.values.parent / "before-upgrades"))
        with self.cluster.explained(NAMESPACE):
            arguments = (*built, *values, *backup, "--timeout", timeout, "--url", self.url)
            self.script("deploy.sh", *arguments, **self.stores.postgres())

    def script(self, name: str, *arguments: str, **environment: str) -> str:
        """Runs a script and returns its output. Raises Refused if it fails."""
        curl = {"CURL_CA_BUNDLE": str(self.authority), "SMOKE_PAUSE": "1"}
        return self.cluster.run(ROOT / "scripts" / name, arguments, **curl, **environment)

    @property
    def authority(self) -> Path:
        """The authority that signed the front door's certificate."""
        return self.cluster.folder / "keys" / "ca.crt"

    def client(self, user: str) -> httpx.AsyncClient:  # noqa: ARG002
        """Returns a client of a new account; the name is ignored. Same signature as `RunningSuite.client`."""
        return self.sign_up()

    @property
    def url(self) -> str:
        return PUBLIC_URL

    def rpk(self) -> Path:
        """Returns a folder with a substitute for `rpk` that the scripts use; Redpanda's own is in no registry."""
        folder = self.cluster.folder / "rpk"
        folder.mkdir(exist_ok=True)
        program = folder / "rpk"
        module = f"{sys.executable} -m tests.cluster.rpk {self.stores.brokers}"
        program.write_text(f'#!/bin/sh\ncd {ROOT} && exec {module} "$@"\n')
        program.chmod(0o755)
        return folder

    def pods(self, name: str = "") -> list[Any]:
        chosen = f"app.kubernetes.io/name={name}" if name else "app.kubernetes.io/part-of=todo"
        return list(self.cluster.get("pods", "-n", NAMESPACE, f"--selector={chosen}")["items"])

    def replace_pods(self) -> None:
        """Deletes all pods and returns when the new ones are ready."""
        self.cluster.kubectl("delete", "pods", "-n", NAMESPACE, "--selector=app.kubernetes.io/part-of=todo")
        self.until_rolled_out()

    def until_rolled_out(self) -> None:
        for deployment in self.cluster.get("deployments", "-n", NAMESPACE)["items"]:
            name = f"deployment/{deployment['metadata']['name']}"
            self.cluster.kubectl("rollout", "status", name, "-n", NAMESPACE, "--timeout=120s")

    def without_sidecar(self) -> set[str]:
        """Returns the names of services with a pod that was admitted without a sidecar."""
        return {
            pod["metadata"]["labels"]["app.kubernetes.io/name"]
            for pod in self.pods()
            if pod["metadata"].get("annotations", {}).get("dapr.io/enabled") and not pod["spec"].get("initContainers")
        }

    def memory(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Returns working set (as the node reports it) and limit in bytes, by workload and container."""
        used = {(pod, container): size for _, pod, container, size in self.cluster.working_sets()}
        found = {}
        for pod in self.pods():
            app, spec = pod["metadata"]["labels"]["app.kubernetes.io/name"], pod["spec"]
            for container in (*spec["containers"], *spec.get("initContainers", [])):
                limit = int(container["resources"]["limits"]["memory"].removesuffix("Mi")) * 1024 * 1024
                if size := used.get((pod["metadata"]["name"], container["name"])):
                    found[app, container["name"]] = (size, limit)
        return found

    @contextmanager
    def page(self, headers: Mapping[str, str] = MappingProxyType({})) -> Iterator[httpx.Client]:
        """Yields a client that acts as the browser of a new, signed-in account."""
        trusted = ssl.create_default_context(cafile=self.authority)
        account = {"email": f"{uuid4()}@example.com", "password": PASSWORD, "name": "Ann"}
        headers = {"Origin": self.url, **headers}
        with httpx.Client(base_url=self.url, headers=headers, verify=trusted, timeout=20) as page:
            page.post("/api/auth/sign-up/email", json=account).raise_for_status()
            yield page

    def sign_up(self) -> httpx.AsyncClient:
        """Creates an account and returns its API client. Paths are relative to `/api/{user}`."""
        with self.page() as page:
            token = page.get("/api/auth/token").raise_for_status().json()["token"]
        user = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))["sub"]
        headers, trusted = {"Authorization": f"Bearer {token}"}, ssl.create_default_context(cafile=self.authority)
        return httpx.AsyncClient(base_url=f"{self.url}/api/{user}", headers=headers, verify=trusted, timeout=20)
