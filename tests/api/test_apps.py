"""Apps that people allow: found, registered, allowed, and then able to do what was allowed and no more."""

from typing import Any

import asyncpg
import httpx
import jwt
import pytest

from tests.api.oauth import REDIRECT, App, Person, query_of
from tests.suite import RunningSuite
from tests.support import eventually
from todo_local import secrets, tokens

PATHS = ("/.well-known/oauth-authorization-server", "/.well-known/oauth-authorization-server/api/auth")


@pytest.fixture(scope="module")
def web(web_suite: RunningSuite) -> str:
    return web_suite.web_url


@pytest.fixture
def person(web: str) -> Person:
    return Person(web)


@pytest.fixture
def app(web: str) -> App:
    one = App(web, "Test App")
    assert one.registered.status_code == 201, one.registered.text
    return one


def tasks(base: str, person: Person, token: str, **body: str) -> httpx.Response:
    """Lists the person's tasks, or with a title makes one."""
    verb = "POST" if body else "GET"
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.request(verb, f"{base}/api/{person.id}/tasks", json=body or None, headers=headers, timeout=20)


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


async def run(suite: RunningSuite, statement: str, *values: str) -> list[Any]:
    connection = await asyncpg.connect(suite.database_url("auth_owner"))
    try:
        return list(await connection.fetch(statement, *values))
    finally:
        await connection.close()


@pytest.mark.parametrize("path", PATHS)
def test_the_sign_in_is_found_where_apps_look(web: str, path: str) -> None:
    answer = httpx.get(web + path)
    found = answer.json()
    assert answer.headers["access-control-allow-origin"] == "*"
    assert found["issuer"] == web
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert set(found["scopes_supported"]) == {"tasks:read", "tasks:write", "offline_access"}
    assert "none" in found["token_endpoint_auth_methods_supported"]
    for name in ("authorization", "token", "registration", "revocation"):
        assert found[f"{name}_endpoint"].startswith(f"{web}/api/auth/oauth2/")


def test_nothing_else_is_served_there(web: str) -> None:
    assert httpx.get(f"{web}/.well-known/oauth-authorization-server/api/other").status_code == 404
    assert httpx.get(f"{web}/.well-known/other").status_code == 404


@pytest.mark.parametrize("path", ["/mcp", *(f"/.well-known/oauth-protected-resource{end}" for end in ("", "/mcp"))])
def test_the_task_api_answers_for_its_mcp_server(web: str, path: str) -> None:
    assert "x-correlation-id" in httpx.get(web + path).headers


def test_an_app_reads_with_what_it_was_allowed_and_changes_nothing(web: str, person: Person, app: App) -> None:
    issued = app.connect(person, "tasks:read")
    token = issued["access_token"]
    assert issued["scope"] == "tasks:read offline_access"
    assert tasks(web, person, token).json()["items"] == []
    refused = tasks(web, person, token, title="Not allowed")
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")
    assert tasks(web, person, token).json()["items"] == []


async def test_an_app_that_may_change_does_and_the_trail_names_it(web: str, person: Person, app: App) -> None:
    token = app.connect(person, "tasks:read tasks:write")["access_token"]
    made = tasks(web, person, token, title="By an app")
    assert made.status_code == 201, made.text
    trail = f"{web}/api/{person.id}/audit_logs"
    headers = {"Authorization": f"Bearer {token}"}
    [entry] = await eventually(lambda: httpx.get(trail, headers=headers, timeout=20).json()["items"])
    assert entry["actor"] == {"type": "user", "client": "app:Test App"}
    claims = claims_of(token)
    assert (claims["iss"], claims["aud"], claims["sub"]) == (web, f"{web}/mcp", person.id)
    assert (claims["client_id"], claims["azp"], claims["client_name"]) == (app.id, app.id, "Test App")
    assert claims["scope"] == "tasks:read tasks:write offline_access"
    assert claims["exp"] - claims["iat"] == 15 * 60
    assert jwt.get_unverified_header(token)["typ"] == "at+jwt"
    assert not {"email", "name"} & claims.keys()


def test_without_a_scope_an_app_asks_for_everything_and_without_a_resource_for_the_only_one(
    person: Person, app: App
) -> None:
    claims = claims_of(app.connect(person, scope=None, resource=None)["access_token"])  # type: ignore[arg-type]
    assert claims["aud"].endswith("/mcp")
    assert set(claims["scope"].split()) == {"tasks:read", "tasks:write", "offline_access"}


def test_somebody_elses_tasks_stay_closed(web: str, person: Person, app: App) -> None:
    other = Person(web)
    token = app.connect(person)["access_token"]
    assert tasks(web, other, token).status_code == 403


def test_tokens_that_are_not_ours_open_nothing(web: str, person: Person, app: App) -> None:
    issued = app.connect(person)
    token = issued["access_token"]
    head, payload, signature = token.split(".")
    swapped = "A" if signature[10] != "A" else "B"
    for forged in (
        f"{head}.{payload}.{signature[:10]}{swapped}{signature[11:]}",
        jwt.encode(claims_of(token), "s" * 32, headers={"kid": jwt.get_unverified_header(token)["kid"]}),
        issued["refresh_token"],
    ):
        assert tasks(web, person, forged).status_code == 401


@pytest.mark.parametrize(
    "change", [{"exp": 1}, {"aud": "{web}/mcp"}, {"iss": "{web}"}, {"iss": "{web}", "aud": "{web}/mcp"}]
)
def test_each_issuer_has_its_audience_and_its_keys(
    web_suite: RunningSuite, person: Person, change: dict[str, Any]
) -> None:
    """The token is the launcher's own in all but one thing."""
    own = claims_of(tokens.make(web_suite.secrets, person.id))
    claims = own | {name: v.format(web=web_suite.web_url) if isinstance(v, str) else v for name, v in change.items()}
    headers = {"kid": secrets.KEY_ID}
    forged = jwt.encode(claims, secrets.issuer_key(web_suite.secrets), algorithm="EdDSA", headers=headers)
    assert tasks(web_suite.url, person, tokens.make(web_suite.secrets, person.id)).status_code == 200
    assert tasks(web_suite.url, person, forged).status_code == 401


def test_a_resource_that_is_not_ours_is_refused(person: Person, app: App) -> None:
    answer = person.browser.get(app.request(resource="https://bank.example/api"))
    assert query_of(answer.headers["location"])["error"] == "invalid_target"


async def test_a_refresh_token_is_good_once_and_its_theft_ends_all_of_them(
    web_suite: RunningSuite, person: Person, app: App
) -> None:
    first = app.connect(person, "tasks:read tasks:write")
    second = app.refresh(first["refresh_token"]).raise_for_status().json()
    assert second["refresh_token"] != first["refresh_token"]
    assert tasks(web_suite.web_url, person, second["access_token"]).status_code == 200
    assert claims_of(second["access_token"])["client_name"] == "Test App"
    # Within half a minute the same answer is given once more, for an app that has lost it.
    assert app.refresh(first["refresh_token"]).json()["refresh_token"] == second["refresh_token"]
    await run(
        web_suite, """UPDATE "oauthRefreshToken" SET "rotationReplayExpiresAt" = now() WHERE "clientId" = $1""", app.id
    )
    assert app.refresh(first["refresh_token"]).json()["error"] == "invalid_grant"
    assert app.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_refresh_narrows_and_never_widens(person: Person, app: App) -> None:
    issued = app.connect(person, "tasks:read")
    wider = app.refresh(issued["refresh_token"], scope="tasks:read tasks:write")
    assert (wider.status_code, wider.json()["error"]) == (400, "invalid_scope")


def test_an_app_that_gives_its_token_back_gets_no_more(app: App, person: Person) -> None:
    issued = app.connect(person)
    body = {"token": issued["refresh_token"], "token_type_hint": "refresh_token", "client_id": app.id}
    app.http.post(app.server["revocation_endpoint"], data=body).raise_for_status()
    assert app.refresh(issued["refresh_token"]).json()["error"] == "invalid_grant"


async def test_a_person_sees_their_apps_and_disconnects_one(web: str, person: Person, app: App) -> None:
    issued = app.connect(person, "tasks:read")
    other = Person(web)
    kept = app.connect(other, "tasks:read")
    [shown] = person.apps()
    assert (shown["id"], shown["name"]) == (app.id, "Test App")
    assert set(shown["scopes"]) == {"tasks:read", "offline_access"}
    assert shown["used"]
    assert tasks(web, person, issued["access_token"]).status_code == 200
    person.browser.post("/api/auth/connected-apps/revoke", json={"id": app.id}).raise_for_status()
    assert person.apps() == []
    await eventually(lambda: tasks(web, person, issued["access_token"]).status_code == 401, 2)
    assert tasks(web, other, kept["access_token"]).status_code == 200
    assert app.refresh(issued["refresh_token"]).json()["error"] == "invalid_grant"
    assert app.refresh(kept["refresh_token"]).status_code == 200, "another person's connection stays"


def test_who_is_not_signed_in_has_no_apps(web: str) -> None:
    assert httpx.get(f"{web}/api/auth/connected-apps").status_code == 401
    assert httpx.post(f"{web}/api/auth/connected-apps/revoke", json={"id": "x"}).status_code == 401


def test_a_person_who_denies_is_led_back_with_that(web: str, person: Person, app: App) -> None:
    callback = person.answer(app.request(), allow=False)
    assert callback.startswith(REDIRECT)
    answer = query_of(callback)
    assert (answer["error"], answer["state"], answer["iss"]) == ("access_denied", "mine", web)
    assert person.apps() == []


def test_a_person_is_asked_each_time(person: Person, app: App) -> None:
    app.connect(person)
    for prompt in (None, "none", "login"):
        again = person.browser.get(app.request(prompt=prompt))
        assert again.headers["location"].startswith("/connect?"), prompt


def test_who_is_not_signed_in_does_that_first_and_comes_back(web: str, person: Person, app: App) -> None:
    with httpx.Client(base_url=web, timeout=20) as nobody:
        to_sign_in = nobody.get(nobody.get(app.request()).headers["location"]).headers["location"]
    assert to_sign_in.startswith("/sign-in?back=")
    back = query_of(to_sign_in)["back"]
    assert back.startswith("/api/auth/oauth2/authorize?")
    assert "sig" not in query_of(back)
    assert query_of(app.redeem(person.answer(web + back, allow=True)).request.url.path) == {}
    assert person.apps()[0]["id"] == app.id


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": "tasks:read admin"}, "invalid_scope"),
        ({"scope": "openid email"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
    ids=["no proof key", "a plain proof key", "a scope nobody knows", "who the person is", "a token in the address"],
)
def test_what_is_asked_for_wrongly_comes_back_as_an_error(
    person: Person, app: App, change: dict[str, Any], error: str
) -> None:
    answer = person.browser.get(app.request(**change))
    assert answer.headers["location"].startswith(REDIRECT)
    # An error of what would have put a token behind the # of the address is there, too.
    assert query_of(answer.headers["location"].replace("#", "?"))["error"] == error


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "https://thief.example/callback"},
        {"redirect_uri": f"{REDIRECT}/more"},
        {"redirect_uri": "http://localhost:41999/callback"},
        {"client_id": "nobody"},
        {"redirect_uri": None},
    ],
)
def test_nothing_is_sent_where_nobody_has_registered(
    web: str, person: Person, app: App, change: dict[str, Any]
) -> None:
    answer = person.browser.get(app.request(**change))
    assert answer.headers["location"].startswith(f"{web}/refused?error=")


def test_the_port_of_this_machine_may_be_another(person: Person, app: App) -> None:
    elsewhere = REDIRECT.replace("41999", "42001")
    callback = person.answer(app.request(redirect_uri=elsewhere), allow=True)
    assert callback.startswith(elsewhere)
    assert app.redeem(callback, redirect_uri=elsewhere).status_code == 200


def test_a_code_is_good_once_for_its_app_with_its_proof(web: str, person: Person, app: App) -> None:
    stranger = App(web)
    for change in ({"code_verifier": "x" * 43}, {"redirect_uri": "https://thief.example"}, {"client_id": stranger.id}):
        callback = person.answer(app.request(), allow=True)
        assert app.redeem(callback, **change).status_code in {400, 401}, change
    callback = person.answer(app.request(), allow=True)
    issued = app.redeem(callback).json()
    assert app.redeem(callback).json()["error"] == "invalid_grant"
    assert app.refresh(issued["refresh_token"]).json()["error"] == "invalid_grant", "what came of it has ended, too"


def test_nobody_allows_what_was_not_asked_for(person: Person, app: App) -> None:
    consent = person.browser.get(app.request("tasks:read")).headers["location"]
    query = consent.partition("?")[2]
    for forged in (query.replace("tasks%3Aread", "tasks%3Awrite"), query.replace("41999", "42000"), ""):
        body = {"accept": True, "oauth_query": forged}
        assert person.browser.post("/api/auth/oauth2/consent", json=body).status_code == 400
    wider = {"accept": True, "oauth_query": query, "scope": "tasks:read tasks:write"}
    assert person.browser.post("/api/auth/oauth2/consent", json=wider).status_code == 400
    elsewhere = {"Origin": "https://thief.example"}
    body = {"accept": True, "oauth_query": query}
    assert person.browser.post("/api/auth/oauth2/consent", json=body, headers=elsewhere).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/callback",
        "http://127.0.0.1.example.com/callback",
        "http://localhost@example.com/",
        "javascript:alert(1)",
        "data:text/html,x",
        "com.example.app:/callback",
        "https://user:secret@example.com/",
        "https://example.com/#part",
        "nonsense",
        7,
    ],
)
def test_codes_go_to_https_or_to_this_machine_alone(app: App, address: Any) -> None:
    answer = app.register(redirect_uris=[address])
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_redirect_uri")


@pytest.mark.parametrize("address", ["https://app.example/callback", "http://localhost:1/c", "http://[::1]:1/c"])
def test_other_places_are_fine(app: App, address: str) -> None:
    assert app.register(redirect_uris=[address]).json()["redirect_uris"] == [address]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"no", b'{"redirect_uris": []}', b'{"x": "' + b"x" * 40_000 + b'"}'], ids=str
)
def test_a_registration_that_is_none_is_refused(app: App, body: bytes) -> None:
    answer = app.http.post(
        app.server["registration_endpoint"], content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["error"] in {"invalid_client_metadata", "invalid_redirect_uri"}


def test_what_an_app_says_of_itself_is_shortened_to_what_is_used(web: str) -> None:
    app = App(web, "  <b>Evil\u202e\n" + "x" * 200, logo_uri="https://thief.example/logo", contacts=["a@example.com"])
    kept = app.registered.json()
    assert kept["client_name"] == ("<b>Evil " + "x" * 200)[:64]
    assert not {"logo_uri", "contacts"} & kept.keys()


def test_registrations_are_limited(web: str) -> None:
    app = App(web)
    statuses = [app.register().status_code for _ in range(12)]
    assert statuses[0] == 201
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    "path", ["oauth2/create-client", "oauth2/get-clients", "oauth2/update-consent", "admin/oauth2/resources"]
)
def test_what_is_for_operators_is_not_there(person: Person, path: str) -> None:
    assert person.browser.post(f"/api/auth/{path}", json={}).status_code == 404
    assert person.browser.get(f"/api/auth/{path}").status_code == 404


async def test_what_is_not_used_is_forgotten(web_suite: RunningSuite, person: Person, app: App) -> None:
    app.connect(person)
    await run(
        web_suite,
        """INSERT INTO "oauthClient" (id, "clientId", "redirectUris", "createdAt")
           SELECT 'old' || n, 'old' || n, '[]'::jsonb, now() - interval '8 days' FROM generate_series(1, 3) n
           UNION ALL
           SELECT 'flood' || n, 'flood' || n, '[]'::jsonb, now() - interval '1 hour'
             FROM generate_series(1, 10100) n""",
    )
    await run(
        web_suite,
        """UPDATE "oauthClient" SET "createdAt" = now() - interval '300 days' WHERE "clientId" = $1""",
        app.id,
    )
    App(web_suite.web_url)
    left = [row["clientId"] for row in await run(web_suite, 'SELECT "clientId" FROM "oauthClient"')]
    await run(web_suite, """DELETE FROM "oauthClient" WHERE "clientId" LIKE 'flood%'""")
    assert not [name for name in left if name.startswith("old")]
    assert len([name for name in left if name.startswith("flood")]) < 10_000
    assert app.id in left, "one that somebody has allowed is kept"
    assert len(person.apps()) == 1
    await run(web_suite, """UPDATE "oauthConsent" SET "updatedAt" = now() - interval '181 days'""")
    App(web_suite.web_url)
    assert person.apps() == []
    assert await run(web_suite, 'SELECT FROM "oauthRefreshToken"') == []
