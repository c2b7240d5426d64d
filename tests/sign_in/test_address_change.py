"""Another e-mail address of an account: with the password, and only when its new address is confirmed."""

import secrets

import httpx
import pytest

from tests.mailbox import Mailbox, link_of, text_of, token_of
from tests.sign_in.servers import PASSWORD, Account, SignIn
from tests.sign_in.two_factors import OLD_PROOF, protect

NEW_PASSWORD = "another horse battery"


def some_email() -> str:
    return f"{secrets.token_hex(8)}@new.example.com"


def ask(person: Account, email: str, password: str = PASSWORD) -> httpx.Response:
    return person.browser.post("/api/auth/change-address", json={"email": email, "password": password})


def confirm(person: Account, token: str) -> httpx.Response:
    return person.browser.post("/api/auth/change-address/confirm", json={"token": token})


@pytest.fixture
def person(mailing: SignIn, mailbox: Mailbox) -> Account:
    mailing.sql('DELETE FROM "rateLimit"')
    return Account(mailing, mailbox)


def test_the_link_changes_it_and_the_old_address_is_told(mailing: SignIn, mailbox: Mailbox, person: Account) -> None:
    new = some_email()
    ask(person, new).raise_for_status()
    mail = mailbox.wait_for(new)
    assert link_of(mail).startswith(f"{mailing.public_url}/change-address#")
    assert person.try_password(PASSWORD).status_code == 200, "nothing is changed yet"
    assert confirm(person, token_of(mail)).json() == {"email": new}
    mailbox.wait_until(person.email, lambda mail: "has another e-mail address" in text_of(mail))
    assert new not in str([text_of(mail) for mail in mailbox.to(person.email)]), "it may belong to somebody else"
    assert person.try_password(PASSWORD).status_code == 401
    person.email = new
    assert person.try_password(PASSWORD).status_code == 200
    assert person.browser.get("/api/auth/get-session").json()["user"]["email"] == new, "sessions go on"
    assert confirm(person, token_of(mail)).status_code == 400, "it works once"


def test_it_takes_the_password_and_a_recent_proof(person: Account, mailbox: Mailbox) -> None:
    new = some_email()
    assert ask(person, new, "a guess of mine").status_code == 400
    assert person.browser.post("/api/auth/change-address", json={"email": new}).status_code == 400
    protect(person)
    person.sign_in.sql(OLD_PROOF, person.id)
    assert ask(person, new).json()["code"] == "PROOF_REQUIRED"
    assert mailbox.to(new) == []


def test_it_does_not_tell_whether_an_address_has_an_account(mailing: SignIn, mailbox: Mailbox, person: Account) -> None:
    other = Account(mailing, mailbox)
    taken, free = ask(person, other.email), ask(person, some_email())
    assert (taken.status_code, taken.json()) == (free.status_code, free.json())
    mail = mailbox.wait_for(other.email, 2)
    assert ("has one already" in text_of(mail), "#" in text_of(mail)) == (True, False)


def test_an_address_that_got_an_account_meanwhile_is_refused(
    mailing: SignIn, mailbox: Mailbox, person: Account
) -> None:
    other = Account(mailing, mailbox)
    new = some_email()
    ask(person, new).raise_for_status()
    token = token_of(mailbox.wait_for(new))
    mailing.sql('UPDATE "user" SET email = $1 WHERE id = $2', new, other.id)
    assert confirm(person, token).json()["code"] == "ACCOUNT_EXISTS"
    assert person.try_password(PASSWORD).status_code == 200


def test_its_link_ends_with_another_change_and_with_a_new_password(mailbox: Mailbox, person: Account) -> None:
    first, second, third = some_email(), some_email(), some_email()
    for email in (first, second):
        ask(person, email).raise_for_status()
    stale = token_of(mailbox.wait_for(first))
    confirm(person, token_of(mailbox.wait_for(second))).raise_for_status()
    assert confirm(person, stale).status_code == 400
    ask(person, third).raise_for_status()
    late = token_of(mailbox.wait_for(third))
    body = {"currentPassword": PASSWORD, "newPassword": NEW_PASSWORD}
    person.browser.post("/api/auth/change-password", json=body).raise_for_status()
    assert confirm(person, late).status_code == 400


def test_a_link_to_the_old_address_ends(mailing: SignIn, mailbox: Mailbox, person: Account) -> None:
    with mailing.browser() as browser:
        browser.post("/api/auth/password-reset", json={"email": person.email}).raise_for_status()
        old = token_of(mailbox.wait_for(person.email, 2))
        new = some_email()
        ask(person, new).raise_for_status()
        confirm(person, token_of(mailbox.wait_for(new))).raise_for_status()
        answer = browser.post("/api/auth/reset-password", json={"token": old, "newPassword": NEW_PASSWORD})
        assert answer.status_code == 400


def test_nobody_is_made_to_give_their_address_to_another_account(
    mailing: SignIn, mailbox: Mailbox, person: Account
) -> None:
    """The mail may reach somebody who believes that it is about an account of their own."""
    other, new = Account(mailing, mailbox), some_email()
    ask(person, new).raise_for_status()
    token = token_of(mailbox.wait_for(new))
    assert confirm(other, token).json()["code"] == "OTHER_ACCOUNT"
    with mailing.browser() as signed_out:
        answer = signed_out.post("/api/auth/change-address/confirm", json={"token": token})
        assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHORIZED")
    confirm(person, token).raise_for_status()


def connect_google(person: Account) -> None:
    person.sign_in.sql(
        """INSERT INTO account (id, "accountId", "providerId", "userId", "createdAt", "updatedAt")
           VALUES ($1, $1, 'google', $1, now(), now())""",
        person.id,
    )


def providers(person: Account) -> set[str]:
    rows = person.sign_in.sql('SELECT "providerId" FROM account WHERE "userId" = $1', person.id)
    return {row["providerId"] for row in rows}


def test_another_service_that_was_connected_does_not_outlive_it(mailbox: Mailbox, person: Account) -> None:
    connect_google(person)
    new = some_email()
    ask(person, new).raise_for_status()
    confirm(person, token_of(mailbox.wait_for(new))).raise_for_status()
    assert providers(person) == {"credential"}


def test_nor_does_it_outlive_a_reset_of_the_password(mailing: SignIn, mailbox: Mailbox, person: Account) -> None:
    connect_google(person)
    mailing.sql(
        """INSERT INTO passkey (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp")
           VALUES ($1, 'key', $1, $1, 0, 'singleDevice', false)""",
        person.id,
    )
    with mailing.browser() as browser:
        browser.post("/api/auth/password-reset", json={"email": person.email}).raise_for_status()
        token = token_of(mailbox.wait_for(person.email, 2))
        body = {"token": token, "newPassword": NEW_PASSWORD}
        browser.post("/api/auth/reset-password", json=body).raise_for_status()
    assert providers(person) == {"credential"}
    assert mailing.sql('SELECT FROM passkey WHERE "userId" = $1', person.id) == []


@pytest.mark.parametrize("token", ["", "A" * 43, "change-address:x"])
def test_a_link_is_not_guessed(person: Account, token: str) -> None:
    assert confirm(person, token).status_code == 400
