from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPAuthorizationCredentials

from todo_backend.erasures import service
from todo_backend.statements import Claims, read_claims
from todo_kit.auth.dependencies import bearer
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/erasures", include_in_schema=False)


@router.post("", status_code=204)
async def erase(request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
    """Erases the data of a user whose account was deleted, in every service.

    The bearer token states the user. The issuer of the sessions signs it, for the audience of the sessions followed by
    `/erasures`: `todo/erasures`. The request has no body and is idempotent. The user's tokens are refused at once; the
    rows are deleted some minutes later.
    """
    runtime = runtime_of(request)
    claims = await read_claims(runtime, credentials, "erasures", Claims)
    await service.delete_account(runtime, claims.sub, claims.iat)
