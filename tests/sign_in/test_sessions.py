"""Somebody's sessions: listed without their tokens, ended one by one or by a new password, and told to the task API."""

import json

import pytest

from tests.sign_in.servers import PASSWORD, Account, SignIn, some_address, until
from tests.sign_in.task_api import TaskApi

NEW_PASSWORD = "another horse battery"


def sessions(person: Account) -> list[dict[str, object]]:
    return list(person.browser.get("/api/auth/sessions").raise_for_status().json())


def second_session(person: Account) -> dict[str, str]:
    return dict(person.try_password(PASSWORD, replica=1).raise_for_status().cookies)


def can_get_tokens(sign_in: SignIn, cookies: dict[str, str]) -> bool:
    with sign_in.browser() as browser:
        browser.cookies.update(cookies)
        return browser.get("/api/auth/token").status_code == 200


def test_sessions_are_listed_by_id_without_their_tokens(sign_in: SignIn) -> None:
    person = Account(sign_in)
    second_session(person)
    listed = sessions(person)
    assert [entry["current"] for entry in listed].count(True) == 1
    assert {entry["client"] for entry in listed} == {"web"}
    tokens = {row["token"] for row in sign_in.sql('SELECT token FROM session WHERE "userId" = $1', person.id)}
    assert len(tokens) == 2
    assert not [token for token in tokens if token in json.dumps(listed)]


def test_a_session_is_ended_by_its_id_and_only_by_its_owner(sign_in: SignIn) -> None:
    person, stranger = Account(sign_in), Account(sign_in)
    other = second_session(person)
    (ended,) = [entry["id"] for entry in sessions(person) if not entry["current"]]
    assert stranger.browser.post("/api/auth/sessions/revoke", json={"id": ended}).status_code == 404
    assert can_get_tokens(sign_in, other)
    person.browser.post("/api/auth/sessions/revoke", json={"id": ended}).raise_for_status()
    assert not can_get_tokens(sign_in, other)
    assert person.browser.get("/api/auth/token").status_code == 200


@pytest.mark.parametrize("wish", [{}, {"revokeOtherSessions": False}])
def test_a_new_password_ends_all_other_sessions(sign_in: SignIn, wish: dict[str, bool]) -> None:
    person = Account(sign_in)
    other, before = second_session(person), dict(person.browser.cookies)
    body = {"currentPassword": PASSWORD, "newPassword": NEW_PASSWORD, **wish}
    answer = person.browser.post("/api/auth/change-password", json=body)
    if wish:
        assert answer.status_code == 400, "whether they end is not the client's choice"
        assert can_get_tokens(sign_in, other)
        return
    answer.raise_for_status()
    assert not can_get_tokens(sign_in, other)
    assert not can_get_tokens(sign_in, before)
    assert person.browser.get("/api/auth/token").status_code == 200
    assert person.try_password(PASSWORD).status_code == 401
    assert person.try_password(NEW_PASSWORD).status_code == 200


CHROME = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


def test_a_session_is_known_by_its_browser_and_address(sign_in: SignIn) -> None:
    person, address = Account(sign_in), some_address()
    with sign_in.browser(address=address) as browser:
        browser.headers["User-Agent"] = CHROME
        browser.post("/api/auth/sign-in/email", json={"email": person.email, "password": PASSWORD}).raise_for_status()
    (other,) = [entry for entry in sessions(person) if not entry["current"]]
    assert (other["device"], other["address"]) == ("Chrome on Linux", address)


def test_all_other_sessions_are_ended_at_once(sign_in: SignIn) -> None:
    person, stranger = Account(sign_in), Account(sign_in)
    others = [second_session(person) for _ in range(2)]
    person.browser.post("/api/auth/sessions/revoke-others", json={}).raise_for_status()
    assert [entry["current"] for entry in sessions(person)] == [True]
    assert not [cookies for cookies in others if can_get_tokens(sign_in, cookies)]
    assert stranger.browser.get("/api/auth/token").status_code == 200


def test_a_session_that_is_used_every_day_ends_after_90_days(sign_in: SignIn) -> None:
    person = Account(sign_in)
    age = """UPDATE session SET "createdAt" = now() - $2::int * interval '1 day',
             "updatedAt" = now() - interval '2 days', "expiresAt" = now() + interval '28 days' WHERE "userId" = $1"""
    left = """SELECT extract(day FROM "expiresAt" - now())::int AS days FROM session WHERE "userId" = $1"""
    for days, expected in ((10, 29), (80, 9)):
        sign_in.sql(age, person.id, days)
        assert person.browser.get("/api/auth/get-session").json() is not None
        assert sign_in.sql(left, person.id) == [{"days": expected}]
    sign_in.sql(age, person.id, 91)
    person.browser.get("/api/auth/get-session")
    assert person.browser.get("/api/auth/token").status_code == 401


def test_the_task_api_is_told_which_session_has_ended(sign_in: SignIn, task_api: TaskApi) -> None:
    person = Account(sign_in)
    (session,) = sessions(person)
    person.browser.post("/api/auth/sign-out", json={}).raise_for_status()
    told, *again = task_api.revocations_of(person.id)
    assert {claims["sid"] for claims in (told, *again)} == {session["id"]}  # again if no answer came in time
    assert told["aud"] == "todo/revocations"
    assert told["iss"] == sign_in.public_url
    assert set(told) == {"iss", "aud", "sub", "iat", "exp", "sid"}


def test_what_the_task_api_was_not_told_is_told_later(sign_in: SignIn, task_api: TaskApi) -> None:
    person, later = Account(sign_in), Account(sign_in)
    task_api.away = True
    person.browser.post("/api/auth/sign-out", json={}).raise_for_status()
    assert not [claims for claims in task_api.revocations if claims["sub"] == person.id]
    task_api.away = False
    later.browser.post("/api/auth/sign-out", json={}).raise_for_status()
    assert task_api.revocations_of(person.id)
    until(lambda: not sign_in.sql("SELECT FROM revocation"))
