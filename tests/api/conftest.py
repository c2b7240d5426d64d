from collections.abc import Iterator

import pytest

from conftest import own_home
from tests import suite as suites


@pytest.fixture(scope="session")
def web_suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[suites.RunningSuite]:
    """With the page, which signs people in."""
    with suites.running(own_home(tmp_path_factory, "web"), web=True) as running:
        yield running
