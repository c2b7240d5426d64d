import json
import secrets

import httpx
import jwt

from tests.api.oauth import Person
from tests.suite import RunningSuite
from tests.support import eventually


def token_of(person: Person) -> str:
    return str(person.browser.get("/api/auth/token").raise_for_status().json()["token"])


def test_another_secret_ends_sessions_and_nothing_else(web_suite: RunningSuite) -> None:
    """The keys that sign tokens are sealed with it: the old ones are published a while longer, and a new one signs."""
    before = token_of(Person(web_suite.web_url))
    web_suite.launcher("down")
    file = web_suite.home / "secrets.json"
    file.write_text(json.dumps(web_suite.secrets | {"auth_secret": secrets.token_urlsafe(32)}))
    web_suite.launcher("up")
    after = token_of(Person(web_suite.web_url))
    for token in (before, after):
        answer = httpx.get(f"{web_suite.url}/api/nobody/tasks", headers={"Authorization": f"Bearer {token}"})
        assert answer.json()["code"] == "forbidden", "it is known whose it is: not the one of that path"


def test_a_token_names_its_session_by_id(web_suite: RunningSuite) -> None:
    person = Person(web_suite.web_url)
    claims = jwt.decode(token_of(person), options={"verify_signature": False})
    session = person.browser.get("/api/auth/get-session").json()["session"]
    assert claims["sid"] == session["id"] != session["token"]


async def test_a_token_opens_nothing_once_its_session_has_ended(web_suite: RunningSuite) -> None:
    person = Person(web_suite.web_url)
    another = Person(web_suite.web_url)
    token, kept = token_of(person), token_of(another)
    assert statuses(web_suite, person, token) == {200}
    person.browser.post("/api/auth/sign-out", json={}).raise_for_status()
    await eventually(lambda: statuses(web_suite, person, token) == {401}, 2)
    assert statuses(web_suite, another, kept) == {200}


def statuses(suite: RunningSuite, person: Person, token: str) -> set[int]:
    """Of both replicas: each connection reaches one of them."""
    url, headers = f"{suite.url}/api/{person.id}/tasks", {"Authorization": f"Bearer {token}"}
    return {httpx.get(url, headers=headers, timeout=20).status_code for _ in range(12)}
