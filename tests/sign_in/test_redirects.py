"""Where sign-in leads to afterwards: always to a page of the same site."""

import httpx
import pytest

from tests.sign_in.servers import Account, SignIn

ELSEWHERE = ["/..//evil.example/x", "/.//evil.example/x", "/%2e%2e//evil.example/x", "/a/../..//evil.example/x"]


@pytest.mark.parametrize("page", ["sign-in", "sign-up"])
@pytest.mark.parametrize("back", ELSEWHERE)
def test_somebody_who_is_signed_in_is_not_led_to_another_site(sign_in: SignIn, page: str, back: str) -> None:
    person = Account(sign_in)
    answer = person.browser.get(f"/{page}", params={"back": back})
    assert answer.status_code in {302, 303, 307}
    here = httpx.URL(sign_in.servers[0].url)
    assert here.join(answer.headers["location"]).host == here.host


@pytest.mark.parametrize("back", ELSEWHERE)
def test_the_welcome_page_leads_to_no_other_site(sign_in: SignIn, back: str) -> None:
    person = Account(sign_in)
    assert r"\"to\":\"/today\"" in person.browser.get("/welcome", params={"back": back}).raise_for_status().text
