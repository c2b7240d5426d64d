"""Reminders by mail, through a real SMTP server."""

import asyncio
import re
from datetime import timedelta
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtplib import SMTPRecipientRefused
from pydantic import SecretStr

from notification_service.email.delivery import KEPT_FILES, send
from notification_service.email.message import compose
from notification_service.email.smtp import SmtpServer, outcome_of
from notification_service.main import service
from notification_service.sending import Broken, Never, Outgoing, Sent
from notification_service.settings import Settings
from tests.mailbox import PASSWORD, SENDER, USER, Mailbox, text_of
from tests.notified import Person, Replicas, remind, reminder
from tests.support import ManualClock, Opener, OpenService
from tests.tasks import START
from todo_kit.ids import uuid7


def outgoing(**fields: object) -> Outgoing:
    values: dict[str, object] = {
        "id": uuid7(), "user_id": "ann", "notification_id": uuid7(), "type": "reminder", "task_id": 7, "title": "Water",
        "body": "Due today", "created_at": START, "target": "ann@example.com", "unsubscribe_token": "a" * 22,
    }  # fmt: skip
    return Outgoing(**values | fields)  # type: ignore[arg-type]


def composed(**fields: object) -> EmailMessage:
    raw = compose(outgoing(**fields), SENDER, "https://todo.example", "todo.example")
    return message_from_bytes(raw, _class=EmailMessage, policy=default)


async def test_a_reminder_is_mailed_to_whoever_wants_it(
    notifications: OpenService, mailbox: Mailbox, user: str
) -> None:
    person = Person(notifications, user)
    await remind(notifications, reminder(user, "before"))
    await person.turn_email_on()
    await remind(notifications, reminder(user, "Water <the> plants"))
    message = await asyncio.to_thread(mailbox.wait_for, person.address)
    assert (message["Subject"], message["From"]) == ("Water <the> plants", f"Todo <{SENDER}>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Due Monday, 1 June 2026 at 08:00" in text_of(message)
    assert "https://todo.example/all?task=1" in text_of(message)
    html = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "Water &lt;the&gt; plants" in html
    [sent] = await person.finished()
    assert (sent["channel"], sent["target"], sent["state"]) == ("email", person.address, "sent")
    assert len(mailbox.to(person.address)) == 1


async def test_one_click_unsubscribes_without_signing_in(
    notifications: OpenService, mailbox: Mailbox, user: str
) -> None:
    person = Person(notifications, user)
    await person.turn_email_on()
    await remind(notifications, reminder(user))
    message = await asyncio.to_thread(mailbox.wait_for, person.address)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = re.fullmatch(r"<https://todo\.example/api/unsubscribe/([\w-]+)>", message["List-Unsubscribe"])
    assert token, message["List-Unsubscribe"]
    path = f"/internal/unsubscriptions/{token[1]}"
    assert (await notifications.client.post(path)).status_code == 401
    for _ in range(2):
        assert (await notifications.client.post(path, headers=notifications.sidecar_headers)).status_code == 204
    assert (await person.channels())["email"]["address"] is None
    await remind(notifications, reminder(user, "after"))
    assert len(mailbox.to(person.address)) == 1


@pytest.mark.parametrize("answer", ["451 try later", "silence", "die"])
async def test_a_mail_that_did_not_go_out_goes_out_later(
    notifications: OpenService,
    replica: Replicas,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    user: str,
    answer: str,
) -> None:
    monkeypatch.setattr("notification_service.email.smtp.ACCEPT_SECONDS", 1)
    person = Person(notifications, user)
    await person.turn_email_on()
    mailbox.plans[person.address] = [answer]
    await remind(notifications, reminder(user))
    assert (await person.failed_once())["state"] == "waiting"
    async with replica(ManualClock(START + timedelta(minutes=1))):
        [sent] = await person.finished()
    assert sent["state"] == "sent"
    ids = {message["Message-ID"] for message in mailbox.to(person.address)}
    assert len(ids) == 1  # a mail server drops the second one of a message that it took before it died


async def test_a_refused_mailbox_gets_no_more_mails_until_its_owner_asks(
    notifications: OpenService, mailbox: Mailbox, user: str
) -> None:
    person = Person(notifications, user)
    await person.turn_email_on()
    mailbox.refused[person.address] = "550 5.1.1 no such mailbox"
    await remind(notifications, reminder(user))
    [failed] = await person.finished()
    assert (failed["state"], failed["reason"]) == ("failed", "the mail server answered 550 5.1.1 no such mailbox")
    assert "550" in (await person.channels())["email"]["problem"]
    await remind(notifications, reminder(user, "second"))
    assert len(await person.deliveries()) == 1
    del mailbox.refused[person.address]
    assert (await person.ask("POST", "/channels/email/test")).status_code == 202
    await person.finished(2)
    assert [message["Subject"] for message in mailbox.to(person.address)] == ["This is a test"]
    assert (await person.channels())["email"]["problem"] is None


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("550 5.7.1 blocked", "waiting"),
        ("550 5.4.5 daily sending limit exceeded", "waiting"),
        ("450 4.2.1 busy", "waiting"),
        ("550 no", "failed"),
        ("553 not in my list of hosts", "failed"),
    ],
)
async def test_only_an_address_that_takes_no_mail_is_given_up(
    notifications: OpenService, mailbox: Mailbox, user: str, answer: str, state: str
) -> None:
    """A block list, a quota or a relay that is not set up would turn mails off for everybody."""
    person = Person(notifications, user)
    await person.turn_email_on()
    mailbox.refused[person.address] = answer
    await remind(notifications, reminder(user))
    assert (await person.failed_once())["state"] == state
    assert (await person.channels())["email"]["problem"] is None


async def test_a_server_that_never_says_whether_it_took_a_mail_gets_it_twice_at_most(
    notifications: OpenService, replica: Replicas, mailbox: Mailbox, user: str
) -> None:
    person = Person(notifications, user)
    await person.turn_email_on()
    mailbox.plans[person.address] = ["die", "die", "die"]
    await remind(notifications, reminder(user))
    await person.failed_once()
    async with replica(ManualClock(START + timedelta(minutes=1))):
        [failed] = await person.finished()
    assert failed["state"] == "failed"
    assert failed["reason"].endswith("it may have arrived")
    assert len(mailbox.to(person.address)) == 2


def test_an_answer_in_another_encoding_is_recorded() -> None:
    error = SMTPRecipientRefused(550, "ung\udcfcltig\0", "ann@example.com")
    assert outcome_of(error) == Never("the mail server answered 550 ung?ltig")


async def test_mails_that_wait_are_not_sent_after_unsubscribing(
    notifications: OpenService, replica: Replicas, mailbox: Mailbox, user: str
) -> None:
    person = Person(notifications, user)
    await person.put_off(mailbox)
    assert (await person.ask("DELETE", "/channels/email")).status_code == 200
    async with replica(ManualClock(START + timedelta(minutes=1))):
        assert [delivery["state"] for delivery in await person.finished()] == ["dropped"]
    assert mailbox.to(person.address) == []


async def test_a_refused_message_is_not_the_fault_of_the_address(
    notifications: OpenService, mailbox: Mailbox, user: str
) -> None:
    person = Person(notifications, user)
    await person.turn_email_on()
    mailbox.plans[person.address] = ["554 spam"]
    await remind(notifications, reminder(user))
    assert [delivery["state"] for delivery in await person.finished()] == ["failed"]
    assert (await person.channels())["email"]["problem"] is None


async def test_wrong_credentials_use_no_attempt_and_reach_no_one(
    replica: Replicas, mailbox: Mailbox, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.mailbox.PASSWORD", "another since")
    async with replica(ManualClock(START)) as service:
        person = Person(service, user)
        await person.turn_email_on()
        await remind(service, reminder(user))
        waiting = await person.failed_once()
        assert (waiting["state"], waiting["reason"][:29]) == ("waiting", "the mail server answered 535 ")
    monkeypatch.undo()
    assert mailbox.to(person.address) == []


def test_a_mail_has_no_line_break_of_a_title_in_its_headers() -> None:
    message = composed(title="Water\r\nBcc: eve@example.com")
    assert "bcc" not in {name.lower() for name in message.keys()}  # noqa: SIM118 - a message is no dict
    assert message["Subject"] == "Water Bcc: eve@example.com"


@pytest.mark.parametrize(
    "title", ["x =?utf-8?q?=0AContent-Type:_text/html=0A=0A<b>phish</b>?=", "=?UTF-8?Q?=0D=0A?=Bcc: eve@example.com"]
)
def test_a_title_is_no_encoded_word(title: str) -> None:
    raw = compose(outgoing(title=title), SENDER, "https://todo.example", "todo.example")
    head = raw.split(b"\r\n\r\n", 1)[0]
    assert [line for line in head.split(b"\r\n") if line.lower().startswith((b"bcc", b"content-type"))] == [
        next(line for line in head.split(b"\r\n") if line.startswith(b"Content-Type: multipart/alternative"))
    ]
    assert b"\n" not in head.replace(b"\r\n", b"")


def test_a_long_link_to_unsubscribe_stays_a_link() -> None:
    url = f"https://{'long.' * 20}example"
    raw = compose(outgoing(), SENDER, url, "todo.example").decode()
    assert f"List-Unsubscribe: <{url}/api/unsubscribe/{'a' * 22}>\r\n" in raw


@pytest.mark.parametrize(
    "address", ["ann@example.com, eve@example.com", "ann", "ann@example.com\r\nBcc: eve@example.com", ":@x"]
)
def test_an_address_is_one_address(address: str) -> None:
    with pytest.raises((ValueError, MessageError), match=r"."):
        compose(outgoing(target=address), SENDER, "https://todo.example", "todo.example")


def test_the_mails_of_a_task_are_one_thread() -> None:
    one, other = composed(), composed()
    assert one["References"] == other["References"]
    assert one["Message-ID"] != other["Message-ID"]


def settings_of(mailbox: Mailbox, **others: object) -> Settings:
    return Settings.model_construct(
        smtp_host="localhost", smtp_port=mailbox.port, smtp_user=USER, smtp_password=SecretStr(PASSWORD),
        mail_from=SENDER, **others,
    )  # fmt: skip


async def test_a_server_without_tls_gets_neither_password_nor_mail(tmp_path: Path) -> None:
    with Mailbox(tmp_path, starttls=False) as plain:
        server = SmtpServer(settings_of(plain))
        outcome = await server.send(
            compose(outgoing(), SENDER, "https://todo.example", "todo.example"), "ann@x.example"
        )
    assert outcome == Broken("the mail server offers no STARTTLS; see SMTP_SECURITY")
    assert (plain.messages, plain.attempts) == ([], {})


async def test_a_server_with_a_certificate_of_somebody_gets_nothing(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    server = SmtpServer(settings_of(mailbox))
    message = compose(outgoing(), SENDER, "https://todo.example", "todo.example")
    outcome = await server.send(message, "certificate@x.example")
    assert isinstance(outcome, Broken)
    assert "certificate" in outcome.reason
    assert mailbox.to("certificate@x.example") == []


async def test_without_a_server_mails_are_files_of_their_owner(open_service: Opener, tmp_path: Path, user: str) -> None:
    """On a laptop, `make mail` shows them."""
    folder = tmp_path / "mail"
    async with open_service(service, ManualClock(START - timedelta(days=1)), mail_folder=folder) as laptop:
        person = Person(laptop, user)
        assert (await person.channels())["email"]["available"]
        for number in range(KEPT_FILES + 1):
            message = outgoing(title=f"Reminder {number}", target=person.address)
            assert await send(laptop.runtime, message) == Sent()
    files = sorted(folder.glob("*"))
    assert len(files) == KEPT_FILES
    assert {file.stat().st_mode & 0o777 for file in (folder, *files)} == {0o700, 0o600}
    assert "Reminder 0" not in "".join(file.read_text() for file in files)
