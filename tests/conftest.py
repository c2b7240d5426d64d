from collections.abc import Iterator

import pytest

from tests import suite as suites


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[suites.RunningSuite]:
    """The running suite, one for all tests that only use it."""
    home = tmp_path_factory.mktemp("suite")
    home.chmod(0o755)
    with suites.running(home) as running:
        yield running
