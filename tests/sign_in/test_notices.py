"""Mails about new access: a sign-in in a browser that the account was not used in, an app, a terminal."""

from tests.mailbox import Mailbox, text_of
from tests.sign_in.servers import PASSWORD, Account, SignIn

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
KNOWN_COOKIE = "known_to"


def test_a_sign_in_in_a_new_browser_is_told_once(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    body = {"email": person.email, "password": PASSWORD}
    with mailing.browser() as browser:
        browser.headers["User-Agent"] = CHROME
        browser.post("/api/auth/sign-in/email", json=body).raise_for_status()
        mail = text_of(mailbox.wait_for(person.email, 2))
        assert ("was not used for it before" in mail, "Chrome on Linux" in mail) == (True, True)
        browser.post("/api/auth/sign-out", json={}).raise_for_status()
        assert any(KNOWN_COOKIE in name for name in browser.cookies), "it outlives the session"
        browser.post("/api/auth/sign-in/email", json=body).raise_for_status()
    person.browser.post("/api/auth/sign-out", json={}).raise_for_status()
    person.browser.post("/api/auth/sign-in/email", json=body).raise_for_status()
    # A mail that is asked for now comes after those that were not sent.
    person.browser.post("/api/auth/password-reset", json={"email": person.email}).raise_for_status()
    subjects = [mail["Subject"] for mail in (mailbox.wait_for(person.email, 3), *mailbox.to(person.email))][1:]
    assert subjects == ["Confirm your address", "A new sign-in", "Choose a new password"]


def test_a_browser_cannot_say_that_it_is_known(mailing: SignIn, mailbox: Mailbox) -> None:
    person, other = Account(mailing, mailbox), Account(mailing, mailbox)
    [name] = [name for name in other.browser.cookies if KNOWN_COOKIE in name]
    with mailing.browser() as browser:
        browser.cookies.set(name, other.browser.cookies[name])
        body = {"email": person.email, "password": PASSWORD}
        browser.post("/api/auth/sign-in/email", json=body).raise_for_status()
        assert mailbox.wait_for(person.email, 2)["Subject"] == "A new sign-in"


def test_the_mail_has_no_text_of_a_stranger(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    with mailing.browser() as browser:
        browser.headers["User-Agent"] = "Win money at evil.example/1.0 (X11)"
        body = {"email": person.email, "password": PASSWORD}
        browser.post("/api/auth/sign-in/email", json=body).raise_for_status()
    mail = text_of(mailbox.wait_for(person.email, 2))
    assert ("unknown" in mail, "evil" in mail) == (True, False)


def test_a_terminal_is_told(mailing: SignIn, mailbox: Mailbox) -> None:
    person = Account(mailing, mailbox)
    code = person.browser.post("/api/auth/device/code", json={"client_id": "todo-terminal"}).json()["user_code"]
    person.browser.get("/api/auth/device", params={"user_code": code}).raise_for_status()
    person.browser.post("/api/auth/device/approve", json={"userCode": code}).raise_for_status()
    assert "An app or a terminal" in text_of(mailbox.wait_for(person.email, 2))
