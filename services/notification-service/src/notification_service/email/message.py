"""The mail of a notification, as plain text and as HTML."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from html import escape
from typing import Any

from notification_service.sending import Outgoing

NEVER_FOLDED = {"list-unsubscribe", "message-id", "references"}
FONT = "font: 16px/1.5 system-ui, sans-serif"
BUTTON = (
    "display: inline-block; padding: 10px 18px; border-radius: 8px; background: #2f5fd0; color: #fff;"
    " text-decoration: none"
)


class _Policy(EmailPolicy):
    """Does not encode a long URL or id, which would no longer be one (RFC 2047 has no place in them)."""

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}\r\n" if name.lower() in NEVER_FOLDED else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode() if name.lower() in NEVER_FOLDED else super().fold_binary(name, value)


POLICY = _Policy(linesep="\r\n", max_line_length=SMTP.max_line_length, cte_type="7bit")


def compose(outgoing: Outgoing, sender: str, public_url: str, host: str) -> bytes:
    """Returns the message. Each attempt gives the same Message-ID, so that a mail server can drop the second one.

    Raises ValueError or MessageError if the address is none that a mail can have.
    """
    title = " ".join(outgoing.title.split())
    where = f"{public_url}/all?task={outgoing.task_id}" if outgoing.task_id else public_url
    settings = f"{public_url}/settings?section=notifications"
    token = outgoing.unsubscribe_token
    message = without_content(
        sender=sender,
        recipient=outgoing.target,
        subject=title,
        message_id=f"{outgoing.id}@{host}",
        date=outgoing.created_at,
        unsubscribe=f"{public_url}/api/unsubscribe/{token}" if token else None,
    )
    if outgoing.task_id:
        message["References"] = f"<task-{outgoing.task_id}.{outgoing.user_id}@{host}>"  # one thread for each task
    text = [title, outgoing.body, where, f"-- \nYou asked for reminders by e-mail. To stop them: {settings}"]
    message.set_content("\n\n".join(part for part in text if part) + "\n", cte="quoted-printable")
    message.add_alternative(_html(title, outgoing.body, where, settings), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def without_content(
    *, sender: str, recipient: str, subject: str, message_id: str, date: datetime, unsubscribe: str | None
) -> EmailMessage:
    """Returns a mail with its headers. Raises ValueError or MessageError if an address is none that a mail can have."""
    message = EmailMessage(policy=POLICY)
    message["From"] = Address("Todo", addr_spec=sender)
    message["To"] = Address(addr_spec=recipient)
    # The policy decodes encoded words (RFC 2047), which may hide line breaks: CVE-2024-6923.
    message["Subject"] = subject.replace("=?", "= ?")
    message["Date"] = format_datetime(date)
    message["Message-ID"] = f"<{message_id}>"
    message["Auto-Submitted"] = "auto-generated"
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _html(title: str, body: str, where: str, settings: str) -> str:
    return "\n".join(
        (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>',
            '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>',
            f'<body style="margin: 0; padding: 24px; {FONT}"><div style="max-width: 480px; margin: 0 auto">',
            f'<p dir="auto" style="font-weight: 600">{escape(title)}</p>',
            f"<p>{escape(body)}</p>",
            f'<p style="margin: 24px 0"><a href="{escape(where)}" style="{BUTTON}">Open the task</a></p>',
            '<p style="font-size: 14px; opacity: 0.75">You asked for reminders by e-mail.',
            f'<a href="{escape(settings)}">Change what is sent</a></p>',
            "</div></body></html>",
            "",
        )
    )
