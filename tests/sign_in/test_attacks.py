"""What another site can make a browser do: requests with its cookies, and a sign-in by somebody else's state."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from conftest import own_home
from tests.sign_in.servers import PASSWORD, Account, SignIn, running

THIEF = "https://thief.example"
CHANGES = {
    "change-password": {"currentPassword": PASSWORD, "newPassword": "another horse battery"},
    "change-address": {"email": "thief@example.com", "password": PASSWORD},
    "account-deletion/request": {"password": PASSWORD},
    "access-tokens/create": {"name": "Thief", "access": "write", "days": "30", "password": PASSWORD},
    "webhook-statement": {"url": f"{THIEF}/todo"},
    "account-statement": {},
    "sessions/revoke-others": {},
    "sign-out": {},
    "two-factor/enable": {"password": PASSWORD},
    "prove": {"password": PASSWORD},
}


@pytest.fixture(scope="module")
def social(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    settings = {"GITHUB_CLIENT_ID": "client", "GITHUB_CLIENT_SECRET": "secret of the tests"}
    with running(own_home(tmp_path_factory, "social"), 1, settings) as sign_in:
        yield sign_in


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("origin", [THIEF, "null", None], ids=["another site", "a sandboxed frame", "none"])
def test_another_site_changes_nothing_with_the_cookies_of_a_user(
    sign_in: SignIn, path: str, origin: str | None
) -> None:
    person = Account(sign_in)
    del person.browser.headers["Origin"]
    headers = {"Origin": origin} if origin else {}
    answer = person.browser.post(f"/api/auth/{path}", json=CHANGES[path], headers=headers)
    assert answer.status_code == 403, answer.text


@pytest.mark.parametrize("path", CHANGES)
def test_a_form_of_any_site_is_no_request(sign_in: SignIn, path: str) -> None:
    person = Account(sign_in)
    answer = person.browser.post(f"/api/auth/{path}", data=CHANGES[path])
    assert answer.status_code in {400, 415}, answer.text


def start(browser: httpx.Client) -> str:
    """Begins to sign in by GitHub. Returns the state that GitHub would give back."""
    answer = browser.post("/api/auth/sign-in/social", json={"provider": "github", "callbackURL": "/today"})
    query = parse_qs(urlsplit(answer.raise_for_status().json()["url"]).query)
    assert query["code_challenge_method"] == ["S256"], "a code that is stolen on the way is worth nothing"
    return str(query["state"][0])


def come_back(browser: httpx.Client, state: str) -> str:
    """Returns the error that GitHub's answer with this state leads to."""
    answer = browser.get("/api/auth/callback/github", params={"code": "a-code", "state": state})
    assert answer.status_code == 302, answer.text
    assert not any("session_token" in name for name in browser.cookies)
    refused = urlsplit(answer.headers["location"])
    assert refused.path == "/refused"
    return parse_qs(refused.query)["error"][0]


@pytest.mark.parametrize(("state", "error"), [("", "state_not_found"), ("forged", "state_mismatch")])
def test_a_state_that_nobody_has_given_signs_nobody_in(social: SignIn, state: str, error: str) -> None:
    with social.browser() as browser:
        start(browser)
        assert come_back(browser, state) == error


def test_a_state_of_another_browser_signs_nobody_in(social: SignIn) -> None:
    """Otherwise somebody could make a user work in an account that is not theirs."""
    with social.browser() as thief, social.browser() as victim:
        state = start(thief)
        assert come_back(victim, state) == "state_mismatch"
        start(victim)
        assert come_back(victim, state) == "state_mismatch"


@pytest.mark.parametrize("where", [f"{THIEF}/", "//thief.example/", "/\\thief.example", "javascript:alert(1)"])
@pytest.mark.parametrize("field", ["callbackURL", "newUserCallbackURL"])
def test_a_social_sign_in_leads_to_no_other_site(social: SignIn, field: str, where: str) -> None:
    with social.browser() as browser:
        answer = browser.post("/api/auth/sign-in/social", json={"provider": "github", field: where})
        assert answer.status_code == 403, answer.text
