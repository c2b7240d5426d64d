"""What the sign-in server states about a user, in a signed token."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from fastapi.security import HTTPAuthorizationCredentials
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from todo_kit.auth.tokens import Statement
from todo_kit.errors import Invalid, Unauthorized
from todo_kit.runtime import Runtime


class Claims(BaseModel):
    """States something about a user. `iat` is when it became true."""

    model_config = ConfigDict(extra="forbid")

    iss: str
    aud: str
    sub: Annotated[str, Field(min_length=1, max_length=128)]
    iat: int
    exp: int
    jti: str | None = None


C = TypeVar("C", bound=Claims)


async def read_claims(
    runtime: Runtime, credentials: HTTPAuthorizationCredentials | None, statement: Statement, claims: type[C]
) -> C:
    """Returns the verified claims. Raises Unauthorized, or Invalid if they are not those of the statement."""
    if credentials is None:
        raise Unauthorized(f"send the header Authorization: Bearer <token for {statement}>")
    return model_of(claims, await runtime.tokens.verify_statement(credentials.credentials, statement))


def model_of(claims: type[C], verified: Mapping[str, Any]) -> C:
    """Returns the claims. Raises Invalid if they are not those of the statement."""
    try:
        return claims.model_validate(verified)
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid(".".join(str(part) for part in first["loc"]), first["msg"]) from None
