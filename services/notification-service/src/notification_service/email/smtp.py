"""Hands mails to an SMTP server. Connections are kept for a few seconds, as a burst of reminders needs them again."""

import asyncio
import os
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiosmtplib
import certifi

from notification_service.sending import Broken, Later, Never, Outcome, Sent
from notification_service.settings import Settings

ANSWER_SECONDS = 20.0
ACCEPT_SECONDS = 300.0
"""For the answer after a whole message, which a server may scan first (RFC 5321, section 4.5.3.2.6, asks for more)."""
ATTEMPT_SECONDS = 4 * ANSWER_SECONDS + ACCEPT_SECONDS
TRUSTED_SECONDS, IDLE_SECONDS = 0.5, 5.0
PERMANENT = 500
NO_STARTTLS = "STARTTLS extension not supported"
"""What the library says, in an exception without a class of its own."""
ENHANCED = re.compile(r"^\s*([245]\.\d{1,3}\.\d{1,3})\b")
GONE = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
"""Enhanced status codes (RFC 3463) of an address that takes no mail at all."""
OF_THE_SENDER = ("5.7.", "5.4.")
"""Codes of policies and routing: a block list or a quota says nothing of the recipient."""


class Unanswered(Exception):
    """The server has the whole message and did not say whether it took it."""


class SmtpServer:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # The authorities that the other clients of this process trust.
        self._tls = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())
        self._idle: list[tuple[float, aiosmtplib.SMTP]] = []

    async def send(self, message: bytes, recipient: str) -> Outcome:
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS), self._connection() as smtp:
                await smtp.mail(self._settings.sender)
                await smtp.rcpt(recipient)
                await _hand_over(smtp, message)
        except Unanswered:
            return Later("the mail server did not say whether it took the mail", may_have_arrived=True)
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
            loop = asyncio.get_running_loop()
            self._idle.append((loop.time(), smtp))
            loop.call_later(IDLE_SECONDS + 0.1, self._close_idle)

    async def _reused(self) -> aiosmtplib.SMTP | None:
        """Returns a connection that was in use a moment ago, or that still answers."""
        while self._idle:
            since, smtp = self._idle.pop()
            if asyncio.get_running_loop().time() - since < TRUSTED_SECONDS:
                return smtp
            try:
                await smtp.noop()
            except (aiosmtplib.SMTPException, OSError):
                smtp.close()
            except BaseException:
                smtp.close()
                raise
            else:
                return smtp
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

    def _close_idle(self) -> None:
        oldest = asyncio.get_running_loop().time() - IDLE_SECONDS
        for since, smtp in self._idle:
            if since <= oldest:
                smtp.close()
        self._idle = [(since, smtp) for since, smtp in self._idle if since > oldest]

    def close(self) -> None:
        while self._idle:
            self._idle.pop()[1].close()


async def _hand_over(smtp: aiosmtplib.SMTP, message: bytes) -> None:
    try:
        await smtp.data(message, timeout=ACCEPT_SECONDS)
    except aiosmtplib.SMTPDataError:
        raise
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Unanswered from error


def outcome_of(error: aiosmtplib.SMTPException | OSError) -> Outcome:
    """Only what the server says of this recipient or of this message is final."""
    outcome: Outcome
    match error:
        case aiosmtplib.SMTPRecipientRefused() | aiosmtplib.SMTPDataError():
            outcome = _answered(error)
        case aiosmtplib.SMTPSenderRefused() if error.code < PERMANENT:
            outcome = _answered(error)
        case aiosmtplib.SMTPAuthenticationError() | aiosmtplib.SMTPSenderRefused():
            outcome = Broken(f"the mail server answered {error.code} {_line(error.message)}")
        case _ if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
            outcome = Broken(f"the mail server's certificate: {_line(str(error))}")
        case aiosmtplib.SMTPException() if NO_STARTTLS in error.message:
            outcome = Broken("the mail server offers no STARTTLS; see SMTP_SECURITY")
        case _:
            outcome = Later(f"the mail server cannot be reached: {type(error).__name__}")
    return outcome


def _answered(error: aiosmtplib.SMTPResponseException) -> Outcome:
    reason = f"the mail server answered {error.code} {_line(error.message)}"
    found = ENHANCED.match(error.message)
    enhanced = found[1] if found else ""
    if error.code < PERMANENT or enhanced.startswith(OF_THE_SENDER):
        return Later(reason)
    of_recipient = isinstance(error, aiosmtplib.SMTPRecipientRefused)
    return Never(reason, target_gone=of_recipient and enhanced in GONE)


def _line(text: str) -> str:
    """Returns what a database can store of an answer, whose bytes may be of any encoding."""
    printable = text.encode(errors="replace").decode().replace("\0", "")
    return " ".join(printable.split())[:200]
