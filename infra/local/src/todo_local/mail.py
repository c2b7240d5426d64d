"""Mails about accounts and reminders, which are files while no SMTP server is configured."""

import email
import email.policy
import os
import re
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from todo_local.settings import LocalSettings

SHOWN = 10
GIVEN = ("SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "SMTP_USER", "SMTP_PASSWORD", "MAIL_FROM")
"""Settings that are passed on from the environment."""
LINK = re.compile(r"https?://\S+")


class Mail(NamedTuple):
    date: str
    recipient: str
    subject: str
    link: str


def folder(settings: LocalSettings) -> Path:
    return settings.home / "mail"


def environment(settings: LocalSettings) -> dict[str, str]:
    """Returns the settings of whoever sends mails."""
    return {"MAIL_FOLDER": str(folder(settings)), **{name: os.environ[name] for name in GIVEN if os.environ.get(name)}}


def newest(settings: LocalSettings) -> list[Mail]:
    """Returns the last mails, the newest last. Their links open accounts."""
    return [read(file) for file in sorted(folder(settings).glob("*.eml"))[-SHOWN:]]


def read(file: Path) -> Mail:
    message = email.message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(("plain",))
    link = LINK.search(body.get_content() if body else "")
    return Mail(str(message["date"]), str(message["to"]), str(message["subject"]), link[0] if link else "")
