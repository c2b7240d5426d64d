from collections.abc import AsyncIterator

import pytest

from notification_service.main import service
from tests.support import ManualClock, Opener, OpenService
from tests.tasks import START


@pytest.fixture(scope="session")
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="session")
async def notifications(open_service: Opener, clock: ManualClock) -> AsyncIterator[OpenService]:
    async with open_service(service, clock) as opened:
        yield opened
