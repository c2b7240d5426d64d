import base64
import secrets
from collections.abc import AsyncIterator

import pytest

from audit_service.main import service
from tests.support import Opener, OpenService


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@pytest.fixture(scope="session")
async def audit(open_service: Opener) -> AsyncIterator[OpenService]:
    async with open_service(service, audit_signing_key=new_key()) as opened:
        yield opened
