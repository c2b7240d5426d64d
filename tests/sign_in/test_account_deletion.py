"""An account is deleted seven days after its user has asked for it, unless the user keeps it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx

from tests.sign_in.servers import PASSWORD, Account, SignIn, until
from tests.sign_in.task_api import TaskApi

DUE = """UPDATE deletion SET "dueAt" = now() - interval '1 second' WHERE "userId" = $1"""


def ask(person: Account, password: str = PASSWORD) -> dict[str, str]:
    body = {"password": password}
    answer = person.browser.post("/api/auth/account-deletion/request", json=body)
    return dict(answer.raise_for_status().json())


def test_it_takes_the_password_and_is_due_in_seven_days(sign_in: SignIn) -> None:
    person = Account(sign_in)
    url = "/api/auth/account-deletion"
    assert person.browser.post(f"{url}/request", json={"password": "a guess of mine"}).status_code == 400
    assert person.browser.post(f"{url}/request", json={}).status_code == 400
    assert person.browser.get(url).json() == {"dueAt": None}
    due = datetime.fromisoformat(ask(person)["dueAt"])
    assert timedelta(days=6, hours=23) < due - datetime.now(UTC) <= timedelta(days=7)
    assert ask(person)["dueAt"] == person.browser.get(url).json()["dueAt"], "asking again moves nothing"


def test_until_then_the_account_works_and_can_be_kept(sign_in: SignIn) -> None:
    person = Account(sign_in)
    ask(person)
    assert person.try_password(PASSWORD).status_code == 200
    person.browser.post("/api/auth/account-deletion/cancel", json={}).raise_for_status()
    assert person.browser.get("/api/auth/account-deletion").json()["dueAt"] is None
    assert sign_in.sql('SELECT FROM deletion WHERE "userId" = $1', person.id) == []


def test_two_requests_at_once_come_to_the_same(sign_in: SignIn) -> None:
    person = Account(sign_in)

    def ask(_: int) -> httpx.Response:
        return person.browser.post("/api/auth/account-deletion/request", json={"password": PASSWORD})

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(ask, range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.json()["dueAt"] for answer in answers}) == 1


def test_nothing_of_it_is_left_here_and_the_task_api_is_told(sign_in: SignIn, task_api: TaskApi) -> None:
    person, other = Account(sign_in), Account(sign_in)
    person.browser.post("/api/auth/two-factor/enable", json={"password": PASSWORD}).raise_for_status()
    ask(person)
    task_api.away = True
    sign_in.sql(DUE, person.id)
    until(lambda: sign_in.sql('SELECT FROM "user" WHERE id = $1', person.id) == [])
    assert person.try_password(PASSWORD).status_code == 401
    assert person.browser.get("/api/auth/token").status_code == 401
    assert sign_in.sql('SELECT "userId" FROM erasure WHERE "userId" = $1', person.id) == [{"userId": person.id}]
    task_api.away = False
    until(lambda: [claims for claims in task_api.erasures if claims["sub"] == person.id])
    told = next(claims for claims in task_api.erasures if claims["sub"] == person.id)
    assert (told["aud"], told["iss"]) == ("todo/erasures", sign_in.public_url)
    until(lambda: not tables_with(sign_in, person.id))
    assert tables_with(sign_in, person.email) <= {"accountMail"}, "the receipt alone, until it is sent"
    assert other.browser.get("/api/auth/token").status_code == 200


def tables_with(sign_in: SignIn, word: str) -> set[str]:
    """Searches every row of every table as text. Revocations are statements that wait, as erasures do."""
    names = [
        row["tablename"] for row in sign_in.sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    ]
    query = 'SELECT FROM "{}" AS t WHERE strpos(t::text, $1) > 0 LIMIT 1'
    return {name for name in names if name != "revocation" and sign_in.sql(query.format(name), word)}
