"""A new password by mail: for the owner of the address alone, once, and with the end of all that was open."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.mailbox import Mailbox, link_of, text_of, token_of
from tests.sign_in.servers import PASSWORD, Account, SignIn, some_address
from tests.support import eventually
from todo_local import mail
from todo_local.settings import LocalSettings

NEW_PASSWORD = "another horse battery"
POSTPONED = """SELECT FROM "accountMail" WHERE address = $1 AND lease IS NULL AND attempts = 1"""


def ask(sign_in: SignIn, email: str, address: str = "", **headers: str) -> httpx.Response:
    with sign_in.browser(0, address, **headers) as browser:
        return browser.post("/api/auth/password-reset", json={"email": email})


def reset(sign_in: SignIn, token: str, password: str = NEW_PASSWORD, replica: int = 0) -> httpx.Response:
    with sign_in.browser(replica) as browser:
        return browser.post("/api/auth/reset-password", json={"token": token, "newPassword": password})


def link_for(person: Account, mailbox: Mailbox) -> str:
    """Asks for a reset and returns the token of the mail."""
    count = len(mailbox.to(person.email))
    ask(person.sign_in, person.email).raise_for_status()
    return token_of(mailbox.wait_for(person.email, count + 1))


def test_the_link_sets_a_new_password_and_signs_nobody_in(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    answer = reset(mailing, link_for(person, mailbox))
    assert answer.status_code == 200
    assert not answer.cookies
    assert person.try_password(PASSWORD).status_code == 401
    assert person.try_password(NEW_PASSWORD).status_code == 200
    assert mailbox.wait_for(person.email, 3)["Subject"] == "Your password was changed"


def test_a_link_works_once_also_when_it_is_used_twice_at_once(mailing: SignIn, mailbox: Mailbox) -> None:
    token = link_for(Account(mailing, mailbox), mailbox)
    with ThreadPoolExecutor(4) as pool:
        statuses = [answer.status_code for answer in pool.map(lambda i: reset(mailing, token, replica=i % 2), range(4))]
    assert sorted(statuses) == [200, 400, 400, 400]
    assert reset(mailing, token).json()["code"] == "INVALID_TOKEN"


def test_the_token_is_taken_from_the_body_alone(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    token = link_for(person, mailbox)
    with mailing.browser(0) as browser:
        path = f"/api/auth/reset-password?token={token}"
        assert browser.post(path, json={"newPassword": NEW_PASSWORD}).status_code == 400
    assert person.try_password(PASSWORD).status_code == 200


def test_a_password_that_is_changed_in_the_settings_ends_links(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    token = link_for(person, mailbox)
    body = {"currentPassword": PASSWORD, "newPassword": NEW_PASSWORD}
    person.browser.post("/api/auth/change-password", json=body).raise_for_status()
    assert reset(mailing, token).json()["code"] == "INVALID_TOKEN"


def test_an_older_link_ends_with_a_newer_one(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    older, newer = link_for(person, mailbox), link_for(person, mailbox)
    assert reset(mailing, older).status_code == 400
    assert reset(mailing, newer).status_code == 200


async def test_a_mail_that_was_postponed_is_not_sent_once_a_later_one_has_replaced_its_link(
    mailing: SignIn, mailbox: Mailbox
) -> None:
    person = Account(mailing, mailbox)
    mailbox.plans[person.email] = ["451 try later"]
    ask(mailing, person.email).raise_for_status()
    await eventually(lambda: bool(mailing.sql(POSTPONED, person.email)))
    link_for(person, mailbox)
    mailing.sql('UPDATE "accountMail" SET "dueAt" = now() WHERE address = $1', person.email)
    ask(mailing, Account(mailing, mailbox).email).raise_for_status()  # wakes the sender
    await eventually(lambda: not mailing.sql('SELECT FROM "accountMail" WHERE address = $1', person.email))
    assert len(mailbox.to(person.email)) == 2, "the one to sign up, and the later link"


def test_a_link_ends_after_an_hour(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    token = link_for(person, mailbox)
    (row,) = mailing.sql('SELECT "expiresAt" - now() AS left FROM verification WHERE value = $1', person.id)
    assert 3500 < row["left"].total_seconds() <= 3600
    mailing.sql("""UPDATE verification SET "expiresAt" = now() - interval '1 second' WHERE value = $1""", person.id)
    assert reset(mailing, token).status_code == 400
    assert person.try_password(PASSWORD).status_code == 200


def test_a_link_opens_the_account_that_it_was_sent_for(mailing: SignIn, mailbox: Mailbox) -> None:
    person, other = Account(mailing, mailbox), Account(mailing, mailbox)
    reset(mailing, link_for(person, mailbox)).raise_for_status()
    assert other.try_password(PASSWORD).status_code == 200
    assert other.browser.get("/api/auth/token").status_code == 200


@pytest.mark.slow
async def test_an_expired_link_of_another_account_changes_nothing_there(mailing: SignIn, mailbox: Mailbox) -> None:
    """Expired links are deleted while links of others are used, at most once a minute."""
    other = Account(mailing, mailbox)
    link_for(other, mailbox)
    mailing.sql("""UPDATE verification SET "expiresAt" = now() - interval '1 second' WHERE value = $1""", other.id)
    mailing.sql("""UPDATE "user" SET "emailVerified" = false WHERE id = $1""", other.id)

    def is_deleted() -> bool:
        mailing.sql('DELETE FROM "rateLimit"')
        reset(mailing, link_for(Account(mailing, mailbox), mailbox)).raise_for_status()
        return not mailing.sql("SELECT FROM verification WHERE value = $1", other.id)

    await eventually(is_deleted, 120)
    assert mailing.sql('SELECT "emailVerified" AS yes FROM "user" WHERE id = $1', other.id) == [{"yes": False}]
    assert len(mailbox.to(other.email)) == 2, "no notice of a change"


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 65])
def test_a_token_is_not_guessed(mailing: SignIn, token: str) -> None:
    assert reset(mailing, token).status_code == 400


def test_no_table_has_the_token(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    token = link_for(person, mailbox)
    for table in ("verification", '"accountMail"'):
        assert not mailing.sql(f"SELECT FROM {table} t WHERE t::text LIKE '%' || $1 || '%'", token)


def test_a_reset_ends_all_sessions_apps_and_codes(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    person.try_password(PASSWORD).raise_for_status()
    client = "app-of-" + person.id
    mailing.sql(
        """INSERT INTO "oauthClient" (id, "clientId", "redirectUris") VALUES ($1, $1, '["https://app.example/"]')""",
        client,
    )
    for statement in (
        """INSERT INTO "oauthConsent" (id, "clientId", "userId", scopes, "createdAt", "updatedAt")
           VALUES ($1, $1, $2, '["tasks:read"]', now(), now())""",
        """INSERT INTO "oauthRefreshToken" (id, token, "clientId", "userId", scopes, "createdAt", "expiresAt")
           VALUES ($1, $1, $1, $2, '["tasks:read"]', now(), now() + interval '1 day')""",
        """INSERT INTO "deviceCode" (id, "deviceCode", "userCode", "userId", status, "expiresAt")
           VALUES ($1, $1, $1, $2, 'approved', now() + interval '1 hour')""",
        """INSERT INTO verification (id, identifier, value, "expiresAt", "createdAt", "updatedAt")
           VALUES ($1, $1, '{"userId":"' || $2 || '"}', now() + interval '1 hour', now(), now())""",
        """INSERT INTO deletion (id, "userId", "dueAt") VALUES ($1, $2, now() + interval '1 day')""",
    ):
        mailing.sql(statement, client, person.id)
    reset(mailing, link_for(person, mailbox)).raise_for_status()
    assert person.browser.get("/api/auth/token").status_code == 401
    for table in ("session", '"oauthConsent"', '"oauthRefreshToken"', '"deviceCode"', "deletion"):
        assert not mailing.sql(f'SELECT FROM {table} WHERE "userId" = $1', person.id), table
    assert not mailing.sql("SELECT FROM verification WHERE value LIKE '%' || $1 || '%'", person.id)
    told = mailing.sql('SELECT sid, "clientId" FROM revocation WHERE "userId" = $1', person.id)
    assert {"sid": None, "clientId": None} in told, "the task API is told that all access has ended"


def test_who_resets_the_password_owns_the_address(sign_in: SignIn, mail_folder: Path) -> None:
    """On a laptop somebody may have signed up with it before."""
    squatter = Account(sign_in)
    ask(sign_in, squatter.email).raise_for_status()
    reset(sign_in, link_in_folder(mail_folder, squatter.email)).raise_for_status()
    assert squatter.browser.get("/api/auth/token").status_code == 401
    assert sign_in.sql('SELECT "emailVerified" AS yes FROM "user" WHERE id = $1', squatter.id)[0]["yes"]


def link_in_folder(mail_folder: Path, email: str) -> str:
    """As `make mail` shows it."""
    settings = LocalSettings(mail_folder.parent, 0)

    def found() -> list[mail.Mail]:
        return [one for one in mail.newest(settings) if one.recipient == email]

    (one, *_) = asyncio.run(eventually(found, 30))
    return str(one.link.split("#")[1])


def test_an_answer_does_not_tell_whether_an_address_is_known(mailing: SignIn, mailbox: Mailbox) -> None:
    """The same answer, and the same work: it is given while nobody can look for an account."""
    person = Account(mailing, mailbox)
    known, unknown = ask(mailing, person.email), ask(mailing, "nobody-" + person.email)
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text) == (200, '{"status":true}')
    assert known.headers.keys() == unknown.headers.keys()
    with mailing.locked('"user"'):
        for email in (person.email, "nobody-" + person.email):
            assert ask(mailing, email).status_code == 200
    mailbox.wait_for(person.email, 3)
    assert not mailbox.to("nobody-" + person.email)


def test_an_address_gets_few_mails(mailing: SignIn) -> None:
    email = "flooded-" + some_address() + "@example.com"
    statuses = [ask(mailing, email).status_code for _ in range(8)]
    assert statuses[:3] == [200] * 3
    assert 429 in statuses
    mailing.sql('UPDATE "failedAttempt" SET "retryAt" = now(), failures = 5')
    assert ask(mailing, email.upper()).status_code == 200
    assert int(ask(mailing, email).headers["retry-after"]) > 3000, "six an hour"


def test_a_client_asks_for_few_mails(mailing: SignIn) -> None:
    client = some_address()
    ask(mailing, "somebody@example.com", client)
    mailing.sql('UPDATE "failedAttempt" SET failures = 59 WHERE failures < 3')
    ask(mailing, "another@example.com", client)
    refused = ask(mailing, "a-third@example.com", client)
    assert refused.status_code == 429
    assert ask(mailing, "a-third@example.com").status_code == 200, "from elsewhere"


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}])
def test_a_link_leads_to_the_configured_url(mailing: SignIn, mailbox: Mailbox, headers: dict[str, str]) -> None:
    person = Account(mailing, mailbox)
    ask(mailing, person.email, **headers)
    message = mailbox.wait_for(person.email, 2)
    assert urlsplit(link_of(message)).netloc == urlsplit(mailing.public_url).netloc
    assert "evil.example" not in message.as_string()


@pytest.mark.parametrize(
    "email", ["ann@example.com\r\nBcc: eve@example.com", "ann@example.com, eve@example.com", "ann"]
)
def test_an_address_is_one_address(mailing: SignIn, email: str) -> None:
    assert ask(mailing, email).status_code == 400


def test_a_common_password_is_refused_and_the_link_stays(mailing: SignIn, mailbox: Mailbox) -> None:
    token = link_for(Account(mailing, mailbox), mailbox)
    refused = reset(mailing, token, "Password1")
    assert (refused.status_code, refused.json()["code"]) == (400, "PASSWORD_TOO_COMMON")
    assert reset(mailing, token, "short").json()["code"] == "PASSWORD_TOO_SHORT"
    assert reset(mailing, token, "heron-47").status_code == 200


def test_a_mail_has_no_text_of_a_stranger(mailing: SignIn, mailbox: Mailbox) -> None:
    email = "invited-" + some_address() + "@example.com"
    with mailing.browser() as browser:
        browser.post("/api/auth/sign-up/request", json={"name": "Win at https://evil.example", "email": email})
    message = mailbox.wait_for(email)
    assert "evil.example" not in text_of(message)
    assert "evil.example" not in message.as_string()
