"""Sends a notification by mail: by SMTP, or as a file in a folder of an installation on a laptop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.errors import MessageError
from functools import partial
from pathlib import Path
from typing import cast

from fastapi import FastAPI

from notification_service.email.message import compose
from notification_service.email.smtp import ATTEMPT_SECONDS, SmtpServer
from notification_service.sending import Channel, Never, Outcome, Outgoing, Sent
from notification_service.settings import Settings
from todo_kit.clock import Clock
from todo_kit.ids import uuid7
from todo_kit.runtime import Runtime

MAILER = "mailer"
KEPT_FILES = 50
Mailer = Callable[[bytes, str], Awaitable[Outcome]]


def is_available(settings: Settings) -> bool:
    return bool(settings.smtp_host or settings.mail_folder)


@asynccontextmanager
async def lifespan(_: FastAPI, runtime: Runtime) -> AsyncIterator[None]:
    settings = cast("Settings", runtime.settings)
    server = SmtpServer(settings)
    if settings.smtp_host:
        runtime.extras[MAILER] = server.send
    elif settings.mail_folder:
        runtime.extras[MAILER] = partial(_to_folder, settings.mail_folder, runtime.clock)
    yield
    server.close()


async def send(runtime: Runtime, outgoing: Outgoing) -> Outcome:
    settings = cast("Settings", runtime.settings)
    mailer: Mailer | None = runtime.extras.get(MAILER)
    if mailer is None:
        return Never("this installation sends no mail")
    try:
        message = compose(outgoing, settings.sender, settings.public_url, settings.host)
    except (ValueError, MessageError) as error:
        return Never(f"not an address for mails: {error}", target_gone=True)
    return await mailer(message, outgoing.target)


async def _to_folder(folder: Path, clock: Clock, message: bytes, _: str) -> Outcome:
    name = f"{clock.now():%Y-%m-%dT%H-%M-%S.%fZ}-{uuid7()}.eml"
    await asyncio.to_thread(_write, folder, name, message)
    return Sent()


def _write(folder: Path, name: str, message: bytes) -> None:
    """Writes a file that appears when it is complete, and that only its owner can read. Keeps the newest ones."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f".{name}"
    file.touch(mode=0o600)
    file.write_bytes(message)
    file.rename(folder / name)
    for old in sorted(folder.glob("*.eml"))[:-KEPT_FILES]:
        old.unlink(missing_ok=True)


CHANNEL = Channel("email", send, at_once=4, attempt_seconds=ATTEMPT_SECONDS)
"""Some mail servers take three connections at a time from a client, most take more."""
