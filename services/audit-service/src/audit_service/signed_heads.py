"""`python -m audit_service.signed_heads export` and `… check FILE`: a file of the signed heads, to be kept elsewhere.

`export` writes the newest signed head of each trail, one line of JSON per user. `check` compares such a file with the
current trails. It exits with status 1 if a trail no longer contains its head.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterable, Sequence

from audit_service.trail import heads, repository
from audit_service.trail.signatures import Head
from todo_kit.database import Database


async def export(database: Database) -> AsyncIterator[bytes]:
    after = ""
    while True:
        async with database.autocommit() as session:
            rows = await repository.signed_heads(session, after, 1000)
        for row in rows:
            yield heads.head_of(row).to_json()
        if not rows:
            return
        after = rows[-1].user_id


async def check(database: Database, lines: Iterable[bytes]) -> list[str]:
    """Returns an error message for each trail that does not contain its head."""
    wrong = []
    for line in lines:
        head = Head.from_json(line)
        async with database.autocommit() as session:
            found = await repository.hash_at(session, head.user_id, head.position)
        if found != head.hash:
            reason = heads.MISSING if found is None else heads.CHANGED
            wrong.append(f"{head.user_id}: entry {head.position}: {reason}")
    return wrong


async def run(command: str, lines: Sequence[bytes], url: str) -> int:
    database = Database(url, application_name="signed-heads", pool_size=1)
    try:
        if command == "export":
            async for line in export(database):
                sys.stdout.buffer.write(line + b"\n")
            return 0
        wrong = await check(database, lines)
        sys.stdout.write("".join(f"{line}\n" for line in wrong) or f"{len(lines)} trails contain their heads\n")
        return int(bool(wrong))
    finally:
        await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("export")
    commands.add_parser("check").add_argument("file", nargs="?", type=argparse.FileType("rb"), default=sys.stdin.buffer)
    args = parser.parse_args()
    url = os.environ.get("DATABASE_URL")
    if not url:
        sys.exit("set DATABASE_URL to the URL of the audit service's role")
    lines = args.file.read().splitlines() if args.command == "check" else []
    sys.exit(asyncio.run(run(args.command, lines, url)))


if __name__ == "__main__":
    main()
