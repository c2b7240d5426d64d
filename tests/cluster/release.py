"""The suite in the cluster, as its operator and its people have it."""

import base64
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.cluster import images
from tests.cluster.api import Cluster
from tests.cluster.stores import Stores
from todo_local.settings import ROOT

NAMESPACE = "todo"
PASSWORD = "correct horse battery"
PORT = 8080
PUBLIC_URL = f"http://localhost:{PORT}"
"""Where the page is for a browser, while the port is forwarded."""


@dataclass(frozen=True)
class Release:
    cluster: Cluster
    values: Path
    stores: Stores

    def deploy(self, timeout: str = "180s", **changed: Any) -> None:
        """As an operator does it; `changed` are values over those of the installation."""
        more = self.values.with_name("changed.json")
        more.write_text(json.dumps(changed))
        built = ("--repository", images.REGISTRY, "--tag", images.TAG)
        values = ("--values", str(self.values), "--values", str(more))
        with self.cluster.explained(NAMESPACE):
            self.script("deploy.sh", *built, *values, "--timeout", timeout)

    def script(self, name: str, *arguments: str, **environment: str) -> str:
        """What it prints; what it fails with is raised."""
        return self.cluster.run(ROOT / "scripts" / name, arguments, **environment)

    @property
    def front_door(self) -> tuple[str, int]:
        service = self.cluster.get("service", "frontend", "-n", NAMESPACE)["spec"]
        return service["clusterIP"], service["ports"][0]["port"]

    def client(self, user: str) -> httpx.AsyncClient:  # noqa: ARG002
        """For tests that name their people: each has an account of their own."""
        return self.sign_up()

    @property
    def url(self) -> str:
        return "http://{}:{}".format(*self.front_door)

    def rpk(self) -> Path:
        """A folder with an `rpk` that does of it what the scripts ask for; Redpanda's own is in no registry."""
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

    def memory(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Working set and limit in bytes, by workload and container, as the node tells them."""
        used = {(pod, container): size for _, pod, container, size in self.cluster.working_sets()}
        found = {}
        for pod in self.pods():
            app, spec = pod["metadata"]["labels"]["app.kubernetes.io/name"], pod["spec"]
            for container in (*spec["containers"], *spec.get("initContainers", [])):
                limit = int(container["resources"]["limits"]["memory"].removesuffix("Mi")) * 1024 * 1024
                if size := used.get((pod["metadata"]["name"], container["name"])):
                    found[app, container["name"]] = (size, limit)
        return found

    def sign_up(self) -> httpx.AsyncClient:
        """Somebody new: their paths begin behind `/api/{user}`."""
        with httpx.Client(base_url=self.url, headers={"Origin": PUBLIC_URL}, timeout=20) as page:
            account = {"email": f"{uuid4()}@example.com", "password": PASSWORD, "name": "Ann"}
            page.headers["x-forwarded-for"] = f"203.0.113.{uuid4().int % 250 + 1}"
            page.post("/api/auth/sign-up/email", json=account).raise_for_status()
            token = page.get("/api/auth/token").raise_for_status().json()["token"]
        user = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))["sub"]
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.AsyncClient(base_url=f"{self.url}/api/{user}", headers=headers, timeout=20)
