"""Proofs of an address: signed with the published keys, for the owner of a confirmed address, in the page alone."""

import asyncio
import time
from typing import Any

import jwt
import pytest

from conftest import own_home
from tests.mailbox import Mailbox, token_of
from tests.sign_in.servers import Account, SignIn, running

AUDIENCE = "todo/address"
NEW_PASSWORD = "another horse battery"


def verified(sign_in: SignIn, proof: str) -> dict[str, Any]:
    """The claims, as the task API reads them."""
    with sign_in.browser() as browser:
        keys = jwt.PyJWKSet.from_dict(browser.get("/api/auth/jwks").raise_for_status().json())
    key = keys[jwt.get_unverified_header(proof)["kid"]]
    claims = jwt.decode(proof, key, algorithms=["EdDSA"], audience=AUDIENCE, issuer=sign_in.public_url)
    return dict(claims)


def make_unconfirmed(person: Account) -> None:
    person.sign_in.sql('UPDATE "user" SET "emailVerified" = false WHERE id = $1', person.id)


def test_a_proof_states_the_address_of_the_account_for_two_minutes(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    claims = verified(mailing, person.browser.get("/api/auth/address-proof").raise_for_status().json()["proof"])
    assert set(claims) == {"iss", "aud", "sub", "email", "email_verified", "iat", "exp"}
    assert (claims["sub"], claims["email"], claims["email_verified"]) == (person.id, person.email, True)
    assert claims["exp"] == claims["iat"] + 120
    assert abs(claims["iat"] - time.time()) < 30


def test_an_address_that_is_not_confirmed_has_no_proof_until_a_mail_has_confirmed_it(
    mailing: SignIn, mailbox: Mailbox
) -> None:
    person = Account(mailing, mailbox)
    make_unconfirmed(person)
    refused = person.browser.get("/api/auth/address-proof")
    assert (refused.status_code, refused.json()["code"]) == (403, "ADDRESS_NOT_CONFIRMED")
    assert "proof" not in refused.json()
    person.browser.post("/api/auth/password-reset", json={"email": person.email}).raise_for_status()
    body = {"token": token_of(mailbox.wait_for(person.email, 2)), "newPassword": NEW_PASSWORD}
    person.browser.post("/api/auth/reset-password", json=body).raise_for_status()
    sign_in = {"email": person.email, "password": NEW_PASSWORD}
    person.browser.post("/api/auth/sign-in/email", json=sign_in).raise_for_status()
    assert person.browser.get("/api/auth/address-proof").status_code == 200


def test_where_mails_are_files_every_account_gets_one(sign_in: SignIn) -> None:
    person = Account(sign_in)
    make_unconfirmed(person)
    proof = person.browser.get("/api/auth/address-proof").raise_for_status().json()["proof"]
    assert verified(sign_in, proof)["email"] == person.email


def test_a_proof_is_no_token_and_a_token_is_no_proof(sign_in: SignIn) -> None:
    person = Account(sign_in)
    proof = person.browser.get("/api/auth/address-proof").json()["proof"]
    token = person.browser.get("/api/auth/token").json()["token"]
    assert jwt.decode(proof, options={"verify_signature": False})["aud"] == AUDIENCE
    with pytest.raises(jwt.InvalidAudienceError):
        verified(sign_in, token)


def test_without_a_session_of_the_page_there_is_none(sign_in: SignIn) -> None:
    person = Account(sign_in)
    body = {"client_id": "todo-terminal", "scope": "tasks:read tasks:write"}
    code = person.browser.post("/api/auth/device/code", json=body).raise_for_status().json()
    person.browser.get("/api/auth/device", params={"user_code": code["user_code"]}).raise_for_status()
    person.browser.post("/api/auth/device/approve", json={"userCode": code["user_code"]}).raise_for_status()
    grant = "urn:ietf:params:oauth:grant-type:device_code"
    with sign_in.browser() as terminal:
        body = {"client_id": "todo-terminal", "device_code": code["device_code"], "grant_type": grant}
        session = terminal.post("/api/auth/device/token", json=body).raise_for_status().json()["access_token"]
        terminal.cookies.clear()
        terminal.headers["Authorization"] = f"Bearer {session}"
        assert terminal.get("/api/auth/token").status_code == 200
        assert terminal.get("/api/auth/address-proof").status_code == 401
    with sign_in.browser() as nobody:
        assert nobody.get("/api/auth/address-proof").status_code == 401
        nobody.headers["Authorization"] = f"Bearer {person.browser.get('/api/auth/token').json()['token']}"
        assert nobody.get("/api/auth/address-proof").status_code == 401


def test_it_takes_no_other_method(sign_in: SignIn) -> None:
    assert Account(sign_in).browser.post("/api/auth/address-proof", json={}).status_code == 405


async def test_an_installation_that_sends_no_mail_gives_none(tmp_path_factory: pytest.TempPathFactory) -> None:
    started = running(own_home(tmp_path_factory, "no-mail"), 1, {})
    silent = await asyncio.to_thread(started.__enter__)
    try:
        refused = Account(silent).browser.get("/api/auth/address-proof")
        assert (refused.status_code, refused.json()["code"]) == (404, "NO_MAIL")
    finally:
        await asyncio.to_thread(started.__exit__, None, None, None)
