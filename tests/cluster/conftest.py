"""Fixtures: a cluster of one node with Dapr, the stores outside of it, and the suite as an operator deploys it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cluster import authority, gateway, images, node, programs, stores
from tests.cluster.api import Cluster, dapr_chart
from tests.cluster.release import CERTIFICATE, HTTP, HTTPS, NAMESPACE, PUBLIC_URL, Release

collect_ignore_glob = [] if os.environ.get("TODO_CLUSTER") else ["test_*.py"]
"""`make test-cluster` sets TODO_CLUSTER. These tests need root and their own Linux namespaces."""
HERE = f"{node.ADDRESS}/32"
LOCAL = (
    f"global.registry={images.REGISTRY}",
    f"global.tag={images.DAPR_TAG}",
    "global.imagePullPolicy=Never",
    "dapr_sidecar_injector.sidecarImagePullPolicy=Never",
)


ALL_BUT_MIGRATIONS = {"key": "app.kubernetes.io/name", "operator": "NotIn", "values": ["migrations"]}
"""At an installation, migrations run before the chart's policies exist; this policy alone would block their stores."""
NAMES_HERE = {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {"name": "names", "namespace": NAMESPACE},
    "spec": {
        "podSelector": {"matchExpressions": [ALL_BUT_MIGRATIONS]},
        "policyTypes": ["Egress"],
        "egress": [{"to": [{"ipBlock": {"cidr": HERE}}], "ports": [{"protocol": "UDP", "port": 53}]}],
    },
}
"""Allows DNS on the node, where CoreDNS runs as a process. The chart allows it in `kube-system` only."""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cluster")
    folder.chmod(0o755)  # Postgres does not run as root
    return folder


@pytest.fixture(scope="session")
def cluster(home: Path) -> Iterator[Cluster]:
    with node.running(home, images.folder() / "archives") as running:
        yield running


@pytest.fixture(scope="session")
def dapr(cluster: Cluster) -> None:
    settings = [f"--values={programs.DAPR_VALUES}", *(f"--set={value}" for value in LOCAL)]
    where = ("--namespace=dapr-system", "--create-namespace", "--wait", "--timeout=180s")
    with cluster.explained("dapr-system"):
        cluster.helm("install", "dapr", str(dapr_chart()), *where, *settings)


@pytest.fixture(scope="session")
def outside(home: Path, cluster: Cluster) -> Iterator[stores.Stores]:
    assert cluster.get("nodes")["items"], "the node has the address that the stores listen on"
    with stores.running(home, node.ADDRESS) as running:
        yield running


@pytest.fixture(scope="session")
def front_door(cluster: Cluster) -> Iterator[None]:
    gateway.install(cluster)
    with gateway.balancer(cluster, {HTTPS: 443, HTTP: 80}):
        yield


@pytest.fixture(scope="session")
def release(home: Path, cluster: Cluster, dapr: None, front_door: None, outside: stores.Stores) -> Release:  # noqa: ARG001
    keys = authority.known(home / "keys")
    keys.issue(CERTIFICATE, "localhost", addresses=("localhost",))
    pair = (f"--cert={keys.folder / CERTIFICATE}.crt", f"--key={keys.folder / CERTIFICATE}.key")
    cluster.kubectl("create", "namespace", NAMESPACE)
    cluster.kubectl("apply", "--filename=-", given=json.dumps(NAMES_HERE))
    cluster.kubectl("create", "secret", "tls", CERTIFICATE, "-n", NAMESPACE, *pair)
    values, api_port = home / "values.json", urlsplit(cluster.server).port
    values.write_text(
        json.dumps(
            {
                "publicUrl": PUBLIC_URL,
                "image": {"pullPolicy": "Never"},
                "exposure": {"tls": {"existingSecret": CERTIFICATE, "issuer": {"create": False, "production": False}}},
                "networkPolicy": {"stores": {"cidrs": [HERE]}, "apiServer": {"cidrs": [HERE], "ports": [api_port]}},
                "state": {"kind": "redis"},
                "migrations": {"provision": True},
                "secrets": outside.values(),
            }
        )
    )
    found = Release(cluster, values, outside)
    found.deploy()
    return found


@pytest.fixture(scope="session")
def suite(release: Release) -> Release:
    """The fixture name of tests that also run on a local suite."""
    return release
