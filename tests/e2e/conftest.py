"""These tests run twice: on the local sidecar, and on real Dapr and Kafka."""

import pytest

from tests.suite import RunningSuite


@pytest.fixture(scope="session", params=["local", "dapr"])
def suite(request: pytest.FixtureRequest) -> RunningSuite:
    running: RunningSuite = request.getfixturevalue(f"{request.param}_suite")
    return running
