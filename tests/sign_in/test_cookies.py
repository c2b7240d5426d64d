"""Cookies behind https: no script reads them, no other site sends them with a form, and no http request has them."""

from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import pytest

from conftest import own_home
from tests.sign_in.servers import PASSWORD, running, some_address

PUBLIC_URL = "https://todo.example"


@pytest.fixture(scope="module")
def cookies(tmp_path_factory: pytest.TempPathFactory) -> list[Morsel[str]]:
    """Those that signing up and asking for an app's access set."""
    folder: Path = own_home(tmp_path_factory, "https")
    with running(folder, 1, {"PUBLIC_URL": PUBLIC_URL}) as sign_in:
        headers = {"Origin": PUBLIC_URL, "x-forwarded-proto": "https", "x-forwarded-for": some_address()}
        with sign_in.browser() as browser:
            browser.headers.update(headers)
            body = {"name": "Ann", "email": "ann@example.com", "password": PASSWORD}
            answer = browser.post("/api/auth/sign-up/email", json=body).raise_for_status()
            found = SimpleCookie()
            for line in answer.headers.get_list("set-cookie"):
                found.load(line)
    return list(found.values())


def test_a_session_cookie_is_set(cookies: list[Morsel[str]]) -> None:
    assert any(cookie.key.endswith("session_token") for cookie in cookies)


def test_every_cookie_is_for_https_alone_and_says_so_in_its_name(cookies: list[Morsel[str]]) -> None:
    for cookie in cookies:
        assert (cookie["secure"], cookie.key.startswith("__Secure-")) == (True, True), cookie.key


def test_no_script_reads_a_cookie_and_no_other_site_sends_it_with_a_form(cookies: list[Morsel[str]]) -> None:
    for cookie in cookies:
        assert (cookie["httponly"], cookie["samesite"].lower(), cookie["domain"]) == (True, "lax", ""), cookie.key
