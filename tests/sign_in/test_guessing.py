"""Guessing a password or a code: few failures are free, then each one doubles the delay, on all replicas together."""

import math
import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.sign_in.servers import PASSWORD, Account, SignIn, some_address

FREE = 5
PASS_THE_DELAY = 'UPDATE "failedAttempt" SET "retryAt" = now()'
STAY_IN_THE_DELAY = """UPDATE "failedAttempt" SET "retryAt" = "retryAt" + interval '30 minutes' WHERE failures >= 5"""
"""However long the test takes."""


@pytest.fixture(autouse=True)
def nobody_waits(sign_in: SignIn) -> Iterator[None]:
    sign_in.sql('DELETE FROM "failedAttempt"')
    yield
    sign_in.sql('DELETE FROM "rateLimit"')


def fail(person: Account, count: int) -> None:
    for number in range(count):
        assert person.try_password(f"guess number {number}", replica=number % 2).status_code == 401


def test_failures_are_counted_for_an_account_on_all_replicas_and_from_all_addresses(sign_in: SignIn) -> None:
    person = Account(sign_in)
    fail(person, FREE)
    sign_in.sql(STAY_IN_THE_DELAY)
    for replica in (0, 1):
        refused = person.try_password(PASSWORD, replica)
        assert refused.status_code == 429
        assert 1700 < int(refused.headers["retry-after"]) <= 1801


def test_the_delay_doubles_and_after_it_the_right_password_is_taken(sign_in: SignIn) -> None:
    person = Account(sign_in)
    fail(person, FREE)
    for expected in (2, 4, 8, 16, 32, 60, 60):
        sign_in.sql(PASS_THE_DELAY)
        fail(person, 1)
        if expected > 8:  # the shorter ones may be over before the next line
            assert expected - 6 < int(person.try_password(PASSWORD).headers["retry-after"]) <= expected
    sign_in.sql(PASS_THE_DELAY)
    assert person.try_password(PASSWORD).status_code == 200
    fail(person, FREE)


def test_the_first_delay_passes_by_itself(sign_in: SignIn) -> None:
    person = Account(sign_in)
    fail(person, FREE)
    deadline = time.monotonic() + 10
    while person.try_password(PASSWORD).status_code == 429:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_an_account_has_no_more_than_a_hundred_failures_an_hour(sign_in: SignIn) -> None:
    person = Account(sign_in)
    fail(person, 1)
    sign_in.sql('UPDATE "failedAttempt" SET failures = 99')
    fail(person, 1)
    assert int(person.try_password(PASSWORD).headers["retry-after"]) > 3500
    sign_in.sql("""UPDATE "failedAttempt" SET "startedAt" = now() - interval '1 hour', "retryAt" = now()""")
    fail(person, FREE)


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(sign_in: SignIn) -> None:
    person = Account(sign_in)
    start = time.monotonic()
    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(lambda i: person.try_password(f"guess {i}", i % 2).status_code, range(20)))
    passed = int(math.log2(time.monotonic() - start + 1)) + 1
    assert statuses.count(401) <= FREE + passed, "delays of 1, 2, 4, … seconds"
    assert set(statuses) == {401, 429}


def test_an_address_has_so_many_failures_whatever_the_accounts(sign_in: SignIn) -> None:
    address = some_address()
    first = Account(sign_in)
    assert first.try_password("guess", address=address).status_code == 401
    sign_in.sql('UPDATE "failedAttempt" SET failures = 299')
    assert Account(sign_in).try_password("guess", address=address).status_code == 401
    person = Account(sign_in)
    assert person.try_password(PASSWORD, address=address).status_code == 429
    assert person.try_password(PASSWORD).status_code == 200, "from elsewhere"


def test_nobody_chooses_an_address_by_a_header(sign_in: SignIn) -> None:
    """What is left of the last hop that no proxy has added was written by the client."""
    address = some_address()
    for _ in range(3):
        Account(sign_in).try_password("guess", address=f"{some_address()}, {address}, 127.0.0.5")
    rows = sign_in.sql('SELECT failures FROM "failedAttempt" ORDER BY failures DESC')
    assert rows[0]["failures"] == 3


def attempt(sign_in: SignIn, email: str) -> tuple[httpx.Response, float]:
    with sign_in.browser() as browser:
        start = time.perf_counter()
        answer = browser.post("/api/auth/sign-in/email", json={"email": email, "password": "not the password"})
        return answer, time.perf_counter() - start


def test_an_account_cannot_be_told_from_one_that_does_not_exist(sign_in: SignIn) -> None:
    person = Account(sign_in)
    emails = (person.email, "nobody-" + person.email)
    seconds: dict[str, list[float]] = {email: [] for email in emails}
    for number in range(FREE + 1):
        if number == FREE:
            sign_in.sql(STAY_IN_THE_DELAY)
        answers = [attempt(sign_in, email) for email in emails]
        (one, _), (other, _) = answers
        texts = [re.sub(r"\d+", "N", answer.text) for answer in (one, other)]
        assert (one.status_code, texts[0]) == (other.status_code, texts[1])
        assert ("retry-after" in one.headers) == ("retry-after" in other.headers)
        for email, (_, taken) in zip(emails, answers, strict=True):
            seconds[email].append(taken)
    assert one.status_code == 429
    known, unknown = (statistics.median(seconds[email]) for email in emails)
    assert 0.5 < known / unknown < 2


def test_codes_of_terminals_are_not_guessed(sign_in: SignIn) -> None:
    person = Account(sign_in)

    def guess(replica: int) -> int:
        cookies = dict(person.browser.cookies)
        with sign_in.browser(replica) as browser:
            browser.cookies.update(cookies)
            return browser.get("/api/auth/device", params={"user_code": "ABCD2345"}).status_code

    assert [guess(i % 2) for i in range(FREE)] == [400] * FREE
    sign_in.sql(STAY_IN_THE_DELAY)
    assert guess(0) == guess(1) == 429
    with sign_in.browser() as stranger:
        assert stranger.get("/api/auth/device", params={"user_code": "ABCD2345"}).status_code == 401


def test_a_stolen_session_cannot_be_used_to_guess_the_password(sign_in: SignIn) -> None:
    person = Account(sign_in)
    body = {"currentPassword": "guess", "newPassword": "another password"}
    for _ in range(FREE):
        assert person.browser.post("/api/auth/change-password", json=body).status_code == 400
    sign_in.sql(STAY_IN_THE_DELAY)
    assert person.browser.post("/api/auth/change-password", json=body).status_code == 429
    assert person.try_password(PASSWORD).status_code == 429
