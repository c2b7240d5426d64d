from collections.abc import AsyncIterator

import pytest

from audit_service.main import service
from tests.support import Opener, OpenService


@pytest.fixture(scope="session")
async def audit(open_service: Opener) -> AsyncIterator[OpenService]:
    async with open_service(service) as opened:
        yield opened
