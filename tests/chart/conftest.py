from collections.abc import Iterator

import pytest

from tests.cluster import api


@pytest.fixture(scope="package")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[api.Cluster]:
    """A real API server that knows the custom resources of Dapr, cert-manager, the Gateway API and Prometheus."""
    with api.running(tmp_path_factory.mktemp("cluster")) as running:
        folders = [f"--filename={folder}" for folder in api.crd_folders()]
        running.kubectl("apply", "--server-side", *folders)
        running.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
        yield running
