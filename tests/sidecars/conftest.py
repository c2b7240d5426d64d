from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.sidecars.stage import Stage, staged
from tests.suite import need_dapr


@pytest_asyncio.fixture(scope="session", params=["local", "daprd"])
async def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    if request.param == "daprd":
        need_dapr()
    async with staged(request.param, tmp_path_factory.mktemp(request.param)) as made:
        yield made
