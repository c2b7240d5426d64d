from collections.abc import Iterator

import pytest

from conftest import own_home
from tests.sign_in.servers import SignIn, running


@pytest.fixture(scope="session")
def sign_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    """Two replicas on one database."""
    with running(own_home(tmp_path_factory, "sign-in"), replicas=2) as started:
        yield started
