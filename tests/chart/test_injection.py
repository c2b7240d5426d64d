"""Dapr's own injector, behind a real API server, gives the chart's pods their sidecars."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.chart.chart import CHART, VALUES
from tests.cluster import programs
from tests.cluster.api import Cluster, dapr_chart, process, until
from tests.support import free_port
from todo_local.settings import SERVICES

pytestmark = pytest.mark.slow
DAPR = "dapr-system"
SERVICE = "dapr-sidecar-injector"
SENTRY_AUDIENCE = "spiffe://cluster.local/ns/dapr-system/dapr-sentry"


@pytest.fixture(scope="module")
def injector(cluster: Cluster) -> Iterator[None]:
    """Dapr as `scripts/install-dapr.sh` installs it; its programs run here instead of in pods."""
    settings = ("--create-namespace", "--skip-crds", f"--values={programs.DAPR_VALUES}")
    cluster.helm("install", "dapr", str(dapr_chart()), "--namespace", DAPR, *settings)
    program, port = programs.ready(programs.CONTROL_PLANE) / "controlplane", free_port()
    address = cluster.get("service", SERVICE, "-n", DAPR)["spec"]["clusterIP"]
    cluster.webhooks |= {f"{name}:443": port for name in (address, f"{SERVICE}.{DAPR}.svc")}
    with ExitStack() as stack:
        common = {"NAMESPACE": DAPR, "DAPR_UNSAFE_SKIP_CONTAINER_UID_GID_CHECK": "true"}
        sentry = free_port()
        stack.enter_context(process(cluster.folder, "sentry", sentry_command(cluster, program, sentry), common))
        told = {**common, **installed_environment(cluster), **identity(cluster)}
        told["DAPR_SENTRY_ADDRESS"] = f"127.0.0.1:{sentry}"
        stack.enter_context(process(cluster.folder, "injector", injector_command(cluster, program, port), told))
        until(lambda: injects(cluster), f"nothing is injected; see the logs in {cluster.folder}")
        yield
    cluster.webhooks.clear()
    cluster.helm("uninstall", "dapr", "--namespace", DAPR)


def sentry_command(cluster: Cluster, program: Path, port: int) -> list[str]:
    folder = cluster.folder / "issuer"
    folder.mkdir()
    options = [f"--kubeconfig={cluster.config}", f"--issuer-credentials={folder}", "--trust-domain=cluster.local"]
    options += [f"--port={port}", f"--healthz-port={free_port()}", f"--metrics-port={free_port()}"]
    return [str(program), "sentry", "--mode=kubernetes", "--listen-address=127.0.0.1", *options]


def injector_command(cluster: Cluster, program: Path, port: int) -> list[str]:
    options = [f"--kubeconfig={cluster.config}", f"--port={port}", "--listen-address=127.0.0.1"]
    options += [f"--healthz-port={free_port()}", f"--metrics-port={free_port()}"]
    return [str(program), "injector", *options]


def installed_environment(cluster: Cluster) -> dict[str, str]:
    """What Dapr's chart tells the injector's own pod."""
    [container] = cluster.get("deployment", SERVICE, "-n", DAPR)["spec"]["template"]["spec"]["containers"]
    return {entry["name"]: entry["value"] for entry in container["env"] if "value" in entry}


def identity(cluster: Cluster) -> dict[str, str]:
    """A token that sentry knows the injector by: it is bound to the pod of Dapr's chart, which waits for a node."""

    def bundle() -> Any:
        return cluster.get("configmap", "-n", DAPR, "--field-selector=metadata.name=dapr-trust-bundle")["items"]

    def waiting() -> Any:
        return cluster.get("pods", "-n", DAPR, f"--selector=app={SERVICE}")["items"]

    until(lambda: bundle() and bundle()[0].get("data", {}).get("ca.crt"), "sentry makes no authority")
    until(waiting, "the injector's deployment has no pod")
    pod, anchors, token = (
        waiting()[0]["metadata"]["name"],
        cluster.folder / "anchors.crt",
        cluster.folder / "injector.token",
    )
    anchors.write_text(bundle()[0]["data"]["ca.crt"])
    bound = ["--bound-object-kind=Pod", f"--bound-object-name={pod}"]
    token.write_text(
        cluster.kubectl("create", "token", "dapr-injector", "-n", DAPR, f"--audience={SENTRY_AUDIENCE}", *bound)
    )
    return {
        "DAPR_SENTRY_TOKEN_FILE": str(token),
        "DAPR_TRUST_ANCHORS_FILE": str(anchors),
        "DAPR_CONTROL_PLANE_TRUST_DOMAIN": "cluster.local",
        "KUBE_CLUSTER_DOMAIN": "cluster.local",
    }


def injects(cluster: Cluster) -> bool:
    """Whether the webhook has its certificate and answers."""
    webhook = cluster.get("mutatingwebhookconfiguration", SERVICE)["webhooks"][0]
    return bool(webhook["clientConfig"].get("caBundle"))


@pytest.fixture(scope="module")
def pods(cluster: Cluster, injector: None) -> Iterator[dict[str, Any]]:  # noqa: ARG001
    """The chart's pods, as they were admitted into a namespace that is held to the restricted profile."""
    namespace = "todo-injected"
    cluster.kubectl("create", "namespace", namespace)
    cluster.kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted")
    cluster.helm("install", "todo", str(CHART), *VALUES["gateway"], "--set=migrations.enabled=false", "-n", namespace)
    wanted = {service.app_id for service in SERVICES} | {"frontend"}

    def admitted() -> dict[str, Any]:
        found = cluster.get("pods", "-n", namespace)["items"]
        return {pod["metadata"]["labels"]["app.kubernetes.io/name"]: pod for pod in found}

    until(lambda: set(admitted()) >= wanted, "not every pod was admitted")
    yield admitted()
    cluster.helm("uninstall", "todo", "-n", namespace)


def sidecar_of(pod: Any) -> Any:
    [sidecar] = [container for container in pod["spec"].get("initContainers", []) if container["name"] == "daprd"]
    return sidecar


@pytest.mark.parametrize("app_id", [service.app_id for service in SERVICES])
def test_every_service_gets_a_sidecar_of_its_own(pods: dict[str, Any], app_id: str) -> None:
    sidecar = sidecar_of(pods[app_id])
    given = {name: value for name, value in pairwise(sidecar["args"]) if name.startswith("--")}
    assert given["--app-id"] == app_id
    assert given["--app-port"] == "8000"
    assert given["--config"] == app_id
    assert given["--app-health-check-path"] == "/health/subscriptions"
    assert sidecar["restartPolicy"] == "Always", "it starts before the app, and ends after it"
    assert sidecar["resources"]["limits"]["memory"] == "256Mi"
    assert sidecar["resources"]["requests"] == {"cpu": "20m", "memory": "64Mi"}


@pytest.mark.parametrize("app_id", [service.app_id for service in SERVICES])
def test_a_sidecar_is_of_the_restricted_profile_and_alone_has_the_accounts_token(
    pods: dict[str, Any], app_id: str
) -> None:
    sidecar, [app] = sidecar_of(pods[app_id]), pods[app_id]["spec"]["containers"]
    security = sidecar["securityContext"]
    assert security["runAsNonRoot"]
    assert security["readOnlyRootFilesystem"]
    assert not security["allowPrivilegeEscalation"]
    assert security["capabilities"]["drop"] == ["ALL"]
    assert security["seccompProfile"]["type"] == "RuntimeDefault"
    assert "account" in {mount["name"] for mount in sidecar["volumeMounts"]}
    assert "account" not in {mount["name"] for mount in app["volumeMounts"]}


@pytest.mark.parametrize("app_id", [service.app_id for service in SERVICES])
def test_app_and_sidecar_know_each_other_by_the_same_tokens(pods: dict[str, Any], app_id: str) -> None:
    sidecar, [app] = sidecar_of(pods[app_id]), pods[app_id]["spec"]["containers"]
    for name in ("DAPR_API_TOKEN", "APP_API_TOKEN"):
        [ours] = [entry for entry in app["env"] if entry["name"] == name]
        [theirs] = [entry for entry in sidecar["env"] if entry["name"] == name]
        assert ours["valueFrom"]["secretKeyRef"] == theirs["valueFrom"]["secretKeyRef"]


def test_the_page_has_none(pods: dict[str, Any]) -> None:
    assert "initContainers" not in pods["frontend"]["spec"]
