from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager

import pytest

from conftest import own_home
from notification_service.main import service
from tests.mailbox import Mailbox
from tests.notified import Replicas
from tests.push_service import PushService
from tests.support import ManualClock, Opener, OpenService
from tests.tasks import START
from tests.webhook_receiver import Receiver
from todo_kit.clock import Clock


@pytest.fixture(scope="session")
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="session")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    with Mailbox(own_home(tmp_path_factory, "mailbox")) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", server.environment["SSL_CERT_FILE"])
        yield server


@pytest.fixture(scope="session")
def push_service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        yield server


@pytest.fixture(scope="session")
def replica(open_service: Opener, mailbox: Mailbox, push_service: PushService) -> Replicas:
    """Opens replicas of one installation: what is waiting is sent by whichever comes first."""
    smtp = {name.lower(): value for name, value in mailbox.environment.items() if name.startswith(("SMTP_", "MAIL_"))}

    def open_replica(clock: Clock | None = None) -> AbstractAsyncContextManager[OpenService]:
        return open_service(
            service,
            clock,
            **smtp,
            push_services=(push_service.origin,),
            public_url="https://todo.example",
            webhook_networks=("127.0.0.0/8", "::1/128"),
        )

    return open_replica


@pytest.fixture(scope="session")
async def notifications(replica: Replicas, clock: ManualClock) -> AsyncIterator[OpenService]:
    async with replica(clock) as opened:
        yield opened
