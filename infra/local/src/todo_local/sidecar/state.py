"""The state store: keys per app, with optimistic concurrency by ETag."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import asyncpg

GET = "SELECT value, etag FROM state WHERE key = $1 AND (expires_at IS NULL OR expires_at > now())"
SET = """
    INSERT INTO state (key, value, etag, expires_at)
    VALUES ($1, $2, nextval('etags'), now() + make_interval(secs => $3))
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, etag = excluded.etag, expires_at = excluded.expires_at
    WHERE $4::bigint IS NULL OR state.etag = $4
    RETURNING etag
"""
SET_FIRST = """
    INSERT INTO state (key, value, etag, expires_at)
    VALUES ($1, $2, nextval('etags'), now() + make_interval(secs => $3))
    ON CONFLICT (key) DO NOTHING RETURNING etag
"""
REMOVE = "DELETE FROM state WHERE key = $1 AND ($2::bigint IS NULL OR etag = $2) RETURNING etag"
EXISTS = "SELECT 1 FROM state WHERE key = $1"


class EtagMismatch(Exception):
    """The key was changed or created by another write."""


@dataclass(frozen=True, slots=True)
class Change:
    kind: Literal["upsert", "delete"]
    key: str
    value: bytes = b""
    etag: str | None = None
    first_write: bool = False
    ttl_seconds: float | None = None


class StateStore:
    def __init__(self, pool: "asyncpg.Pool[Any]") -> None:
        self._pool = pool

    async def get(self, app_id: str, key: str) -> tuple[bytes, str] | None:
        row = await self._pool.fetchrow(GET, f"{app_id}||{key}")
        return (row["value"], str(row["etag"])) if row else None

    async def apply(self, app_id: str, changes: Sequence[Change]) -> None:
        """Applies all changes in one transaction. Raises EtagMismatch."""
        async with self._pool.acquire() as connection, connection.transaction():
            for change in changes:
                await _apply(connection, f"{app_id}||{change.key}", change)


async def _apply(connection: Any, key: str, change: Change) -> None:
    etag = None
    if change.etag:
        if not change.etag.isdecimal():
            raise EtagMismatch(f"possible etag mismatch. error from state store: invalid etag {change.etag}")
        etag = int(change.etag)
    if change.kind == "delete":
        gone = await connection.fetchval(REMOVE, key, etag)
        if gone is None and etag is not None and await connection.fetchval(EXISTS, key):
            raise EtagMismatch("possible etag mismatch. error from state store")
        return
    if change.first_write and etag is None:
        done = await connection.fetchval(SET_FIRST, key, change.value, change.ttl_seconds)
    else:
        if etag is not None and not await connection.fetchval(EXISTS, key):
            raise EtagMismatch("possible etag mismatch. error from state store")
        done = await connection.fetchval(SET, key, change.value, change.ttl_seconds, etag)
    if done is None:
        raise EtagMismatch("possible etag mismatch. error from state store")
