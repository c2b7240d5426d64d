import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from conftest import own_home
from tests.sign_in.servers import SignIn, running


@pytest_asyncio.fixture(scope="session")
async def sign_in(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SignIn]:
    """Two replicas on one database. In a thread: an event loop that ends in this one would take the tests' own away."""
    started = running(own_home(tmp_path_factory, "sign-in"), replicas=2)
    yield await asyncio.to_thread(started.__enter__)
    await asyncio.to_thread(started.__exit__, None, None, None)
