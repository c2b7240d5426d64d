"""`python -m audit_service.erase USER`: erases a user's data from the audit trail (see `trail.erasure`).

Deleting an account does this by itself. The command is for a user whom the sign-in server does not know.
Set MIGRATION_DATABASE_URL to the URL of the schema's owner.
"""

import argparse
import asyncio
import os
import sys

from audit_service.trail.erasure import erase as erase_data
from todo_kit.database import Database


async def erase(url: str, user_id: str) -> int:
    """Returns the number of entries that were erased."""
    database = Database(url, application_name="erase", pool_size=1)
    try:
        async with database.transaction() as session:
            return await erase_data(session, user_id)
    finally:
        await database.close()


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
