from datetime import UTC, datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.assistant.conversations import ConversationRepository
from todo_backend.assistant.limits import forget_usage
from todo_backend.revocations import revoke
from todo_kit import context
from todo_kit import erasure as kit
from todo_kit.erasure import Erasure
from todo_kit.events.accounts import TOPIC, AccountDeleted, DeletedAccount
from todo_kit.events.envelope import Actor
from todo_kit.ids import uuid7
from todo_kit.messaging import outbox
from todo_kit.runtime import Runtime

log = structlog.get_logger()

SOURCE = "todo-backend"


async def delete_account(runtime: Runtime, user_id: str, issued_at: int) -> None:
    """Revokes the user's tokens, and records and publishes that the account was deleted."""
    await revoke(runtime, user_id, issued_at, sid=None, client_id=None)
    event = AccountDeleted(
        event_id=uuid7(),
        user_id=user_id,
        seq=0,
        timestamp=runtime.clock.now(),
        actor=Actor(type="user", client="sign-in"),
        correlation_id=context.current().correlation_id,
        payload=DeletedAccount(deleted_at=datetime.fromtimestamp(issued_at, UTC)),
    )
    async with runtime.database.transaction() as session:
        await kit.record(runtime, session, [event])
        outbox.add(session, TOPIC, event, SOURCE)
    log.info("account_deleted", owner=user_id)


async def _erase(runtime: Runtime, _: AsyncSession, user_id: str) -> None:
    await ConversationRepository(runtime.sidecar, user_id).forget_all()
    await forget_usage(runtime.sidecar, user_id)


# Its tokens stay revoked until they have expired: one of them could otherwise make data anew.
erasure = Erasure(erase=_erase, kept={"revoked_grants"})
