"""Mails about accounts: over TLS alone, once for each event, and again, as the same message, after a failure."""

import asyncio
from email.message import EmailMessage
from uuid import uuid4

import pytest

from conftest import own_home
from tests.mailbox import SENDER, Mailbox, text_of
from tests.sign_in.servers import PASSWORD, Account, SignIn, running
from tests.support import eventually

NEW_PASSWORD = "another horse battery"
PATIENCE = 30.0
QUEUE = """
    INSERT INTO "accountMail" (id, address, kind, language, content, "createdAt", "dueAt", attempts)
    VALUES ($1, $2, $4, 'en', '{}', now() - $3::int * interval '1 second', now(), 0)"""
STATE = 'SELECT attempts, lease, "dueAt" > now() AS waits FROM "accountMail" WHERE address = $1'
ALL_DUE = 'UPDATE "accountMail" SET "dueAt" = now() WHERE lease IS NULL'


def new_address() -> str:
    return f"{uuid4().hex}@example.com"


def queue(sign_in: SignIn, address: str, age_seconds: int = 0, kind: str = "password-changed") -> str:
    identity = str(uuid4())
    sign_in.sql(QUEUE, identity, address, age_seconds, kind)
    return identity


async def arrived(mailbox: Mailbox, address: str, count: int = 1) -> list[EmailMessage]:
    await eventually(lambda: len(mailbox.to(address)) >= count, PATIENCE)
    return mailbox.to(address)


def is_postponed(sign_in: SignIn, address: str) -> bool:
    return [row["waits"] for row in sign_in.sql(STATE, address)] == [True]


async def test_a_new_password_is_told_to_its_owner(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    body = {"currentPassword": PASSWORD, "newPassword": NEW_PASSWORD}
    headers = {"Accept-Language": "de-AT,en;q=0.5"}
    person.browser.post("/api/auth/change-password", json=body, headers=headers).raise_for_status()
    message = (await arrived(mailbox, person.email, 2))[-1]
    assert message["Subject"] == "Dein Passwort wurde geändert"
    assert message["From"] == f"Todo <{SENDER}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert f"{mailing.public_url}/sign-in" in text_of(message)
    await eventually(lambda: not mailing.sql(STATE, person.email))


async def test_a_password_that_did_not_change_is_told_to_nobody(mailing: SignIn, mailbox: Mailbox) -> None:
    person, other = Account(mailing, mailbox), Account(mailing, mailbox)
    for somebody, current in ((person, "not the password"), (other, PASSWORD)):
        body = {"currentPassword": current, "newPassword": NEW_PASSWORD}
        somebody.browser.post("/api/auth/change-password", json=body)
    await arrived(mailbox, other.email, 2)
    assert len(mailbox.to(person.email)) == 1, "the one to sign up"


async def test_a_mail_that_failed_for_now_is_sent_later_as_the_same_message(mailing: SignIn, mailbox: Mailbox) -> None:
    address = new_address()
    mailbox.plans[address] = ["450 try later", "451 and again"]
    identity = queue(mailing, address)
    for attempt in (1, 2):
        await eventually(lambda: mailbox.attempts.get(address) == attempt, PATIENCE)  # noqa: B023
        await eventually(lambda: is_postponed(mailing, address))
        mailing.sql(ALL_DUE)
    (message,) = await arrived(mailbox, address)
    assert message["Message-ID"] == f"<{identity}@localhost>"


async def test_a_mail_whose_server_died_after_it_was_sent_comes_again_as_the_same_message(
    mailing: SignIn, mailbox: Mailbox
) -> None:
    address = new_address()
    mailbox.plans[address] = ["die"]
    queue(mailing, address)
    await arrived(mailbox, address)
    await eventually(lambda: is_postponed(mailing, address), PATIENCE)
    mailing.sql(ALL_DUE)
    one, other = await arrived(mailbox, address, 2)
    assert one["Message-ID"] == other["Message-ID"]
    assert one.as_string() == other.as_string() or text_of(one) == text_of(other)


async def test_a_mail_that_was_refused_is_not_sent_again(mailing: SignIn, mailbox: Mailbox) -> None:
    address = new_address()
    mailbox.plans[address] = ["550 no such mailbox"]
    queue(mailing, address)
    await eventually(lambda: mailbox.attempts.get(address), PATIENCE)
    await eventually(lambda: not mailing.sql(STATE, address))
    assert mailbox.attempts[address] == 1


async def test_a_server_that_is_silent_holds_up_no_other_mail(mailing: SignIn, mailbox: Mailbox) -> None:
    silent = [new_address() for _ in range(3)]
    for address in silent:
        mailbox.plans[address] = ["silence"]
        queue(mailing, address)
    await eventually(lambda: all(address in mailbox.attempts for address in silent), PATIENCE)
    others = [new_address() for _ in range(3)]
    for address in others:
        queue(mailing, address)
    for address in others:
        await arrived(mailbox, address)
    assert all(row["lease"] for address in silent for row in mailing.sql(STATE, address)), "they still wait"


async def test_a_mail_of_a_replica_that_died_is_sent_by_another(mailing: SignIn, mailbox: Mailbox) -> None:
    address = new_address()
    claim = QUEUE.replace("attempts)", 'attempts, lease, "leasedUntil")').replace("0)", "1, 'dead', now())")
    mailing.sql(claim, str(uuid4()), address, 60, "password-changed")
    await arrived(mailbox, address)


async def test_replicas_send_every_mail_once(mailing: SignIn, mailbox: Mailbox) -> None:
    addresses = [new_address() for _ in range(40)]
    for address in addresses:
        queue(mailing, address)
    for address in addresses:
        await arrived(mailbox, address)
    await eventually(lambda: not any(mailing.sql(STATE, address) for address in addresses))
    assert {mailbox.attempts[address] for address in addresses} == {1}


async def test_a_mail_is_given_up_after_a_day(mailing: SignIn, mailbox: Mailbox) -> None:
    address = new_address()
    identity = queue(mailing, address, age_seconds=86_401)
    await eventually(lambda: not mailing.sql(STATE, address), PATIENCE)
    assert address not in mailbox.attempts
    given_up = [event for server in mailing.servers for event in server.events("mail_given_up")]
    assert identity in [event["mail_id"] for event in given_up]


async def test_a_mail_that_only_a_newer_release_can_write_waits_for_it(mailing: SignIn, mailbox: Mailbox) -> None:
    newer, known = new_address(), new_address()
    queue(mailing, newer, kind="a-kind-of-the-next-release")
    queue(mailing, known)
    await arrived(mailbox, known)
    assert [row["attempts"] for row in mailing.sql(STATE, newer)] == [0]
    mailing.sql('DELETE FROM "accountMail" WHERE address = $1', newer)


def test_the_log_names_no_recipient(mailing: SignIn, mailbox: Mailbox) -> None:
    text = "".join(server.log.read_text() for server in mailing.servers)
    assert "mail_sent" in text
    assert not [address for address in mailbox.attempts if address in text]


@pytest.mark.parametrize(
    ("starttls", "settings", "reason"),
    [
        (False, {"SMTP_USER": "", "SMTP_PASSWORD": ""}, "ETLS"),
        (True, {"SMTP_PASSWORD": "another"}, "EAUTH"),
        (True, {"NODE_EXTRA_CA_CERTS": ""}, "ESOCKET"),
    ],
    ids=["without TLS", "with a wrong password", "with an unknown certificate"],
)
async def test_a_server_gets_no_mail(
    tmp_path_factory: pytest.TempPathFactory, starttls: bool, settings: dict[str, str], reason: str
) -> None:
    home, address = own_home(tmp_path_factory, "refused"), new_address()
    with Mailbox(home, starttls) as mailbox:
        started = running(home, 1, {**mailbox.environment, **settings})
        sign_in = await asyncio.to_thread(started.__enter__)
        try:
            queue(sign_in, address)
            await eventually(lambda: is_postponed(sign_in, address), PATIENCE)
        finally:
            await asyncio.to_thread(started.__exit__, None, None, None)
    assert address not in mailbox.attempts
    (failure,) = sign_in.servers[0].events("mail_failed")
    assert failure["level"] == "error"
    assert reason in failure["reason"]
