"""Hands mails to an SMTP server. Connections are kept for a few seconds, as a burst of reminders needs them again."""

import asyncio
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from email.message import EmailMessage

import aiosmtplib
import certifi

from notification_service.sending import Broken, Later, Never, Outcome, Sent
from notification_service.settings import Settings

ANSWER_SECONDS = 20
ATTEMPT_SECONDS = 45
TRUSTED_SECONDS, IDLE_SECONDS = 0.5, 5.0
PERMANENT = 500
NO_STARTTLS = "STARTTLS extension not supported"
"""What the library says, in an exception without a class of its own."""
NO_SUCH_MAILBOX = {550, 551, 553}


class SmtpServer:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # The authorities that the other clients of this process trust.
        self._tls = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())
        self._idle: list[tuple[float, aiosmtplib.SMTP]] = []

    async def send(self, message: EmailMessage, recipient: str) -> Outcome:
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS), self._connection() as smtp:
                # The bytes as our policy writes them; `send_message` has a policy of its own.
                await smtp.sendmail(self._settings.sender, [recipient], message.as_bytes())
        except (aiosmtplib.SMTPException, OSError) as error:  # time-outs and TLS are OSErrors
            return outcome_of(error)
        return Sent()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[aiosmtplib.SMTP]:
        smtp = await self._reused() or await self._connect()
        try:
            yield smtp
        except BaseException:
            smtp.close()
            raise
        if smtp.is_connected:
            self._idle.append((asyncio.get_running_loop().time(), smtp))

    async def _reused(self) -> aiosmtplib.SMTP | None:
        """Returns a connection that was in use a moment ago, or that still answers."""
        while self._idle:
            since, smtp = self._idle.pop()
            idle = asyncio.get_running_loop().time() - since
            if idle < TRUSTED_SECONDS:
                return smtp
            if idle < IDLE_SECONDS:
                with suppress(aiosmtplib.SMTPException, OSError):
                    await smtp.noop()
                    return smtp
            smtp.close()
        return None

    async def _connect(self) -> aiosmtplib.SMTP:
        settings = self._settings
        smtp = aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.port_of_smtp,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            username=settings.smtp_user or None,
            password=settings.smtp_password.get_secret_value() or None,
            tls_context=self._tls,
            timeout=ANSWER_SECONDS,
        )
        try:
            await smtp.connect()
        except BaseException:
            smtp.close()
            raise
        return smtp

    async def close(self) -> None:
        while self._idle:
            self._idle.pop()[1].close()


def outcome_of(error: aiosmtplib.SMTPException | OSError) -> Outcome:
    """Only what the server says of this recipient or of this message is final."""
    outcome: Outcome
    match error:
        case aiosmtplib.SMTPRecipientsRefused():
            refused = error.recipients[0]
            outcome = _answered(refused.code, refused.message, target_gone=refused.code in NO_SUCH_MAILBOX)
        case aiosmtplib.SMTPDataError():
            outcome = _answered(error.code, error.message)
        case aiosmtplib.SMTPSenderRefused() if error.code < PERMANENT:
            outcome = _answered(error.code, error.message)
        case aiosmtplib.SMTPAuthenticationError() | aiosmtplib.SMTPSenderRefused():
            outcome = Broken(f"the mail server answered {error.code} {_line(error.message)}")
        case ssl.SSLError():
            outcome = Broken(f"the mail server's certificate: {_line(str(error))}")
        case aiosmtplib.SMTPException() if NO_STARTTLS in error.message:
            outcome = Broken("the mail server offers no STARTTLS; see SMTP_SECURITY")
        case _:
            outcome = Later(f"the mail server cannot be reached: {type(error).__name__}")
    return outcome


def _answered(code: int, text: str, *, target_gone: bool = False) -> Outcome:
    reason = f"the mail server answered {code} {_line(text)}"
    return Never(reason, target_gone=target_gone) if code >= PERMANENT else Later(reason)


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
