"""The caller of a request, identified by its token. No tool takes a user as an argument, so no model can choose one."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import AccessToken
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resolve import Resolve

from todo_backend.accounts import repository as accounts
from todo_backend.accounts.locales import Conventions, conventions_of
from todo_backend.quick_add.date_words import DateWords
from todo_backend.quick_add.meanings import Here
from todo_backend.tasks.steps import Origin
from todo_kit import context
from todo_kit.auth.dependencies import READ, WRITE
from todo_kit.auth.tokens import TokenVerifier
from todo_kit.auth.users import User
from todo_kit.errors import Unauthorized
from todo_kit.events.envelope import Actor
from todo_kit.ids import uuid7
from todo_kit.runtime import Runtime

CHAT = "chat"
"""The client name of calls from the assistant."""


@dataclass(frozen=True, slots=True)
class Caller:
    runtime: Runtime
    user: User
    token: str
    zone: ZoneInfo
    conventions: Conventions
    now: datetime
    all_day_reminder_time: time
    conversation: str
    """The id of the conversation with the assistant; empty for other MCP clients."""

    @property
    def origin(self) -> Origin:
        """The step of a change: all changes of one message to the assistant, or one call of another client."""
        if self.conversation:
            return Origin(CHAT, context.current().correlation_id)
        return Origin(f"mcp:{self.user.client_id}", str(uuid7()))

    def words(self, text: str, chosen: str = "") -> DateWords:
        return DateWords(text, self.zone, self.conventions, chosen)

    @property
    def here(self) -> Here:
        return Here(self.now.astimezone(self.zone), self.zone, self.conventions)


class Tokens:
    """Adapts the suite's token verifier to the SDK's `TokenVerifier` protocol."""

    def __init__(self, verifier: TokenVerifier) -> None:
        self._verifier = verifier

    async def verify_token(self, token: str) -> AccessToken | None:
        try:
            user = await self._verifier.verify(token)
        except Unauthorized:
            return None
        scopes = sorted(user.scopes) if user.scopes is not None else [READ, WRITE]
        return AccessToken(
            token=token, client_id=user.client, scopes=scopes, expires_at=user.expires_at, subject=user.id
        )


async def identify(runtime: Runtime) -> Caller:
    """Returns the caller of the current MCP request, and attributes its changes to the client."""
    access = get_access_token()
    if access is None:
        raise ToolError("no one is signed in: send a bearer token")
    user = await runtime.tokens.verify(access.token)
    context.act_as(Actor(type="assistant", client=f"mcp:{user.client}"[:64]), user.id)
    return await caller_of(runtime, user, access.token)


async def caller_of(runtime: Runtime, user: User, token: str, conversation: str = "") -> Caller:
    async with runtime.database.autocommit() as session:
        account = await accounts.get(session, user.id)
    return Caller(
        runtime=runtime,
        user=user,
        token=token,
        zone=ZoneInfo(account.time_zone),
        conventions=conventions_of(account),
        now=runtime.clock.now(),
        all_day_reminder_time=account.all_day_reminder_time,
        conversation=conversation,
    )


async def reader(ctx: Context[Runtime]) -> Caller:
    return await identify(ctx.request_context.lifespan_context)


async def writer(caller: Annotated[Caller, Resolve(reader)]) -> Caller:
    if caller.user.scopes is not None and WRITE not in caller.user.scopes:
        raise ToolError(
            f"this sign-in may only read tasks (it lacks the scope {WRITE}). Tell the person to connect again and to "
            "allow changes."
        )
    return caller


Reader = Annotated[Caller, Resolve(reader)]
Writer = Annotated[Caller, Resolve(writer)]
