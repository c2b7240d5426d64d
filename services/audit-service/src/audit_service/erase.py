"""`python -m audit_service.erase USER`: takes a person's data out of their trail; the chain still verifies.

Run with the URL of the schema's owner in MIGRATION_DATABASE_URL: the service itself may not.
"""

import argparse
import asyncio
import os
import sys

import asyncpg

ERASE = "UPDATE audit_logs SET payload = NULL WHERE user_id = $1 AND payload IS NOT NULL"


async def erase(url: str, user_id: str) -> int:
    """How many entries lost their payload."""
    connection = await asyncpg.connect(url)
    try:
        return int((await connection.execute(ERASE, user_id)).split()[-1])
    finally:
        await connection.close()


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
