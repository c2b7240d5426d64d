import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from conftest import own_home
from tests.mailbox import Mailbox
from tests.sign_in.servers import SignIn, running
from tests.sign_in.task_api import TaskApi

CONTACT = {"SECURITY_CONTACT": "mailto:security@todo.example"}


@pytest.fixture(scope="session")
def mail_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `sign_in` writes its mails, as on a laptop."""
    return own_home(tmp_path_factory, "mails") / "mail"


@pytest_asyncio.fixture(scope="session")
async def sign_in(tmp_path_factory: pytest.TempPathFactory, mail_folder: Path) -> AsyncIterator[SignIn]:
    """Two replicas on one database. In a thread: an event loop that ends in this one would take the tests' own away."""
    settings = {"MAIL_FOLDER": str(mail_folder)}
    started = running(own_home(tmp_path_factory, "sign-in"), 2, settings)
    yield await asyncio.to_thread(started.__enter__)
    await asyncio.to_thread(started.__exit__, None, None, None)


@pytest.fixture(scope="session")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailbox]:
    with Mailbox(own_home(tmp_path_factory, "mailbox")) as server:
        yield server


@pytest_asyncio.fixture(scope="session")
async def mailing(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox) -> AsyncIterator[SignIn]:
    """The same with an SMTP server."""
    started = running(own_home(tmp_path_factory, "mailing"), 2, {**mailbox.environment, **CONTACT})
    yield await asyncio.to_thread(started.__enter__)
    await asyncio.to_thread(started.__exit__, None, None, None)


@pytest.fixture
def task_api(sign_in: SignIn) -> Iterator[TaskApi]:
    with TaskApi(sign_in.backend_port) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
