"""Pods reach only the targets that the chart's network policies allow. kube-router enforces the policies here."""

from collections.abc import Iterator

import pytest

from tests.cluster import images, node, stores
from tests.cluster.release import NAMESPACE, Release

APPS = ("todo-backend", "notification-service", "recurring-tasks-service", "audit-service")
PARTS = {*(f"{app}:8000" for app in APPS), "frontend:3000"}
SIDECARS = {f"{app}-dapr:50002" for app in APPS}
OUTSIDE = {f"{node.ADDRESS}:{port}" for port in (stores.POSTGRES, stores.KAFKA, stores.REDIS)}
KUBELET = f"{node.ADDRESS}:10250"
CONNECT = """
import socket, sys
for place in sys.argv[1:]:
    host, port = place.rsplit(":", 1)
    socket.getaddrinfo(host, port)
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
    except OSError:
        continue
    print(place)
"""
pytestmark = pytest.mark.timeout(200)


def reached(release: Release, pod: str, places: set[str], namespace: str = NAMESPACE) -> set[str]:
    python = ("exec", pod, "-n", namespace, "-c", pod.rsplit("/", maxsplit=1)[-1], "--", "python3", "-c", CONNECT)
    return set(release.cluster.kubectl(*python, *sorted(places)).split())


@pytest.fixture
def stranger(release: Release) -> Iterator[str]:
    """A pod that does not belong to the suite, in another namespace."""
    image = (f"--image={images.REGISTRY}/todo-backend:{images.TAG}", "--image-pull-policy=Never")
    release.cluster.kubectl("run", "stranger", "-n", "default", *image, "--command", "--", "sleep", "300")
    release.cluster.kubectl("wait", "--for=condition=Ready", "pod/stranger", "-n", "default", "--timeout=60s")
    yield "stranger"
    release.cluster.kubectl("delete", "pod", "stranger", "-n", "default", "--grace-period=0", "--force")


@pytest.mark.parametrize("app", APPS)
def test_a_service_reaches_its_stores_the_sidecars_and_the_page_and_no_other_service(
    release: Release, app: str
) -> None:
    found = reached(release, f"deploy/{app}", PARTS | SIDECARS | OUTSIDE | {KUBELET})
    assert found - {f"{app}:8000"} == SIDECARS | OUTSIDE | {"frontend:3000"}


def test_nobody_from_elsewhere_in_the_cluster_reaches_any_part(release: Release, stranger: str) -> None:
    inside = {f"{host}.{NAMESPACE}:{port}" for host, port in (place.split(":") for place in PARTS | SIDECARS)}
    assert reached(release, stranger, inside | {KUBELET}, "default") == {KUBELET}
