"""Access tokens that users make for scripts."""

from typing import Any

import httpx
import jwt
import pytest

from tests.mailbox import Mailbox, text_of
from tests.sign_in.servers import PASSWORD, Account, SignIn, until
from tests.sign_in.task_api import TaskApi
from tests.sign_in.two_factors import OLD_PROOF, protect

NEW_PASSWORD = "another horse battery"


def create(person: Account, **fields: str) -> httpx.Response:
    body = {"name": "Backup script", "access": "read", "days": "30", "password": PASSWORD} | fields
    return person.browser.post("/api/auth/access-tokens/create", json=body)


def token_for(person: Account, **fields: str) -> str:
    return str(create(person, **fields).raise_for_status().json()["token"])


def exchange(sign_in: SignIn, token: str) -> httpx.Response:
    with sign_in.browser(1, Authorization=f"Bearer {token}") as script:
        del script.headers["Origin"]  # a script is no page
        return script.get("/api/auth/access-tokens/exchange")


def listed(person: Account) -> list[dict[str, Any]]:
    return list(person.browser.get("/api/auth/access-tokens").raise_for_status().json())


@pytest.mark.parametrize(("access", "scope"), [("read", "tasks:read"), ("write", "tasks:read tasks:write")])
def test_it_is_exchanged_for_a_token_of_ten_minutes_with_its_scopes(sign_in: SignIn, access: str, scope: str) -> None:
    person = Account(sign_in)
    made = create(person, access=access).raise_for_status().json()
    answer = exchange(sign_in, made["token"])
    assert answer.headers.get("set-cookie") is None
    claims = jwt.decode(answer.raise_for_status().json()["token"], options={"verify_signature": False})
    assert (claims["sub"], claims["scope"], claims["aud"], claims["iss"]) == (
        person.id, scope, "todo", sign_in.public_url,
    )  # fmt: skip
    assert claims["exp"] - claims["iat"] == 600
    assert (claims["client_id"], claims["client_name"]) == (f"token:{made['id']}", "Backup script")
    assert "sid" not in claims, "it is no session"


def test_it_is_shown_once_and_stored_as_a_hash(sign_in: SignIn) -> None:
    person = Account(sign_in)
    token = token_for(person)
    [found] = listed(person)
    assert (found["name"], found["scopes"], found["usedAt"]) == ("Backup script", ["tasks:read"], None)
    assert token not in str(found)
    assert token.removeprefix("todo_pat_") not in str(sign_in.sql('SELECT * FROM "accessToken"'))
    exchange(sign_in, token).raise_for_status()
    assert listed(person)[0]["usedAt"] is not None


def test_it_opens_nothing_but_the_exchange(sign_in: SignIn) -> None:
    token = token_for(Account(sign_in))
    with sign_in.browser(Authorization=f"Bearer {token}") as script:
        for path in ("token", "get-session", "sessions", "access-tokens", "identity"):
            answer = script.get(f"/api/auth/{path}")
            assert answer.status_code == 401 or answer.json() is None, path
        for path in ("access-tokens/create", "change-address", "account-deletion/request", "account-statement"):
            assert script.post(f"/api/auth/{path}", json={}).status_code in {400, 401}, path


def test_it_ends_when_it_is_deleted_or_has_expired(sign_in: SignIn, task_api: TaskApi) -> None:
    person, other = Account(sign_in), Account(sign_in)
    deleted, expired = token_for(person), token_for(person, name="Old")
    sign_in.sql("""UPDATE "accessToken" SET "expiresAt" = now() WHERE name = 'Old' AND "userId" = $1""", person.id)
    assert exchange(sign_in, expired).status_code == 401
    [found] = listed(person)
    other.browser.post("/api/auth/access-tokens/delete", json={"id": found["id"]}).raise_for_status()
    exchange(sign_in, deleted).raise_for_status()
    person.browser.post("/api/auth/access-tokens/delete", json={"id": found["id"]}).raise_for_status()
    assert exchange(sign_in, deleted).status_code == 401
    told = task_api.revocations_of(person.id)
    assert [claims["client_id"] for claims in told] == [f"token:{found['id']}"]


def test_a_new_password_ends_all_of_them(sign_in: SignIn, task_api: TaskApi) -> None:
    person = Account(sign_in)
    token = token_for(person)
    [found] = listed(person)
    body = {"currentPassword": PASSWORD, "newPassword": NEW_PASSWORD}
    person.browser.post("/api/auth/change-password", json=body).raise_for_status()
    assert exchange(sign_in, token).status_code == 401
    client = f"token:{found['id']}"
    until(lambda: client in [claims.get("client_id") for claims in task_api.revocations_of(person.id)])


def test_it_takes_the_password_and_a_recent_proof(sign_in: SignIn) -> None:
    person = Account(sign_in)
    assert create(person, password="a guess of mine").status_code == 400
    assert create(person, password="").status_code == 400
    protect(person)
    sign_in.sql(OLD_PROOF, person.id)
    assert create(person).json()["code"] == "PROOF_REQUIRED"


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"name": "x" * 65}, {"access": "admin"}, {"days": "0"}, {"days": "367"}, {"days": "-1"},
     {"days": "1e2"}, {"scope": "tasks:write"}],
)  # fmt: skip
def test_contradictory_and_unknown_fields_are_refused(sign_in: SignIn, wrong: dict[str, str]) -> None:
    person = Account(sign_in)
    assert create(person, **wrong).status_code == 400
    assert listed(person) == []


def test_there_are_at_most_fifty(sign_in: SignIn) -> None:
    person = Account(sign_in)
    sign_in.sql(
        """INSERT INTO "accessToken" (id, "userId", name, scope, hash, "createdAt", "expiresAt")
           SELECT $1 || n, $1, 'one', 'tasks:read', $1 || n, now(), now() + interval '1 day'
           FROM generate_series(1, 50) AS n""",
        person.id,
    )
    assert create(person).json()["code"] == "TOO_MANY_TOKENS"


@pytest.mark.parametrize("token", ["todo_pat_", "todo_pat_" + "A" * 43, "A" * 43])
def test_what_is_no_token_is_refused(sign_in: SignIn, token: str) -> None:
    assert exchange(sign_in, token).status_code in {400, 401}


def test_its_owner_is_told_by_mail(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    token_for(person, name="Send money to evil.example")
    mail = text_of(mailbox.wait_for(person.email, 2))
    assert ("access token" in mail, "evil" in mail) == (True, False)
