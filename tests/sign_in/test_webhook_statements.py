"""Statements that a user wants a webhook: signed, for one URL, after a recent proof, and told by mail."""

import time
from typing import Any

import jwt
import pytest

from tests.mailbox import Mailbox, text_of
from tests.sign_in.servers import PASSWORD, Account, SignIn

URL = "https://example.com/todo"


def ask(person: Account, url: str = URL) -> Any:
    return person.browser.post("/api/auth/webhook-statement", json={"url": url})


def age(sign_in: SignIn, person: Account) -> None:
    """As if the sign-in and every proof were more than ten minutes ago."""
    sign_in.sql(
        """UPDATE "session" SET "provedAt" = now() - interval '11 minutes', "createdAt" = now() - interval '1 day'
           WHERE "userId" = $1""",
        person.id,
    )


def test_a_statement_names_the_user_and_the_url_for_two_minutes(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    body = {"email": person.email, "password": PASSWORD}
    person.browser.post("/api/auth/sign-in/email", json=body).raise_for_status()
    statement = ask(person).raise_for_status().json()["statement"]
    keys = jwt.PyJWKSet.from_dict(person.browser.get("/api/auth/jwks").raise_for_status().json())
    key = keys[jwt.get_unverified_header(statement)["kid"]]
    claims = jwt.decode(statement, key, algorithms=["EdDSA"], audience="todo/webhook", issuer=mailing.public_url)
    assert set(claims) == {"iss", "aud", "sub", "url", "iat", "exp"}
    assert (claims["sub"], claims["url"], claims["exp"]) == (person.id, URL, claims["iat"] + 120)
    assert abs(claims["iat"] - time.time()) < 30
    mailbox.wait_until(
        person.email, lambda mail: "changes of the tasks to example.com." in " ".join(text_of(mail).split())
    )


@pytest.mark.parametrize("url", ["example.com/todo", "ftp://example.com/", "https://", "javascript:alert(1)"])
def test_what_is_not_the_url_of_a_server_gets_none(sign_in: SignIn, url: str) -> None:
    refused = ask(Account(sign_in), url)
    assert (refused.status_code, refused.json()["code"]) == (400, "INVALID_URL")


def test_a_stolen_session_gets_none_without_the_password(sign_in: SignIn) -> None:
    person = Account(sign_in)
    age(sign_in, person)
    refused = ask(person)
    assert (refused.status_code, refused.json()["code"]) == (428, "PASSWORD_REQUIRED")
    person.browser.post("/api/auth/prove", json={"password": PASSWORD}).raise_for_status()
    assert ask(person).status_code == 200
    with sign_in.browser() as stranger:
        assert stranger.post("/api/auth/webhook-statement", json={"url": URL}).status_code == 401


def test_an_account_without_a_password_needs_a_fresh_sign_in(sign_in: SignIn) -> None:
    person = Account(sign_in)
    sign_in.sql('UPDATE "account" SET password = NULL WHERE "userId" = $1', person.id)
    assert ask(person).status_code == 200
    age(sign_in, person)
    refused = ask(person)
    assert (refused.status_code, refused.json()["code"]) == (403, "SIGN_IN_AGAIN")
