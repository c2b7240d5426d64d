"""The log of sign-in: one JSON line an event, which names the account and the address, and holds no secret."""

import json
import secrets

from tests.sign_in.servers import PASSWORD, Account, SignIn, some_address


def test_signing_in_and_out_is_logged(sign_in: SignIn) -> None:
    person = Account(sign_in)
    person.browser.post("/api/auth/sign-out", json={}).raise_for_status()
    server = sign_in.servers[0]
    (started,) = [event for event in server.events("signed_in") if event["user_id"] == person.id]
    assert started["path"] == "/sign-up/email"
    assert started["address"].startswith("10.")
    (ended,) = [event for event in server.events("signed_out") if event["user_id"] == person.id]
    assert ended["session_id"] == started["session_id"]


def test_a_failure_names_the_account_by_a_key_and_the_address(sign_in: SignIn) -> None:
    person, address = Account(sign_in), some_address()
    person.try_password("guess", address=address)
    person.try_password("guess")
    failures = sign_in.servers[0].events("attempt_failed")[-2:]
    assert failures[0]["address"] == address
    assert len({failure["account"] for failure in failures}) == 1
    assert person.email not in sign_in.servers[0].log.read_text()


def test_decisions_are_logged(sign_in: SignIn) -> None:
    person, server = Account(sign_in), sign_in.servers[0]
    person.try_password(PASSWORD)
    (other,) = [entry["id"] for entry in person.browser.get("/api/auth/sessions").json() if not entry["current"]]
    person.browser.post("/api/auth/sessions/revoke", json={"id": other}).raise_for_status()
    for decision in ("approve", "deny"):
        code = person.browser.post("/api/auth/device/code", json={"client_id": "todo-terminal"}).json()["user_code"]
        person.browser.get("/api/auth/device", params={"user_code": code}).raise_for_status()
        person.browser.post(f"/api/auth/device/{decision}", json={"userCode": code}).raise_for_status()
    body = {"currentPassword": PASSWORD, "newPassword": "another horse battery"}
    person.browser.post("/api/auth/change-password", json=body).raise_for_status()
    for name in ("session_revoked", "device_approved", "device_denied", "password_changed"):
        assert [event for event in server.events(name) if event["user_id"] == person.id], name


def test_a_request_writes_no_line_of_its_own(sign_in: SignIn) -> None:
    """Better Auth logs addresses that it does not trust as they were sent."""
    mark = secrets.token_hex(8)
    evil = f"https://evil.example/\r\n\x1b[2J\x9b31m{mark}"
    with sign_in.browser() as browser:
        for path in ("sign-in/social", "oauth2/consent"):
            body = {"provider": "github", "callbackURL": evil, "redirectTo": evil}
            browser.post(f"/api/auth/{path}", json=body)
        browser.get("/api/auth/get-session", params={"callbackURL": evil})
        browser.get("/api/auth/callback/github", params={"error": evil, "state": evil})
    for server in sign_in.servers:
        for line in server.log.read_text().splitlines():
            assert "\x1b" not in line
            assert mark not in line or json.loads(line)


def test_the_log_has_no_passwords_and_no_tokens(sign_in: SignIn) -> None:
    person = Account(sign_in)
    person.try_password("a wrong password of its own")
    token = person.browser.get("/api/auth/token").json()["token"]
    sessions = sign_in.sql('SELECT token FROM session WHERE "userId" = $1', person.id)
    for server in sign_in.servers:
        text = server.log.read_text()
        secret = [token, PASSWORD, "a wrong password of its own", *(row["token"] for row in sessions)]
        assert not [entry for entry in secret if entry in text]
