from collections.abc import AsyncIterator

import pytest

from recurring_tasks_service.main import service
from tests.support import ManualClock, Opener, OpenService
from tests.tasks import START


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
async def recurring(open_service: Opener, clock: ManualClock) -> AsyncIterator[OpenService]:
    """With its clock standing still: nothing is due but what the test makes due."""
    async with open_service(service, clock) as opened:
        yield opened
