"""FastAPI dependencies that authenticate the caller of an endpoint."""

import secrets
from functools import lru_cache
from typing import Annotated

from fastapi import Depends, Path, Request
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import HTTPConnection
from starlette.types import Scope

from todo_kit.auth.users import User
from todo_kit.context import act_as
from todo_kit.errors import Forbidden, InsufficientScope, Unauthorized
from todo_kit.events.envelope import Actor
from todo_kit.headers import headers_of
from todo_kit.runtime import runtime_in, runtime_of


class _Bearer(HTTPBearer):
    """The same header as FastAPI's, from `headers_of`."""

    async def __call__(self, request: HTTPConnection) -> HTTPAuthorizationCredentials | None:
        scheme, _, token = headers_of(request.scope).get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not (token := token.strip()):
            return None
        return HTTPAuthorizationCredentials(scheme=scheme, credentials=token)


bearer = _Bearer(
    scheme_name="HTTPBearer",
    auto_error=False,
    description="A token of a trusted issuer; `make token FOR=alice` makes a local one.",
)
sidecar_token = APIKeyHeader(name="dapr-api-token", auto_error=False, description="Sent by the Dapr sidecar alone.")

READ, WRITE = "tasks:read", "tasks:write"
"""The scopes that a user can grant to an app. A read needs the first one. A change needs both, because its response
contains the task."""

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

UserId = Annotated[str, Path(max_length=128, description="The user's id: the `sub` of the token.")]


async def signed_in(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> User:
    if credentials is None:
        raise Unauthorized("send the header Authorization: Bearer <token>")
    return await runtime_of(request).tokens.verify(credentials.credentials)


async def owner(user_id: UserId, user: Annotated[User, Depends(signed_in)]) -> User:
    """Returns the token's user. Raises Forbidden if the path names another user."""
    if user.id != user_id:
        raise Forbidden("the token belongs to another user than the path")
    act_as(_actor_of(user.client), user.id)
    return user


@lru_cache(1000)
def _actor_of(client: str) -> Actor:
    return Actor(type="user", client=client)


def need_scopes(user: User, *scopes: str) -> None:
    """Raises InsufficientScope unless the token has all of the scopes. A first-party session has every scope."""
    if user.scopes is not None and not user.scopes.issuperset(scopes):
        raise InsufficientScope(*scopes)


async def reader(user: Annotated[User, Depends(owner)]) -> User:
    need_scopes(user, READ)
    return user


async def current_user(request: Request, user: Annotated[User, Depends(owner)]) -> User:
    need_scopes(user, *([READ] if request.method in SAFE_METHODS else [READ, WRITE]))
    return user


async def first_party(user: Annotated[User, Depends(owner)]) -> User:
    if user.scopes is not None:
        raise Forbidden("an app cannot do this; sign in and do it in the page")
    return user


def is_from_sidecar(scope: Scope) -> bool:
    """Returns whether the request came through this service's own sidecar."""
    expected = runtime_in(scope).settings.app_api_token.get_secret_value()
    token = headers_of(scope).get("dapr-api-token", "")
    return secrets.compare_digest(token.encode(), expected.encode())


def check_sidecar_token(request: Request) -> None:
    """Raises Unauthorized unless the request came through this service's own sidecar."""
    if not is_from_sidecar(request.scope):
        raise Unauthorized("only this service's Dapr sidecar may call this")


async def from_sidecar(request: Request, _: Annotated[str | None, Depends(sidecar_token)]) -> None:
    check_sidecar_token(request)


CurrentUser = Annotated[User, Depends(current_user)]
"""The path's user. The token needs `tasks:read` for GET, HEAD and OPTIONS, and `tasks:write` too for other verbs."""

Reader = Annotated[User, Depends(reader)]
"""The same for an endpoint that only reads although its verb is not GET: the token needs `tasks:read`."""

FirstParty = Annotated[User, Depends(first_party)]
"""The path's user, in a session of a first-party client. An app, whatever its scopes, is refused: what it would set up
here, such as where reminders are sent, would outlive its access."""
