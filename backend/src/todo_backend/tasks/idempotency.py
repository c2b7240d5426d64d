"""`Idempotency-Key` on create: a repeated request, even a concurrent one, gets the first answer for 48 hours."""

import hashlib
from datetime import datetime, timedelta
from typing import Annotated, Any

import orjson
from fastapi import Header
from sqlalchemy import bindparam, select
from sqlmodel import col

from todo_backend.tasks.errors import IdempotencyConflict
from todo_backend.tasks.models import IdempotencyKey
from todo_backend.tasks.schemas import TaskCreate
from todo_kit.database import Database
from todo_kit.retention import Retention
from todo_kit.statements import prepare

KNOWN = prepare(
    select(col(IdempotencyKey.request_hash), col(IdempotencyKey.answer)).where(
        col(IdempotencyKey.user_id) == bindparam("user_id"), col(IdempotencyKey.key) == bindparam("key")
    )
)
INSERT = """
    INSERT INTO idempotency_keys (user_id, key, request_hash, answer, created_at)
    SELECT CAST(:user_id AS text), CAST(:key AS text), CAST(:request_hash AS bytea), CAST(:answer AS jsonb),
        CAST(:answered_at AS timestamptz)
    ON CONFLICT DO NOTHING RETURNING 1
"""
"""Stores the answer. Returns no row if another request with the key was first; waits for its commit."""
RETENTION = Retention("idempotency_keys", "created_at", timedelta(hours=48))

Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")]


def hash_of(data: TaskCreate) -> bytes:
    return hashlib.sha256(
        orjson.dumps(data.model_dump(mode="json", exclude_unset=True), option=orjson.OPT_SORT_KEYS)
    ).digest()


async def earlier_answer(database: Database, user_id: str, key: str, data: TaskCreate) -> dict[str, Any] | None:
    """Returns the answer stored for the key, or None. Raises IdempotencyConflict if the body was different."""
    known = await database.fetch_one(KNOWN, {"user_id": user_id, "key": key})
    if known is None:
        return None
    if known["request_hash"] != hash_of(data):
        raise IdempotencyConflict("this Idempotency-Key came with another body before; use a new one")
    return dict(known["answer"])


def parameters_of(key: str, data: TaskCreate, answer: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {"key": key, "request_hash": hash_of(data), "answer": answer, "answered_at": now}
