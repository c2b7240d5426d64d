from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPAuthorizationCredentials
from pydantic import Field

from todo_backend.revocations import service
from todo_backend.statements import Claims, read_claims
from todo_kit.auth.dependencies import bearer
from todo_kit.errors import Invalid
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/revocations", include_in_schema=False)

GrantId = Annotated[str, Field(min_length=1, max_length=128)]


class EndedGrant(Claims):
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
    runtime = runtime_of(request)
    claims = await read_claims(runtime, credentials, "revocations", EndedGrant)
    if claims.sid and claims.client_id:
        raise Invalid("client_id", "names another grant than sid; send one of them")
    await service.revoke(runtime, claims.sub, claims.iat, sid=claims.sid, client_id=claims.client_id)
