from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from todo_backend.revocations import service
from todo_kit.auth.dependencies import bearer
from todo_kit.errors import Invalid, Unauthorized
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/revocations", include_in_schema=False)

GrantId = Annotated[str, Field(min_length=1, max_length=128)]


class Claims(BaseModel):
    model_config = ConfigDict(extra="forbid")

    iss: str
    aud: str
    sub: Annotated[str, Field(min_length=1, max_length=128)]
    iat: int
    exp: int
    jti: str | None = None
    sid: GrantId | None = None
    client_id: GrantId | None = None


@router.post("", status_code=204)
async def revoke(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> None:
    """Revokes the access tokens of a session (`sid`), of an app (`client_id`), or of the user (neither).

    The bearer token states what is revoked. The issuer of the sessions signs it. Its audience is the audience of the
    sessions followed by `/revocations`: `todo/revocations`. The request has no body and is idempotent.
    """
    if credentials is None:
        raise Unauthorized("send the header Authorization: Bearer <revocation token>")
    runtime = runtime_of(request)
    verified = await runtime.tokens.verify_statement(credentials.credentials, "revocations")
    try:
        claims = Claims.model_validate(verified)
    except ValidationError as error:
        first = error.errors()[0]
        raise Invalid(".".join(str(part) for part in first["loc"]), first["msg"]) from None
    if claims.sid and claims.client_id:
        raise Invalid("client_id", "names another grant than sid; send one of them")
    await service.revoke(runtime, claims.sub, claims.iat, sid=claims.sid, client_id=claims.client_id)
