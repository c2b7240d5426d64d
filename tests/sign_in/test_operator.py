"""The operator's command for accounts."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.mailbox import Mailbox, text_of
from tests.sign_in.servers import PASSWORD, Account, SignIn, until
from tests.sign_in.task_api import TaskApi
from tests.sign_in.two_factors import protect


def token_for(person: Account) -> str:
    body = {"name": "Script", "access": "read", "days": "30", "password": PASSWORD}
    return str(person.browser.post("/api/auth/access-tokens/create", json=body).raise_for_status().json()["token"])


def exchange(sign_in: SignIn, token: str) -> int:
    with sign_in.browser(Authorization=f"Bearer {token}") as script:
        return script.get("/api/auth/access-tokens/exchange").status_code


def terminal_of(person: Account) -> str:
    """The session of a terminal that the user has approved."""
    browser = person.browser
    asked = browser.post("/api/auth/device/code", json={"client_id": "todo-terminal"}).json()
    browser.get("/api/auth/device", params={"user_code": asked["user_code"]}).raise_for_status()
    browser.post("/api/auth/device/approve", json={"userCode": asked["user_code"]}).raise_for_status()
    body = {
        "client_id": "todo-terminal",
        "device_code": asked["device_code"],
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
    }
    return str(browser.post("/api/auth/device/token", json=body).raise_for_status().json()["access_token"])


def test_a_locked_account_has_no_access_from_anywhere(sign_in: SignIn, task_api: TaskApi) -> None:
    person, other = Account(sign_in), Account(sign_in)
    script, terminal = token_for(person), terminal_of(person)
    assert "is locked" in sign_in.operate("lock", person.email.upper())
    assert task_api.revocations_of(person.id)[-1].keys().isdisjoint({"sid", "client_id"}), "every token of the user"
    assert person.browser.get("/api/auth/token").status_code == 401
    assert exchange(sign_in, script) == 401
    with sign_in.browser(Authorization=f"Bearer {terminal}") as shell:
        assert shell.get("/api/auth/token").status_code == 401
    refused = person.try_password(PASSWORD, replica=1)
    assert (refused.status_code, refused.json()["code"]) == (403, "ACCOUNT_LOCKED")
    assert other.browser.get("/api/auth/token").status_code == 200

    assert "is unlocked" in sign_in.operate("unlock", person.id)
    assert person.try_password(PASSWORD).status_code == 200
    assert exchange(sign_in, script) == 401, "somebody else may have made it"


def test_a_sign_in_that_a_lock_overtakes_leaves_no_session(sign_in: SignIn) -> None:
    person = Account(sign_in)

    def sessions() -> int:
        return len(sign_in.sql('SELECT FROM "session" WHERE "userId" = $1', person.id))

    lock = 'UPDATE "user" SET "lockedAt" = now() WHERE id = $1'
    end_sessions = 'DELETE FROM "session" WHERE "userId" = $1'
    with ThreadPoolExecutor(1) as thread:
        with sign_in.uncommitted([lock, end_sessions], person.id):
            signing_in = thread.submit(person.try_password, PASSWORD)
            until(lambda: sessions() == 2)
        signing_in.result()
    assert sessions() == 0


def test_a_lock_ends_every_way_in_that_somebody_else_may_have_made(sign_in: SignIn) -> None:
    person = Account(sign_in)
    provider = 'INSERT INTO "account" (id, "accountId", "providerId", "userId", "createdAt", "updatedAt")'
    sign_in.sql(f"{provider} VALUES (gen_random_uuid()::text, '1', 'github', $1, now(), now())", person.id)
    person.browser.post("/api/auth/account-deletion/request", json={"password": PASSWORD}).raise_for_status()
    sign_in.operate("lock", person.email)
    ways = sign_in.sql('SELECT "providerId" FROM "account" WHERE "userId" = $1', person.id)
    assert [way["providerId"] for way in ways] == ["credential"]
    assert sign_in.sql('SELECT FROM "deletion" WHERE "userId" = $1', person.id) == []


def test_the_operator_learns_that_the_task_api_does_not_know_of_the_lock(sign_in: SignIn, task_api: TaskApi) -> None:
    person = Account(sign_in)
    task_api.away = True
    try:
        assert "does not answer" in sign_in.operate("lock", person.email)
    finally:
        task_api.away = False
    assert task_api.revocations_of(person.id)


def test_a_lock_does_not_tell_a_stranger_that_the_account_exists(sign_in: SignIn) -> None:
    person = Account(sign_in)
    sign_in.operate("lock", person.email)
    wrong = person.try_password("a guess of mine")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "INVALID_EMAIL_OR_PASSWORD")


def test_a_lost_phone_is_forgotten(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    protect(person)
    assert person.try_password(PASSWORD).json()["twoFactorRedirect"] is True
    assert "two-step" in mailing.operate("list", person.email)
    mailing.operate("reset-second-factor", person.email)
    assert "token" in person.try_password(PASSWORD).json()
    mailbox.wait_until(person.email, lambda mail: "needs the password alone" in text_of(mail))


def test_an_account_is_deleted_at_once(sign_in: SignIn, task_api: TaskApi) -> None:
    person = Account(sign_in)
    assert "is deleted within seconds" in sign_in.operate("delete", person.email)
    until(lambda: any(claims["sub"] == person.id for claims in task_api.erasures))
    assert person.try_password(PASSWORD).status_code == 401


def test_accounts_are_listed_by_a_part_of_their_address(sign_in: SignIn) -> None:
    person, other = Account(sign_in), Account(sign_in)
    sign_in.operate("lock", person.email)
    found = sign_in.operate("list", person.email[:12])
    assert (person.email in found, person.id in found, "locked" in found) == (True, True, True)
    assert other.email not in found
    assert sign_in.operate("list", "nobody has this") == "no accounts\n"


@pytest.mark.parametrize("arguments", [(), ("lock",), ("destroy", "x"), ("lock", "a", "b")])
def test_a_wrong_command_says_how_it_is_used(sign_in: SignIn, arguments: tuple[str, ...]) -> None:
    assert "usage: accounts" in sign_in.operate(*arguments, code=1)


def test_an_unknown_account_is_said_to_be(sign_in: SignIn) -> None:
    assert "there is no account nobody@example.com" in sign_in.operate("lock", "nobody@example.com", code=1)
