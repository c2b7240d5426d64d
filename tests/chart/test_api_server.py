"""A real API server takes what the chart makes: every object is validated, also those of custom resources."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.chart.chart import CHART, VALUES, objects
from tests.cluster.api import Cluster, Refused
from tests.cluster.programs import GATEWAY_SOURCES

pytestmark = pytest.mark.slow
KAFKA = "--set=trial.kafka.enabled=false"  # Strimzi's definitions are in no registry that tests may ask


@pytest.fixture
def namespace(cluster: Cluster) -> Iterator[str]:
    name = f"todo-{uuid4().hex[:8]}"
    cluster.kubectl("create", "namespace", name)
    cluster.kubectl("label", "namespace", name, "pod-security.kubernetes.io/enforce=restricted")
    yield name
    cluster.kubectl("delete", "namespace", name, "--wait=false")


@pytest.mark.parametrize("values", VALUES)
def test_a_release_comes_changes_and_goes_and_leaves_nothing(cluster: Cluster, namespace: str, values: str) -> None:
    """Without the jobs, as there is no node that they could run on."""
    own = [*VALUES[values], KAFKA, "--set=migrations.enabled=false", "--namespace", namespace]
    cluster.helm("install", "todo", str(CHART), *own)
    before = {entry["metadata"]["name"]: entry for entry in cluster.get("secrets", "-n", namespace)["items"]}
    cluster.helm("upgrade", "todo", str(CHART), *own, "--set=defaults.logLevel=DEBUG")
    after = {entry["metadata"]["name"]: entry for entry in cluster.get("secrets", "-n", namespace)["items"]}
    for name in before:
        if not name.startswith("sh.helm"):
            assert after[name]["data"] == before[name]["data"], f"an upgrade changes the secret {name}"
    cluster.helm("rollback", "todo", "1", "--namespace", namespace)
    cluster.helm("uninstall", "todo", "--namespace", namespace)
    kinds = sorted({item["kind"] for item in objects(values, KAFKA)} | {"Pod", "Secret", "ConfigMap"})
    left = cluster.get(",".join(kinds), "-n", namespace, "--selector=app.kubernetes.io/part-of=todo")["items"]
    remaining = [item for item in left if "deletionTimestamp" not in item["metadata"] and item["kind"] != "Pod"]
    assert [f"{item['kind']}/{item['metadata']['name']}" for item in remaining] == []


@pytest.mark.parametrize("values", VALUES)
def test_the_server_knows_every_field(cluster: Cluster, namespace: str, values: str) -> None:
    """Strictly: a field that is unknown or there twice is refused. Helm itself lets it pass."""
    text = cluster.helm(
        "template",
        "todo",
        str(CHART),
        "-n",
        namespace,
        "--api-versions=monitoring.coreos.com/v1/PodMonitor",
        "--api-versions=monitoring.coreos.com/v1/PrometheusRule",
        *VALUES[values],
        KAFKA,
    )
    cluster.kubectl("create", "-n", namespace, "--dry-run=server", "--validate=strict", "-f", "-", given=text)


def test_the_server_knows_the_class_of_gateways(cluster: Cluster) -> None:
    file = str(GATEWAY_SOURCES / "class.yaml")
    cluster.kubectl("create", "--dry-run=server", "--validate=strict", "-f", file)


def test_what_is_misspelt_is_refused(cluster: Cluster, namespace: str) -> None:
    text = cluster.helm("template", "todo", str(CHART), "-n", namespace, *VALUES["gateway"])
    for right, wrong in (
        ("periodSeconds", "periodSecond"),
        ("requestRedirect:", "requestRedirects:"),
        ("maxRetries", "retries"),
    ):
        assert right in text
        with pytest.raises(Refused, match="unknown field"):
            cluster.kubectl(
                "create",
                "-n",
                namespace,
                "--dry-run=server",
                "--validate=strict",
                "-f",
                "-",
                given=text.replace(right, wrong, 1),
            )
