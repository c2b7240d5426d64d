"""What the server refuses of passkeys. A real authenticator uses them in `frontend/e2e/passkeys.spec.ts`."""

import pytest

from tests.sign_in.servers import PASSWORD, Account, SignIn
from tests.sign_in.two_factors import OLD_PROOF, protect

OPTIONS = "/api/auth/passkey/generate-register-options"


def test_adding_and_deleting_one_takes_a_recent_proof_of_everybody(sign_in: SignIn) -> None:
    plain, protected = Account(sign_in), Account(sign_in)
    protect(protected)
    assert plain.browser.get(OPTIONS).status_code == 200, "the sign-in was a moment ago"
    for person, code in ((plain, "PASSWORD_REQUIRED"), (protected, "PROOF_REQUIRED")):
        sign_in.sql(OLD_PROOF, person.id)
        post = person.browser.post
        answers = [
            person.browser.get(OPTIONS),
            post("/api/auth/passkey/verify-registration", json={"response": {}}),
            post("/api/auth/passkey/delete-passkey", json={"id": "x"}),
        ]
        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(428, code)] * 3
    plain.browser.post("/api/auth/prove", json={"password": PASSWORD}).raise_for_status()
    options = plain.browser.get(OPTIONS).json()
    assert (options["rp"]["id"], options["authenticatorSelection"]["userVerification"]) == ("localhost", "required")


def test_nobody_deletes_the_passkey_of_somebody_else(sign_in: SignIn) -> None:
    owner, other = Account(sign_in), Account(sign_in)
    sign_in.sql(
        """INSERT INTO passkey
             (id, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp", "createdAt")
           VALUES ($1, 'key', $1, $1, 0, 'singleDevice', false, now())""",
        owner.id,
    )
    assert other.browser.post("/api/auth/passkey/delete-passkey", json={"id": owner.id}).status_code in {401, 403}
    assert [found["id"] for found in owner.browser.get("/api/auth/passkeys").json()] == [owner.id]
    assert other.browser.get("/api/auth/passkeys").json() == []


@pytest.mark.parametrize("response", [{}, {"id": "unknown"}, {"id": {"$ne": ""}}, {"id": "x", "response": {}}])
def test_what_is_no_answer_of_an_authenticator_signs_nobody_in(sign_in: SignIn, response: dict[str, object]) -> None:
    with sign_in.browser() as browser:
        browser.get("/api/auth/passkey/generate-authenticate-options").raise_for_status()
        answer = browser.post("/api/auth/passkey/verify-authentication", json={"response": response})
        assert answer.status_code in {400, 401}
        assert browser.get("/api/auth/token").status_code == 401


def test_other_endpoints_of_the_library_are_closed(sign_in: SignIn) -> None:
    person = Account(sign_in)
    assert person.browser.get("/api/auth/passkey/list-user-passkeys").status_code == 404
    assert person.browser.post("/api/auth/passkey/update-passkey", json={}).status_code == 404
    body = {"response": {}, "createSession": True}
    assert person.browser.post("/api/auth/passkey/verify-registration", json=body).status_code == 400
