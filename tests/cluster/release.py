"""The suite in the cluster, as its operator and its people have it."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.cluster import node
from tests.cluster.api import Cluster
from tests.cluster.stores import Stores
from todo_local.settings import ROOT

CHART = ROOT / "infra" / "helm" / "todo"
NAMESPACE = "todo"
PASSWORD = "correct horse battery"
PUBLIC_URL = "http://todo.test"


@dataclass(frozen=True)
class Release:
    cluster: Cluster
    values: Path
    stores: Stores

    def install(self, *more: str) -> None:
        self._helm("install", "--create-namespace", *more)

    def upgrade(self, *more: str) -> None:
        self._helm("upgrade", *more)

    def _helm(self, verb: str, *more: str) -> None:
        own = (f"--namespace={NAMESPACE}", f"--values={self.values}", "--wait", "--timeout=180s")
        with self.cluster.explained(NAMESPACE):
            self.cluster.helm(verb, "todo", str(CHART), *own, *more)

    @property
    def front_door(self) -> str:
        service = self.cluster.get("service", "frontend", "-n", NAMESPACE)["spec"]
        return f"http://{service['clusterIP']}:{service['ports'][0]['port']}"

    def pods(self, name: str = "") -> list[Any]:
        chosen = f"app.kubernetes.io/name={name}" if name else "app.kubernetes.io/part-of=todo"
        return list(self.cluster.get("pods", "-n", NAMESPACE, f"--selector={chosen}")["items"])

    def memory(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Working set and limit in bytes, by workload and container, as the node tells them."""
        told = json.loads(self.cluster.kubectl("get", "--raw", f"/api/v1/nodes/{node.NAME}/proxy/stats/summary"))
        used = {
            (pod["podRef"]["name"], container["name"]): container["memory"]["workingSetBytes"]
            for pod in told["pods"]
            for container in pod.get("containers", [])
        }
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
        with httpx.Client(base_url=self.front_door, headers={"Origin": PUBLIC_URL}, timeout=20) as page:
            account = {"email": f"{uuid4()}@example.com", "password": PASSWORD, "name": "Ann"}
            page.headers["x-forwarded-for"] = f"203.0.113.{uuid4().int % 250 + 1}"
            page.post("/api/auth/sign-up/email", json=account).raise_for_status()
            token = page.get("/api/auth/token").raise_for_status().json()["token"]
        user = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))["sub"]
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.AsyncClient(base_url=f"{self.front_door}/api/{user}", headers=headers, timeout=20)
