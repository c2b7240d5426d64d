"""`Idempotency-Key` on create: a repeated request, even a concurrent one, gets the first answer for 48 hours."""

import hashlib
from datetime import datetime, timedelta
from typing import Annotated, Any

import orjson
from fastapi import Header
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from todo_backend.tasks.errors import IdempotencyConflict
from todo_backend.tasks.models import IdempotencyKey
from todo_backend.tasks.schemas import TaskCreate
from todo_kit.retention import Retention

RETENTION = Retention("idempotency_keys", "created_at", timedelta(hours=48))

Key = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")]


def hash_of(data: TaskCreate) -> bytes:
    return hashlib.sha256(
        orjson.dumps(data.model_dump(mode="json", exclude_unset=True), option=orjson.OPT_SORT_KEYS)
    ).digest()


async def earlier_answer(session: AsyncSession, user_id: str, key: str, data: TaskCreate) -> dict[str, Any] | None:
    """Returns the answer stored for the key, or None. Raises IdempotencyConflict if the body was different."""
    query = select(IdempotencyKey).where(IdempotencyKey.user_id == user_id, IdempotencyKey.key == key)
    known = (await session.execute(query)).scalar_one_or_none()
    if known is None:
        return None
    if known.request_hash != hash_of(data):
        raise IdempotencyConflict("this Idempotency-Key came with another body before; use a new one")
    return known.answer


async def remember(
    session: AsyncSession, user_id: str, key: str, data: TaskCreate, answer: dict[str, Any], now: datetime
) -> bool:
    """Stores the answer. Returns False if another request with the key was first; waits for its commit."""
    row = {"user_id": user_id, "key": key, "request_hash": hash_of(data), "answer": answer, "created_at": now}
    statement = insert(IdempotencyKey).values(row).on_conflict_do_nothing().returning(col(IdempotencyKey.key))
    return (await session.execute(statement)).scalar_one_or_none() is not None
