# ruff: noqa: RUF001 - names that imitate others
"""Only tokens of trusted issuers, signed with their keys, for us, and not expired, open anything."""

import asyncio
import base64
import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from todo_kit.auth import keys
from todo_kit.auth.tokens import TokenVerifier
from todo_kit.errors import Unauthorized, Unavailable
from todo_kit.settings import TrustedIssuer

ED, EC = Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(algorithm: str, key: Any, kid: str) -> dict[str, Any]:
    return {**json.loads(jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key())), "kid": kid, "alg": algorithm}


def pass_on(monkeypatch: pytest.MonkeyPatch, to: float) -> None:
    """Moves the clock of the keys, and not that of the loop, whose every pause would become as long."""
    monkeypatch.setattr("todo_kit.auth.keys.time", SimpleNamespace(monotonic=lambda: to))


@pytest.fixture
def jwks(tmp_path: Path) -> Path:
    file = tmp_path / "jwks.json"
    symmetric = {"kty": "oct", "k": base64.urlsafe_b64encode(b"secret" * 8).decode(), "kid": "sym", "alg": "HS256"}
    published = [public_jwk("EdDSA", ED, "ed"), public_jwk("ES256", EC, "ec"), symmetric]
    file.write_text(json.dumps({"keys": [*published, public_jwk("RS256", RSA, "rsa")]}))
    return file


@pytest.fixture
def verifier(jwks: Path) -> TokenVerifier:
    return TokenVerifier(
        (
            TrustedIssuer(issuer="me", audience="todo", jwks=jwks.as_uri(), first_party=True),
            TrustedIssuer(issuer="me", audience="mcp", jwks=jwks.as_uri()),
        )
    )


def token(
    key: Any = ED,
    algorithm: str = "EdDSA",
    kid: str | None = "ed",
    headers: dict[str, Any] | None = None,
    **claims: Any,
) -> str:
    content = {"iss": "me", "aud": "todo", "sub": "alice", "exp": int(time.time()) + 60, **claims}
    content = {name: value for name, value in content.items() if value is not None}
    return jwt.encode(content, key, algorithm=algorithm, headers={"kid": kid, **(headers or {})} if kid else headers)


async def test_both_algorithms_and_every_trusted_audience_are_accepted(verifier: TokenVerifier) -> None:
    assert (await verifier.verify(token())).id == "alice"
    assert (await verifier.verify(token(EC, "ES256", "ec"))).id == "alice"
    user = await verifier.verify(token(aud="mcp", azp="inspector", scope="tasks:read"))
    assert (user.client, user.scopes) == ("app:inspector", frozenset({"tasks:read"}))


@pytest.mark.parametrize(
    ("claims", "scopes"),
    [
        ({}, None),
        ({"scope": ""}, frozenset()),
        ({"scope": "tasks:read"}, frozenset({"tasks:read"})),
        ({"aud": "mcp"}, frozenset()),
        ({"aud": "mcp", "scope": ""}, frozenset()),
        ({"aud": ["mcp", "other"]}, frozenset()),
    ],
)
async def test_only_a_token_of_a_first_party_issuer_may_do_everything_without_a_scope(
    verifier: TokenVerifier, claims: dict[str, Any], scopes: frozenset[str] | None
) -> None:
    assert (await verifier.verify(token(**claims))).scopes == scopes


@pytest.mark.parametrize(
    ("claims", "client"),
    [
        ({}, "api"),
        ({"azp": "web"}, "web"),
        ({"azp": "terminal"}, "terminal"),
        ({"azp": "web", "client_name": "Desk App"}, "web"),
        ({"azp": "x1", "client_name": "Desk App", "scope": "tasks:read"}, "app:Desk App"),
        ({"azp": "web", "scope": "tasks:read"}, "app:web"),
        ({"aud": "mcp", "client_id": "x1"}, "app:x1"),
        ({"aud": "mcp", "azp": "x1", "client_name": "Desk App"}, "app:Desk App"),
        ({"aud": "mcp", "azp": "x1", "client_name": "  a\u202e\nb\x00 c "}, "app:a b c"),
        ({"aud": "mcp", "azp": "\u0000a\ud800"}, "app:a"),
        ({"aud": "mcp", "azp": "x1", "client_name": "\u200b\u3164"}, "app:x1"),
        ({"aud": "mcp", "azp": "x1", "client_name": "n" * 200}, "app:" + "n" * 60),
        ({"aud": "mcp"}, "app:unnamed"),
    ],
)
async def test_the_client_is_named_for_people_and_an_app_is_marked_as_one(
    verifier: TokenVerifier, claims: dict[str, Any], client: str
) -> None:
    assert (await verifier.verify(token(**claims))).client == client


@pytest.mark.parametrize(
    "name",
    [
        "Web", "terminal", "T e r m i n a l", "term\u200binal", "term\u3164inal", "terminаl", "тerminal",
        "ｔｅｒｍｉｎａｌ", "𝐭erminal", "têrminal", "The Web Page", "сһат", "5ystem", "a$$istant", "T0do", "Google αpp",
    ],
)  # fmt: skip
async def test_an_app_whose_name_imitates_a_client_of_ours_is_called_by_its_id(
    verifier: TokenVerifier, name: str
) -> None:
    assert (await verifier.verify(token(aud="mcp", azp="x1", client_name=name))).client == "app:x1"


@pytest.mark.parametrize(
    "name", ["Claude", "Курьер", "東京 Tasks", "한국어 App", "Übersicht", "Webhook", "Terminal 2000 Pro"]
)
async def test_other_names_stay_as_they_are(verifier: TokenVerifier, name: str) -> None:
    assert (await verifier.verify(token(aud="mcp", azp="x1", client_name=name))).client == f"app:{name}"


def with_header(**header: Any) -> str:
    """A token with that header, and no signature."""
    part = lambda content: base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()  # noqa: E731
    claims = {"iss": "me", "aud": "todo", "sub": "alice", "exp": int(time.time()) + 60}
    return f"{part(header)}.{part(claims)}."


def public_key_as_secret() -> str:
    """The public key, which everybody has, used as the secret of a symmetric algorithm."""
    pem = ED.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return jwt.api_jws.PyJWS(algorithms=["HS256"]).encode(
        json.dumps({"iss": "me", "aud": "todo", "sub": "alice", "exp": int(time.time()) + 60}).encode(),
        base64.b64encode(pem),
        algorithm="HS256",
        headers={"kid": "ed"},
    )


ATTACKS = {
    "nothing": lambda: "",
    "not a token": lambda: "a.b.c",
    "no signature": lambda: with_header(alg="none", kid="ed"),
    "the public key as a secret": public_key_as_secret,
    "a symmetric key of the key set": lambda: token("secret" * 8, "HS256", "sym"),
    "an algorithm that is not accepted": lambda: token(RSA, "RS256", "rsa"),
    "a key of another kind than the algorithm's": lambda: token(kid="ec"),
    "another key under a known id": lambda: token(Ed25519PrivateKey.generate()),
    "an algorithm that is a list": lambda: with_header(alg=["EdDSA"], kid="ed"),
    "an algorithm that is an object": lambda: with_header(alg={}, kid="ed"),
    "an unknown key id": lambda: token(kid="other"),
    "no key id": lambda: token(kid=None),
    "critical extensions": lambda: token(headers={"crit": ["b64"], "b64": True}),
    "a key that it brings itself": lambda: token(
        (stranger := Ed25519PrivateKey.generate()), headers={"jwk": public_jwk("EdDSA", stranger, "ed")}
    ),
    "an issuer that is not trusted": lambda: token(iss="you"),
    "no issuer": lambda: token(iss=None),
    "another audience": lambda: token(aud="bank"),
    "no audience": lambda: token(aud=None),
    "expired": lambda: token(exp=int(time.time()) - 60),
    "without an end": lambda: token(exp=None),
    "not valid yet": lambda: token(nbf=int(time.time()) + 600),
    "no subject": lambda: token(sub=None),
    "an empty subject": lambda: token(sub=""),
    "a subject that climbs": lambda: token(sub="../bob"),
    "a subject that is a path": lambda: token(sub=".."),
    "a subject with a space": lambda: token(sub="alice bob"),
    "a subject of control characters": lambda: token(sub="a\x00b"),
    "a changed payload": lambda: token()[:-90] + "A" + token()[-89:],
    "too long": lambda: token(filler="x" * 9000),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
async def test_every_other_token_is_refused(verifier: TokenVerifier, attack: Any) -> None:
    with pytest.raises(Unauthorized):
        await verifier.verify(attack())


async def test_a_remembered_token_expires_all_the_same(
    verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = token(exp=int(time.time()) + 5)
    await verifier.verify(text)
    later = time.time() + 60
    monkeypatch.setattr("todo_kit.auth.tokens.time", SimpleNamespace(time=lambda: later))
    with pytest.raises(Unauthorized):
        await verifier.verify(text)


async def test_a_rotated_key_is_found_and_unknown_ids_do_not_hammer_the_issuer(
    jwks: Path, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = 0
    original = keys.KeySet._read

    async def counted(self: keys.KeySet) -> bytes:
        nonlocal reads
        reads += 1
        return await original(self)

    monkeypatch.setattr(keys.KeySet, "_read", counted)
    await verifier.verify(token())
    for _ in range(20):
        with pytest.raises(Unauthorized):
            await verifier.verify(token(kid="unknown"))
    assert reads == 1
    fresh = Ed25519PrivateKey.generate()
    jwks.write_text(json.dumps({"keys": [public_jwk("EdDSA", fresh, "new")]}))
    start = time.monotonic()
    pass_on(monkeypatch, start + keys.UNKNOWN_KEY_COOL_DOWN_SECONDS + 1)
    assert (await verifier.verify(token(fresh, kid="new"))).id == "alice"


@pytest.mark.parametrize("document", ["[]", "null", "{}", '{"keys": [1]}', "<html>"])
async def test_what_is_no_key_set_is_like_no_answer(jwks: Path, verifier: TokenVerifier, document: str) -> None:
    jwks.write_text(document)
    with pytest.raises(Unavailable):
        await verifier.verify(token())


async def test_known_keys_serve_while_the_issuer_is_away_and_without_any_it_is_said(
    jwks: Path, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    await verifier.verify(token())
    jwks.unlink()
    start = time.monotonic()
    pass_on(monkeypatch, start + keys.FRESH_SECONDS + 1)
    assert (await verifier.verify(token(jti="another"))).id == "alice"
    monkeypatch.setattr(keys, "FIRST_KEYS_SECONDS", 0)
    lost = TokenVerifier((TrustedIssuer(issuer="me", audience="todo", jwks=jwks.as_uri()),))
    with pytest.raises(Unavailable):
        await lost.verify(token())


async def test_the_first_requests_wait_for_an_issuer_that_is_reachable_a_moment_later(
    jwks: Path, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    away, asked, original = jwks.rename(jwks.with_name("away")), asyncio.Event(), keys.KeySet._read

    async def observed(self: keys.KeySet) -> bytes:
        asked.set()
        return await original(self)

    monkeypatch.setattr(keys.KeySet, "_read", observed)
    waiting = asyncio.gather(*(verifier.verify(token(jti=str(number))) for number in range(3)))
    for _ in range(2):  # the second attempt begins after the first one has failed
        await asked.wait()
        asked.clear()
    assert not waiting.done()
    away.rename(jwks)
    assert [user.id for user in await waiting] == ["alice"] * 3


async def test_a_slow_issuer_holds_up_one_request_and_not_all(
    verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    await verifier.verify(token())
    start, asked, answer = time.monotonic(), asyncio.Event(), asyncio.Event()
    original = keys.KeySet._read

    async def slow(self: keys.KeySet) -> bytes:
        asked.set()
        await answer.wait()
        return await original(self)

    monkeypatch.setattr(keys.KeySet, "_read", slow)
    pass_on(monkeypatch, start + keys.FRESH_SECONDS + 1)
    waiting = asyncio.create_task(verifier.verify(token(jti="waits")))
    await asked.wait()
    async with asyncio.timeout(5):
        assert (await verifier.verify(token(jti="goes on"))).id == "alice"
    assert not waiting.done()
    answer.set()
    assert (await waiting).id == "alice"
