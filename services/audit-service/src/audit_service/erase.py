"""`python -m audit_service.erase USER`: takes a person's data out of their trail; the chain still verifies.

What could not be recorded goes too: a dead letter has the whole event in it. Replay them before, if they shall count.
Run with the URL of the schema's owner in MIGRATION_DATABASE_URL: the service itself may not.
"""

import argparse
import asyncio
import os
import sys

import asyncpg
import orjson

from todo_kit.database import dsn_of

ERASE = "UPDATE audit_logs SET payload = NULL WHERE user_id = $1 AND payload IS NOT NULL"
FORGET = "DELETE FROM dead_letters WHERE topic = $1 AND event_id = $2"


async def erase(url: str, user_id: str) -> int:
    """How many entries lost their payload."""
    connection = await asyncpg.connect(dsn_of(url))
    try:
        async with connection.transaction():
            letters = await connection.fetch("SELECT topic, event_id, body FROM dead_letters")
            theirs = [(row["topic"], row["event_id"]) for row in letters if person_in(row["body"]) == user_id]
            await connection.executemany(FORGET, theirs)
            return int((await connection.execute(ERASE, user_id)).split()[-1])
    finally:
        await connection.close()


def person_in(body: bytes) -> object:
    """Whose event it is; None when it is too malformed to say."""
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
