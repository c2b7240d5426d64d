"""Erases a user's data from the trail. The chain still verifies: its hashes cover digests of the payloads.

The erasure is an entry of the trail, which distinguishes it from a payload that was removed by other means. The user's
dead letters are deleted too, because they contain whole events. To record them, replay them first.
"""

from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from audit_service.trail import repository, service
from todo_kit import context
from todo_kit.erasure import Erasure
from todo_kit.ids import uuid7
from todo_kit.messaging import dead_letters
from todo_kit.runtime import Runtime

# A function of the schema's owner, as the service has no permission to change an entry.
ERASE = text("SELECT erase_payloads(:user_id)")


async def erase(session: AsyncSession, user_id: str) -> int:
    """Erases the payloads of the user's entries and deletes the user's dead letters. Returns the number of entries."""
    heads = await repository.lock_heads(session, [user_id])
    await dead_letters.forget_user(session, user_id)
    erased = int((await session.execute(ERASE, {"user_id": user_id})).scalar_one())
    position, _ = heads[user_id]
    if position > 0:
        await service.append(session, [_entry(user_id, position)])
    return erased


def _entry(user_id: str, position: int) -> dict[str, object]:
    return {
        "user_id": user_id,
        "event_id": uuid7(),
        "action_type": service.ERASED,
        "resource_type": "user",
        "resource_id": None,
        "seq": 0,
        "timestamp": datetime.now(UTC),
        "actor_type": "system",
        "actor_client": "system",
        "correlation_id": context.current().correlation_id,
        "payload": {"up_to": position},
    }


async def _erase(_: Runtime, session: AsyncSession, user_id: str) -> None:
    await erase(session, user_id)


erasure = Erasure(erase=_erase, kept={"audit_logs", "trail_heads"})
