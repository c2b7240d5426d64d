"""`python -m audit_service.erase USER`: erases a user's data from the audit trail; the chain still verifies.

The erasure is recorded as an entry of the trail, which distinguishes it from a payload that was removed by other means.
The user's dead letters are deleted too, because they contain whole events. To record them, replay them first.
Set MIGRATION_DATABASE_URL to the URL of the schema's owner: the role of the service has no permission to erase.
"""

import argparse
import asyncio
import os
import sys
from datetime import UTC, datetime

import orjson
from sqlalchemy import text

from audit_service.trail import repository, service
from todo_kit import context
from todo_kit.database import Database
from todo_kit.ids import uuid7

ERASE = text("UPDATE audit_logs SET payload = NULL WHERE user_id = :user_id AND payload IS NOT NULL")
LETTERS = text("SELECT topic, event_id, body FROM dead_letters")
FORGET = text("DELETE FROM dead_letters WHERE topic = :topic AND event_id = :event_id")


async def erase(url: str, user_id: str) -> int:
    """Erases the payloads of the user's entries and deletes the user's dead letters. Returns the number of entries."""
    database = Database(url, application_name="erase", pool_size=1)
    try:
        async with database.transaction() as session:
            heads = await repository.lock_heads(session, [user_id])
            for letter in (await session.execute(LETTERS)).all():
                if user_in(letter.body) == user_id:
                    await session.execute(FORGET, {"topic": letter.topic, "event_id": letter.event_id})
            erased = int((await session.execute(ERASE, {"user_id": user_id})).rowcount)  # type: ignore[attr-defined]
            position, _ = heads[user_id]
            if position > 0:
                await service.append(session, [_entry(user_id, position)])
            return erased
    finally:
        await database.close()


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


def user_in(body: bytes) -> object:
    """Returns the user id in the event; None if the event has no data with one. Raises ValueError if it is not JSON."""
    event = orjson.loads(body)
    data = event.get("data") if isinstance(event, dict) else None
    return data.get("user_id") if isinstance(data, dict) else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("user")
    url = os.environ.get("MIGRATION_DATABASE_URL")
    user = parser.parse_args().user
    if not url:
        sys.exit("set MIGRATION_DATABASE_URL to the URL of the schema's owner")
    sys.stdout.write(f"{asyncio.run(erase(url, user))} entries erased\n")


if __name__ == "__main__":
    main()
