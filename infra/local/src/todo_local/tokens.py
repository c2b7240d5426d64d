"""Tokens of the local issuer, for curl, scripts and tests. Only local mode trusts this issuer."""

import time
import uuid
from typing import Any

import jwt

from todo_local import secrets


def make(content: dict[str, Any], user: str, seconds: int = 3600, scope: str | None = None) -> str:
    """Returns a signed token for `user`. Without `scope`, the token allows everything that the user may do."""
    now = int(time.time())
    claims = {
        "iss": secrets.ISSUER,
        "aud": secrets.AUDIENCE,
        "sub": user,
        "iat": now,
        "exp": now + seconds,
        "jti": str(uuid.uuid4()),
        **({} if scope is None else {"scope": scope}),
    }
    return jwt.encode(claims, secrets.issuer_key(content), algorithm="EdDSA", headers={"kid": secrets.KEY_ID})
