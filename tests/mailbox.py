"""A real SMTP server on loopback with a certificate of its own authority, which can refuse, be silent and die."""

import asyncio
import email
import email.policy
import re
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Self

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support import free_port

USER, PASSWORD = "todo", "password of the relay"
SENDER = "todo@todo.example"
SILENCE_SECONDS = 120.0
PATIENCE = 30.0


def link_of(message: EmailMessage) -> str:
    found = re.search(r"https?://\S+", text_of(message))
    assert found, text_of(message)
    return found[0]


def token_of(message: EmailMessage) -> str:
    return link_of(message).split("#", 1)[1]


def text_of(message: EmailMessage) -> str:
    return str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]


@dataclass
class Mailbox:
    """What arrived, by recipient, and what the server does next for a recipient."""

    folder: Path
    starttls: bool = True
    port: int = field(default_factory=free_port)
    messages: list[EmailMessage] = field(default_factory=list)
    plans: dict[str, list[str]] = field(default_factory=dict)
    """Answers to the next messages for a recipient: an SMTP answer, `silence`, or `die` after the message was taken."""
    refused: dict[str, str] = field(default_factory=dict)
    """What the server answers to the recipient, before any message."""
    attempts: dict[str, int] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __enter__(self) -> Self:
        authority = trustme.CA()
        certificate = authority.issue_cert("localhost", "127.0.0.1")
        self.authority_file = self.folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.authority_file))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        self.controller = Controller(
            Handler(self),
            hostname="127.0.0.1",
            port=self.port,
            tls_context=context if self.starttls else None,
            authenticator=authenticate,
            auth_required=self.starttls,
            auth_require_tls=True,
        )
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SMTP_HOST": "localhost",
            "SMTP_PORT": str(self.port),
            "SMTP_USER": USER,
            "SMTP_PASSWORD": PASSWORD,
            "MAIL_FROM": SENDER,
            "NODE_EXTRA_CA_CERTS": str(self.authority_file),
            "SSL_CERT_FILE": str(self.authority_file),
        }

    def wait_for(self, recipient: str, count: int = 1) -> EmailMessage:
        """Returns the newest of so many messages."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.to(recipient)) >= count, PATIENCE), f"no mail to {recipient}"
        return self.to(recipient)[-1]

    def wait_until(self, recipient: str, arrived: Callable[[EmailMessage], bool]) -> None:
        with self.changed:
            found = self.changed.wait_for(lambda: any(map(arrived, self.to(recipient))), PATIENCE)
            assert found, [mail["Subject"] for mail in self.to(recipient)]

    def to(self, recipient: str) -> list[EmailMessage]:
        return [message for message in list(self.messages) if message["To"] == recipient]


def authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


class Handler:
    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.mailbox.refused:
            return self.mailbox.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd calls it so
        (recipient,) = envelope.rcpt_tos
        mailbox = self.mailbox
        mailbox.attempts[recipient] = mailbox.attempts.get(recipient, 0) + 1
        plan = mailbox.plans.get(recipient, [])
        answer = plan.pop(0) if plan else "250 OK"
        if answer == "silence":
            await asyncio.sleep(SILENCE_SECONDS)
        if answer == "die" or answer.startswith("2"):
            content = envelope.original_content or b""
            message = email.message_from_bytes(content, _class=EmailMessage, policy=email.policy.default)
            with mailbox.changed:
                mailbox.messages.append(message)
                mailbox.changed.notify_all()
        if answer == "die":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 OK" if answer == "die" else answer
