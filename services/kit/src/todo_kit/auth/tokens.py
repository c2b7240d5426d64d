"""Verification of bearer tokens (RFC 9068, RFC 8725). Verified tokens are cached until they expire."""

import re
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Literal

import jwt

from todo_kit.auth.clients import client_from_claims
from todo_kit.auth.keys import ALGORITHMS, KeySet
from todo_kit.auth.revocations import Revocations, grant_from_claims
from todo_kit.auth.users import User
from todo_kit.errors import Unauthorized
from todo_kit.settings import TrustedIssuer

MAX_TOKEN_CHARACTERS = 8192
MAX_STATEMENT_CHARACTERS = 131_072
"""Of a statement in a body: it may list what an account has."""
REMEMBERED_TOKENS = 4096
LEEWAY_SECONDS = 10
MAX_USER_ID_CHARACTERS = 128
Statement = Literal["revocations", "erasures", "address", "account", "webhook"]
"""Kinds of tokens that give no access. In one, a first-party issuer states that other tokens are revoked, that the
account was deleted, that an address is the user's, or what it has of the user. The audience is the issuer's, a slash
and this word. No client can request such an audience."""
SUBJECT = re.compile(r"[\w@|:+~=-][\w@|:+~=.-]*")
"""Subjects that are safe as a path segment. `..` or `a/b` would change the path."""


class TokenVerifier:
    def __init__(self, issuers: tuple[TrustedIssuer, ...]) -> None:
        key_sets = {issuer.jwks: KeySet(issuer.jwks) for issuer in issuers}
        self._trusted = [(issuer, key_sets[issuer.jwks]) for issuer in issuers]
        self.revocations = Revocations()
        self._remembered: OrderedDict[str, User] = OrderedDict()

    async def verify(self, token: str) -> User:
        """Returns the token's user. Raises Unauthorized with the reason if the token is invalid, expired or revoked."""
        user = self._remembered.get(token)
        if user is None:
            claims, issuer = await self._check(token, self._trusted, MAX_TOKEN_CHARACTERS)
            user = user_from_claims(claims, first_party=issuer.first_party)
            self._remembered[token] = user
            if len(self._remembered) > REMEMBERED_TOKENS:
                self._remembered.popitem(last=False)
        if user.expires_at + LEEWAY_SECONDS <= time.time():
            self._remembered.pop(token, None)
            raise Unauthorized("the token has expired")
        self.revocations.check(user)
        return user

    async def verify_statement(self, token: str, statement: Statement) -> dict[str, Any]:
        """Returns the claims of a token in which a first-party issuer states something. Raises Unauthorized."""
        stating = [
            (issuer.model_copy(update={"audience": f"{issuer.audience}/{statement}"}), keys)
            for issuer, keys in self._trusted
            if issuer.first_party
        ]
        claims, _ = await self._check(token, stating, MAX_STATEMENT_CHARACTERS)
        return claims

    async def _check(
        self, token: str, trusted: Sequence[tuple[TrustedIssuer, KeySet]], longest: int
    ) -> tuple[dict[str, Any], TrustedIssuer]:
        if len(token) > longest:
            raise Unauthorized("the token is too long")
        try:
            header = jwt.get_unverified_header(token)
            claims = jwt.decode(token, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise Unauthorized("the token is malformed") from None
        algorithm, kid = header.get("alg"), header.get("kid")
        if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
            raise Unauthorized("the token's algorithm is not accepted; EdDSA and ES256 are")
        if not isinstance(kid, str) or "crit" in header:
            raise Unauthorized("the token's header is not accepted: it needs a kid and no crit")
        candidates = [(issuer, keys) for issuer, keys in trusted if issuer.issuer == claims.get("iss")]
        if not candidates:
            raise Unauthorized("the token's issuer is not trusted")
        reason = "no trusted audience"
        for issuer, keys in candidates:
            try:
                return await _verify_with(token, algorithm, kid, issuer, keys), issuer
            except jwt.InvalidAudienceError:
                continue
            except jwt.PyJWTError as error:
                raise Unauthorized(f"the token is not valid: {error}") from None
        raise Unauthorized(f"the token is not valid: {reason}")


async def _verify_with(token: str, algorithm: str, kid: str, issuer: TrustedIssuer, keys: KeySet) -> dict[str, Any]:
    key = await keys.find(kid)
    if key is None or key.key_type != ALGORITHMS[algorithm]:
        raise Unauthorized("the token's key is not one of its issuer's")
    return jwt.decode(
        token,
        key.key,
        algorithms=[algorithm],
        audience=issuer.audience,
        issuer=issuer.issuer,
        leeway=LEEWAY_SECONDS,
        options={"require": ["exp", "sub", "iss", "aud"]},
    )


def user_from_claims(claims: dict[str, Any], *, first_party: bool) -> User:
    subject = claims["sub"]
    if len(subject) > MAX_USER_ID_CHARACTERS or not SUBJECT.fullmatch(subject):
        raise Unauthorized("the token's subject is not usable as a user id")
    scope = claims.get("scope")
    return User(
        id=subject,
        client=client_from_claims(claims, first_party=first_party and scope is None),
        scopes=None if first_party and scope is None else frozenset(str(scope or "").split()),
        expires_at=int(claims["exp"]),
        issued_at=int(claims.get("iat", 0)),
        grant=grant_from_claims(claims, first_party=first_party),
        client_id=str(claims.get("client_id") or claims.get("azp") or ""),
    )
