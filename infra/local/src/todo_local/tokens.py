"""Tokens of the local issuer, which only local mode trusts: for curl, scripts and tests."""

import time
import uuid
from typing import Any

import jwt

from todo_local import secrets


def make(content: dict[str, Any], user: str, seconds: int = 3600, scope: str | None = None) -> str:
    """Without a scope it may do everything that the user may."""
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
