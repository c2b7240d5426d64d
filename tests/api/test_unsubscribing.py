"""The link in mails about reminders works without signing in, and asks a person first."""

import httpx
import pytest

from tests.suite import RunningSuite

LINK = "/api/unsubscribe/AAAAAAAAAAAAAAAAAAAAAA"


def test_the_link_asks_and_changes_nothing(suite: RunningSuite) -> None:
    answer = httpx.get(f"{suite.url}{LINK}")
    assert answer.status_code == 200
    assert '<form method="post">' in answer.text
    assert "<script" not in answer.text
    assert "form-action 'self'" in answer.headers["content-security-policy"]
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")


def test_one_click_needs_no_session_and_does_not_tell_whose_link_it_is(suite: RunningSuite) -> None:
    body = {"List-Unsubscribe": "One-Click"}  # RFC 8058, section 3.1
    answer = httpx.post(f"{suite.url}{LINK}", data=body)
    assert answer.status_code == 200, answer.text
    assert "You get no more reminders by e-mail" in answer.text


def test_the_link_says_what_it_ends(suite: RunningSuite) -> None:
    assert "Do you want no more daily digests?" in httpx.get(f"{suite.url}/api/unsubscribe/digest-AAAA").text
    assert "You get no more daily digests" in httpx.post(f"{suite.url}/api/unsubscribe/digest-AAAA").text


@pytest.mark.parametrize("token", ["%2e%2e%2fchannels", "a/b", "A" * 65, "a.b", "%00"])
def test_a_link_is_no_path(suite: RunningSuite, token: str) -> None:
    assert httpx.post(f"{suite.url}/api/unsubscribe/{token}").status_code in {404, 422}
