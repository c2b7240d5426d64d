"""Addresses that programs look for at every site."""

from tests.sign_in.servers import SignIn


def test_password_managers_find_the_form(sign_in: SignIn) -> None:
    answer = sign_in.browser().get("/.well-known/change-password")
    assert (answer.status_code, answer.headers["location"]) == (302, "/settings?section=account")


def test_an_installation_names_whom_to_tell_of_a_security_problem(sign_in: SignIn, mailing: SignIn) -> None:
    assert sign_in.browser().get("/.well-known/security.txt").status_code == 404, "without SECURITY_CONTACT"
    answer = mailing.browser().get("/.well-known/security.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:security@todo.example"
    assert fields["Canonical"] == f"{mailing.public_url}/.well-known/security.txt"
    assert "Expires" in fields
