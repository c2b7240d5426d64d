"""Sign-up with confirmed addresses. There is no account before the link. No answer tells whether an address has one."""

from tests.mailbox import Mailbox, token_of
from tests.sign_in.servers import PASSWORD, Account, SignIn, ask_to_sign_up, some_address

ROWS = 'SELECT "emailVerified", name FROM "user" WHERE email = $1'


def new_email() -> str:
    return f"new-{some_address()}@example.com"


def ask(sign_in: SignIn, email: str) -> tuple[int, str]:
    with sign_in.browser() as browser:
        answer = ask_to_sign_up(browser, email)
        assert not answer.cookies
        return answer.status_code, answer.text


def confirm(sign_in: SignIn, token: str, password: str = PASSWORD) -> tuple[int, str]:
    with sign_in.browser() as browser:
        answer = browser.post("/api/auth/sign-up/confirm", json={"token": token, "password": password})
        return answer.status_code, answer.json().get("code", "")


def test_an_account_begins_with_the_link_of_the_mail(mailing: SignIn, mailbox: Mailbox) -> None:
    email = new_email()
    ask(mailing, email)
    message = mailbox.wait_for(email)
    assert message["Subject"] == "Confirm your address"
    assert not mailing.sql(ROWS, email)
    assert confirm(mailing, token_of(message)) == (200, "")
    assert mailing.sql(ROWS, email) == [{"emailVerified": True, "name": "Ann"}]
    assert confirm(mailing, token_of(message)) == (400, "INVALID_TOKEN")


def test_an_answer_does_not_tell_whether_an_address_is_known(mailing: SignIn, mailbox: Mailbox) -> None:
    """The same answer, and the same work: it is given while nobody can look for an account."""
    person, unknown = Account(mailing, mailbox), new_email()
    assert ask(mailing, person.email) == ask(mailing, unknown) == (200, '{"status":true}')
    with mailing.locked('"user"'):
        assert ask(mailing, person.email) == ask(mailing, unknown) == (200, '{"status":true}')
    assert mailbox.wait_for(person.email, 3)["Subject"] == "You already have an account"
    assert mailbox.wait_for(unknown, 2)["Subject"] == "Confirm your address"


def test_nobody_prepares_an_account_for_another_person(mailing: SignIn, mailbox: Mailbox) -> None:
    """Whoever asked first: the password is that of the person who reads the mail."""
    email = new_email()
    with mailing.browser() as attacker:
        body = {"name": "Eve", "email": email, "password": "password of the attacker"}
        assert attacker.post("/api/auth/sign-up/request", json=body).status_code == 400
        assert attacker.post("/api/auth/sign-up/email", json=body).status_code == 400
        ask_to_sign_up(attacker, email)
        assert confirm(mailing, token_of(mailbox.wait_for(email)))[0] == 200
        body = {"email": email, "password": "password of the attacker"}
        assert attacker.post("/api/auth/sign-in/email", json=body).status_code == 401
        assert attacker.get("/api/auth/token").status_code == 401


def test_a_link_for_an_address_that_got_an_account_meanwhile_changes_nothing(mailing: SignIn, mailbox: Mailbox) -> None:
    email = new_email()
    with mailing.browser() as browser:
        for name in ("Ann", "Another name"):
            browser.post("/api/auth/sign-up/request", json={"name": name, "email": email})
    mailbox.wait_for(email, 2)
    first, second = (token_of(message) for message in mailbox.to(email))
    assert confirm(mailing, first)[0] == 200
    assert confirm(mailing, second, "another horse battery") == (400, "ACCOUNT_EXISTS")


def test_a_link_of_one_purpose_is_none_of_another(mailing: SignIn, mailbox: Mailbox) -> None:
    email = new_email()
    ask(mailing, email)
    token = token_of(mailbox.wait_for(email))
    with mailing.browser() as browser:
        body = {"token": token, "newPassword": PASSWORD}
        assert browser.post("/api/auth/reset-password", json=body).status_code == 400
    assert confirm(mailing, token, "12345678") == (400, "PASSWORD_TOO_COMMON")
    assert confirm(mailing, token, "short") == (400, "PASSWORD_TOO_SHORT")
    assert confirm(mailing, token)[0] == 200


def test_on_a_laptop_everybody_signs_up_at_once(sign_in: SignIn) -> None:
    person = Account(sign_in)
    assert person.browser.get("/api/auth/token").status_code == 200
    assert ask(sign_in, new_email())[0] == 400
