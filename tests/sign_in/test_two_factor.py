"""Two factors: every way in asks for the code, which works once and is not guessed; a recent proof where it matters."""

import base64
import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx
import pytest

from tests.mailbox import Mailbox, token_of
from tests.sign_in.servers import PASSWORD, Account, SignIn
from tests.sign_in.two_factors import OLD_PROOF, Protected, protect

NEW_PASSWORD = "another horse battery"


@pytest.fixture
def person(sign_in: SignIn) -> Protected:
    sign_in.sql('DELETE FROM "rateLimit"')
    return protect(Account(sign_in))


def enter(browser: httpx.Client, code: str, kind: str = "totp") -> httpx.Response:
    return browser.post(f"/api/auth/two-factor/verify-{kind}", json={"code": code})


def is_signed_in(browser: httpx.Client) -> bool:
    return browser.get("/api/auth/token").status_code == 200


def test_a_sign_in_needs_the_code(person: Protected) -> None:
    assert len(person.recovery_codes) == 10
    with closing(person.half()) as browser:
        assert not is_signed_in(browser)
        assert enter(browser, "000000").json()["code"] == "INVALID_CODE"
        assert enter(browser, person.code()).status_code == 200
        assert is_signed_in(browser)


def test_half_a_sign_in_opens_nothing(person: Protected) -> None:
    with closing(person.half()) as browser:
        user_code = browser.post("/api/auth/device/code", json={"client_id": "todo-terminal"}).json()["user_code"]
        assert browser.get("/api/auth/token").status_code == 401
        assert browser.get("/api/auth/device", params={"user_code": user_code}).status_code == 401
        assert browser.post("/api/auth/device/approve", json={"userCode": user_code}).status_code == 401
        assert browser.post("/api/auth/oauth2/consent", json={"accept": True}).status_code in (400, 401)
        assert browser.post("/api/auth/prove", json={"password": PASSWORD}).status_code == 401
        assert browser.post("/api/auth/two-factor/disable", json={"password": PASSWORD}).status_code == 401
        assert browser.get("/api/auth/sessions").status_code == 401


def test_a_code_works_once_also_when_it_is_sent_twice_at_once(person: Protected) -> None:
    code = person.code()
    halves = [person.half(replica) for replica in (0, 1)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda browser: enter(browser, code), halves))
    assert sorted(answer.status_code for answer in answers) == [200, 401]
    (refused,) = [answer.json()["code"] for answer in answers if answer.status_code == 401]
    assert refused == "CODE_USED"


def test_wrong_codes_are_limited_for_the_account_on_all_replicas(person: Protected) -> None:
    for number in range(5):
        with closing(person.half(number % 2)) as browser:
            assert enter(browser, "000000").status_code == 401
    person.account.sign_in.sql(
        """UPDATE "failedAttempt" SET "retryAt" = now() + interval '10 minutes' WHERE failures = 5"""
    )
    for replica in (0, 1):
        with closing(person.half(replica)) as browser:
            refused = enter(browser, person.code())
            assert refused.status_code == 429
            assert refused.json()["message"] == "Too many wrong codes. Try again in 10 minutes."
    assert person.post("prove", password=PASSWORD, code=person.code()).status_code == 429
    person.account.sign_in.sql('DELETE FROM "failedAttempt"')


def test_a_recovery_code_works_once(mailing: SignIn, mailbox: Mailbox) -> None:
    person = protect(Account(mailing, mailbox))
    (code, *_) = person.recovery_codes
    with closing(person.half()) as browser:
        assert enter(browser, "aaaaa-aaaaa", "backup-code").json()["code"] == "INVALID_BACKUP_CODE"
        assert enter(browser, code, "backup-code").status_code == 200
        assert is_signed_in(browser)
    with closing(person.half()) as browser:
        assert enter(browser, code, "backup-code").status_code == 401
    mailbox.wait_for(person.account.email, 3)
    subjects = {message["Subject"] for message in mailbox.to(person.account.email)}
    assert {"Two-step sign-in is on", "A recovery code was used"} <= subjects
    assert mailing.servers[0].events("recovery_code_used")


def test_a_reset_of_the_password_leaves_the_second_factor(mailing: SignIn, mailbox: Mailbox) -> None:
    person = protect(Account(mailing, mailbox))
    mailbox.wait_for(person.account.email, 2)
    with mailing.browser() as browser:
        browser.post("/api/auth/password-reset", json={"email": person.account.email}).raise_for_status()
        token = token_of(mailbox.wait_for(person.account.email, 3))
        body = {"token": token, "newPassword": NEW_PASSWORD}
        browser.post("/api/auth/reset-password", json=body).raise_for_status()
        assert not is_signed_in(browser)
    with closing(person.half(password=NEW_PASSWORD)) as browser:
        assert enter(browser, person.code()).status_code == 200


def test_a_link_to_sign_up_opens_no_protected_account(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox, email=f"{time.time_ns()}@example.com")
    older = '{"email":"' + person.email + '","name":"Ann"}'
    token = "a-link-from-before"
    identifier = base64.urlsafe_b64encode(hashlib.sha256(f"confirm-address:{token}".encode()).digest()).decode()
    mailing.sql(
        """INSERT INTO verification (id, identifier, value, "expiresAt", "createdAt", "updatedAt")
           VALUES ($1, $1, $2, now() + interval '1 hour', now(), now())""",
        identifier.rstrip("="),
        older,
    )
    protect(person)
    with mailing.browser() as browser:
        answer = browser.post("/api/auth/sign-up/confirm", json={"token": token, "password": PASSWORD})
        assert answer.json()["code"] == "ACCOUNT_EXISTS"
        assert not is_signed_in(browser)


@pytest.mark.parametrize("path", ["get-totp-uri", "send-otp", "verify-otp", "view-backup-codes", "generate-totp"])
def test_other_endpoints_are_closed(person: Protected, path: str) -> None:
    assert person.post(f"two-factor/{path}", password=PASSWORD).status_code == 404


def test_turning_it_off_needs_a_recent_proof(person: Protected) -> None:
    sql = person.account.sign_in.sql
    sql(OLD_PROOF, person.account.id)
    for path in ("two-factor/enable", "two-factor/disable", "two-factor/generate-backup-codes"):
        refused = person.post(path, password=PASSWORD)
        assert (refused.status_code, refused.json()["code"]) == (428, "PROOF_REQUIRED")
    assert person.post("prove", password="guess", code=person.code()).json()["code"] == "INVALID_PASSWORD"
    assert person.post("prove", password=PASSWORD).json()["code"] == "CODE_REQUIRED"
    assert person.post("prove", password=PASSWORD, code="000000").status_code == 401
    assert person.post("two-factor/disable", password=PASSWORD).status_code == 428
    person.post("prove", password=PASSWORD, code=person.code()).raise_for_status()
    codes = person.post("two-factor/generate-backup-codes", password=PASSWORD).raise_for_status().json()["backupCodes"]
    assert not set(codes) & set(person.recovery_codes)
    assert person.post("two-factor/disable", password="guess").status_code == 400
    person.post("two-factor/disable", password=PASSWORD).raise_for_status()
    assert is_signed_in(person.account.browser)
    assert not person.account.try_password(PASSWORD).json().get("twoFactorRedirect")
    server = person.account.sign_in.servers[0]
    for name in ("two_factor_on", "two_factor_off", "recovery_codes_replaced"):
        assert [event for event in server.events(name) if event["user_id"] == person.account.id], name


def test_a_new_password_needs_a_recent_proof(person: Protected) -> None:
    person.account.sign_in.sql(OLD_PROOF, person.account.id)
    body = {"currentPassword": PASSWORD, "newPassword": NEW_PASSWORD}
    assert person.post("change-password", **body).json()["code"] == "PROOF_REQUIRED"
    person.post("prove", password=PASSWORD, code=person.code()).raise_for_status()
    person.post("change-password", **body).raise_for_status()


def test_a_new_password_is_no_proof(person: Protected) -> None:
    """Its session is a new one."""
    person.post("change-password", currentPassword=PASSWORD, newPassword=NEW_PASSWORD).raise_for_status()
    assert person.post("two-factor/disable", password=NEW_PASSWORD).json()["code"] == "PROOF_REQUIRED"


def approve(account: Account) -> httpx.Response:
    browser = account.browser
    code = browser.post("/api/auth/device/code", json={"client_id": "todo-terminal"}).json()["user_code"]
    browser.get("/api/auth/device", params={"user_code": code}).raise_for_status()
    return browser.post("/api/auth/device/approve", json={"userCode": code})


def test_a_terminal_and_an_app_need_a_recent_proof_only_with_two_factors(sign_in: SignIn, person: Protected) -> None:
    plain = Account(sign_in)
    for account in (plain, person.account):
        sign_in.sql(OLD_PROOF, account.id)
    assert approve(plain).status_code == 200
    assert approve(person.account).json()["code"] == "PROOF_REQUIRED"
    consent = {"accept": True, "oauth_query": ""}
    assert plain.browser.post("/api/auth/oauth2/consent", json=consent).json().get("code") != "PROOF_REQUIRED"
    assert person.post("oauth2/consent", **consent).json()["code"] == "PROOF_REQUIRED"
    person.post("prove", password=PASSWORD, code=person.code()).raise_for_status()
    assert approve(person.account).status_code == 200


def test_nobody_sets_the_proof_of_a_session(person: Protected) -> None:
    assert person.post("update-session", provedAt="2100-01-01T00:00:00Z").status_code == 404
    assert person.post("prove", password=PASSWORD, provedAt="2100-01-01T00:00:00Z").status_code == 400


def test_half_a_sign_in_is_not_logged_as_one(person: Protected) -> None:
    server = person.account.sign_in.servers[0]
    count = len([event for event in server.events("signed_in") if event["user_id"] == person.account.id])
    with closing(person.half()) as browser:
        asked = [event for event in server.events("second_factor_asked") if event["user_id"] == person.account.id]
        assert len(asked) == 1
        assert len([e for e in server.events("signed_in") if e["user_id"] == person.account.id]) == count
        enter(browser, person.code()).raise_for_status()
    assert len([e for e in server.events("signed_in") if e["user_id"] == person.account.id]) == count + 1
