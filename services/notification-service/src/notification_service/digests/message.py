"""The mail of a digest, as plain text and as HTML."""

from collections.abc import Sequence
from html import escape
from typing import Any

import asyncpg

from notification_service.email.message import BUTTON, FONT, without_content
from notification_service.settings import Settings

KINDS = (("overdue", "Overdue"), ("today", "Today"))


def compose(row: asyncpg.Record, content: dict[str, Any], settings: Settings) -> bytes:
    """Returns the message. Each attempt gives the same Message-ID, so that a mail server can drop the second one.

    Raises ValueError or MessageError if the address is none that a mail can have.
    """
    today, change = f"{settings.public_url}/today", f"{settings.public_url}/settings?section=notifications"
    subject = subject_of(row, content)
    message = without_content(
        sender=settings.sender,
        recipient=row["email"],
        subject=subject,
        message_id=f"{row['id']}@{settings.host}",
        date=row["created_at"],
        unsubscribe=f"{settings.public_url}/api/unsubscribe/{row['unsubscribe_token']}",
    )
    kinds = [(title, content[kind], content[f"{kind}_count"]) for kind, title in KINDS if content[f"{kind}_count"]]
    lists = [
        "\n".join((f"{title}:", *(f"- {line}" for line in lines_of(tasks, number)))) for title, tasks, number in kinds
    ]
    text = [*lists, today, f"-- \nYou asked for a daily digest. To stop it: {change}"]
    message.set_content("\n\n".join(text) + "\n", cte="quoted-printable")
    message.add_alternative(_html(subject, kinds, today, change), subtype="html", cte="quoted-printable")
    return message.as_bytes()


def subject_of(row: asyncpg.Record, content: dict[str, Any]) -> str:
    """Returns such as "3 tasks for Tuesday, 1 overdue"."""
    today, overdue = content["today_count"], content["overdue_count"]
    if not today:
        return f"{_tasks(overdue)} overdue"
    return f"{_tasks(today)} for {row['day']:%A}" + (f", {overdue} overdue" if overdue else "")


def lines_of(tasks: Sequence[dict[str, str]], number: int) -> list[str]:
    """Returns a line for each task, and one for those that are left out."""
    lines = [f"{task['title']} ({task['due']})" if task["due"] else task["title"] for task in tasks]
    return [*lines, f"and {number - len(tasks)} more"] if number > len(tasks) else lines


def _tasks(number: int) -> str:
    return "1 task" if number == 1 else f"{number} tasks"


def _html(subject: str, kinds: Sequence[tuple[str, Sequence[dict[str, str]], int]], today: str, change: str) -> str:
    lists = [
        f'<p style="font-weight: 600">{title}</p><ul>'
        + "".join(f'<li dir="auto">{escape(line)}</li>' for line in lines_of(tasks, number))
        + "</ul>"
        for title, tasks, number in kinds
    ]
    return "\n".join(
        (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(subject)}</title>',
            '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>',
            f'<body style="margin: 0; padding: 24px; {FONT}"><div style="max-width: 480px; margin: 0 auto">',
            *lists,
            f'<p style="margin: 24px 0"><a href="{escape(today)}" style="{BUTTON}">Open Today</a></p>',
            '<p style="font-size: 14px; opacity: 0.75">You asked for a daily digest.',
            f'<a href="{escape(change)}">Change what is sent</a></p>',
            "</div></body></html>",
            "",
        )
    )
