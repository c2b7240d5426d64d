"""Mails about accounts, which the web server writes to files while no SMTP server is configured."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from todo_local.settings import LocalSettings

SHOWN = 10
LINK = re.compile(r"https?://\S+")


class Mail(NamedTuple):
    date: str
    recipient: str
    subject: str
    link: str


def folder(settings: LocalSettings) -> Path:
    return settings.home / "mail"


def newest(settings: LocalSettings) -> list[Mail]:
    """Returns the last mails, the newest last. Their links open accounts."""
    return [read(file) for file in sorted(folder(settings).glob("*.eml"))[-SHOWN:]]


def read(file: Path) -> Mail:
    message = email.message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(("plain",))
    link = LINK.search(body.get_content() if body else "")
    return Mail(str(message["date"]), str(message["to"]), str(message["subject"]), link[0] if link else "")
